// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/nginxserver.h"

#include "tests/support/nghttpdserver.h"

using namespace Qt::StringLiterals;

namespace Sluice::Test {

Result<> NginxServer::start(const QStringList &serverLines)
{
    QByteArray config = "worker_processes 1;\n"
                        "pid "
                        + path(u"pid"_s).toLocal8Bit()
                        + ";\n"
                          "error_log "
                        + path(u"error.log"_s).toLocal8Bit()
                        + ";\n"
                          "events { worker_connections 4096; }\n"
                          "http {\n"
                          "  limit_conn_zone $server_port zone=all:1m;\n"
                          "  access_log off;\n";
    for (const char *name : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
        config += "  " + QByteArray(name) + "_temp_path "
                  + path(QString::fromLatin1(name)).toLocal8Bit() + ";\n";
    }
    config += "  server {\n";
    for (const QString &line : serverLines)
        config += "    " + line.toUtf8() + '\n';
    config += "  }\n}\n";
    write(u"nginx.conf"_s, config);
    return launch(u"nginx"_s, {u"-c"_s, path(u"nginx.conf"_s), u"-e"_s, path(u"error.log"_s)});
}

QStringList NginxServer::certificateLines(const NghttpdServer &owner)
{
    return {u"ssl_certificate %1;"_s.arg(owner.certificate()),
            u"ssl_certificate_key %1;"_s.arg(owner.key())};
}

} // namespace Sluice::Test

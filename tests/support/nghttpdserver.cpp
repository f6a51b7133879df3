// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/nghttpdserver.h"

using namespace Qt::StringLiterals;

namespace Sluice::Test {

Result<> NghttpdServer::start(const Options &options)
{
    m_scheme = options.tls ? u"https"_s : u"http"_s;
    write(u"index.html"_s, "hello");
    QStringList arguments{u"-a"_s,         u"127.0.0.1"_s, u"-d"_s,
                          path(QString()), u"-m"_s,        QString::number(options.maxStreams)};
    if (!options.tls)
        return serve(u"nghttpd"_s, arguments + QStringList{u"--no-tls"_s, QString::number(port())});
    const Result<> made =
        run(u"openssl"_s,
            {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
             u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
             u"/CN=localhost"_s, u"-addext"_s, u"subjectAltName=DNS:localhost,IP:127.0.0.1"_s,
             u"-keyout"_s, key(), u"-out"_s, certificate()});
    if (!made)
        return made;
    return serve(u"nghttpd"_s,
                 arguments + QStringList{QString::number(port()), key(), certificate()});
}

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/haproxyserver.h"

#include "tests/support/textfile.h"

#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

namespace {

constexpr int WaitMs = 5000;

} // namespace

HaproxyServer::Options HaproxyServer::Options::hosts(int count, quint16 backendPort)
{
    Options options;
    options.backendPort = backendPort;
    options.addresses.clear();
    for (int i = 1; i <= count; ++i)
        options.addresses.append(u"127.0.1.%1"_s.arg(i));
    return options;
}

Result<> HaproxyServer::start(const Options &options)
{
    m_addresses = options.addresses;
    const QByteArray portText = QByteArray::number(port());
    QByteArray tls;
    if (!options.certificate.isEmpty()) {
        m_scheme = u"https"_s;
        write(u"both.pem"_s, contentOf(options.certificate) + contentOf(options.key));
        tls = " ssl crt " + path(u"both.pem"_s).toLocal8Bit() + " alpn "
              + options.protocols.toLatin1();
    }
    QByteArray config = "global\n"
                        "  nbthread 1\n"
                        "  maxconn 5000\n"
                        "  stats socket "
                        + path(u"stats"_s).toLocal8Bit()
                        + " mode 600\n"
                          "defaults\n"
                          "  mode http\n"
                          "  option abortonclose\n"
                          "  timeout client 60s\n"
                          "  timeout server 60s\n"
                          "  timeout connect 5s\n";
    for (const QString &address : options.addresses) {
        config += "frontend " + address.toLatin1() + "\n  bind " + address.toLatin1() + ':'
                  + portText + " backlog 4096" + tls + '\n';
        for (const QString &line : options.frontendLines)
            config += "  " + line.toLatin1() + '\n';
        config += options.backendPort == 0
                      ? "  http-request return status 200 content-type text/plain string ok\n"
                      : "  default_backend servers\n";
    }
    if (options.backendPort != 0) {
        // An aborted session ends at once and not when the backend, too, has closed: until then
        // HAProxy would count it, although it has closed the connection itself.
        config += "backend servers\n  option nolinger\n  server one 127.0.0.1:"
                  + QByteArray::number(options.backendPort) + '\n';
    }
    write(u"haproxy.cfg"_s, config);
    return launch(u"haproxy"_s,
                  {u"-D"_s, u"-f"_s, path(u"haproxy.cfg"_s), u"-p"_s, path(u"pid"_s)});
}

Result<QMap<QString, HaproxyServer::Counters>> HaproxyServer::counters() const
{
    QLocalSocket socket;
    socket.connectToServer(path(u"stats"_s));
    if (!socket.waitForConnected(WaitMs))
        return failure(ErrorCode::Internal, socket.errorString());
    socket.write("show stat\n");
    QByteArray csv;
    while (socket.waitForReadyRead(WaitMs))
        csv += socket.readAll();

    QMap<QString, Counters> result;
    Counters &all = result[QString()];
    QList<QByteArray> columns;
    for (const QByteArray &line : csv.split('\n')) {
        const QList<QByteArray> cells = line.split(',');
        if (line.startsWith("# ")) {
            columns = line.sliced(2).split(',');
            continue;
        }
        const auto number = [&](const char *name) {
            return cells.value(columns.indexOf(name)).toInt();
        };
        if (cells.value(columns.indexOf("svname")) != "FRONTEND")
            continue;
        const Counters one{number("smax"), number("stot"), number("scur"), number("req_tot")};
        result[QString::fromLatin1(cells.first())] = one;
        all.peak += one.peak;
        all.total += one.total;
        all.now += one.now;
        all.requests += one.requests;
    }
    return result;
}

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"
#include "tests/support/dispatchrig.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/nginxserver.h"
#include "tests/support/testresult.h"
#include "tests/support/tunnelproxy.h"

#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

LoopbackServer::Script always(const ScriptedReply &reply)
{
    return [reply](const ReceivedRequest &) { return reply; };
}

LoopbackServer::Script slow(int delayMs)
{
    ScriptedReply reply = ScriptedReply::of("200 OK", "ok");
    reply.delayMs = delayMs;
    return always(reply);
}

PreparedRequest withMethod(const LoopbackServer &server, const QByteArray &method)
{
    PreparedRequest request = getRequest(server.url());
    request.method = method;
    return request;
}

/** Sockets of this process to \a port of 127.0.0.1, as the system counts them. */
int openTo(quint16 port)
{
    const auto sockets = countOpenSockets();
    const QString peer = u"127.0.0.1:%1"_s.arg(port);
    return sockets && sockets->byPeer.contains(peer) ? sockets->byPeer.at(peer) : 0;
}

/** nginx with a certificate for any name. */
class TlsServer
{
public:
    Result<> start()
    {
        QProcess openssl;
        openssl.start(u"openssl"_s,
                      {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s,
                       u"1"_s, u"-subj"_s, u"/CN=localhost"_s, u"-keyout"_s,
                       m_dir.filePath(u"key.pem"_s), u"-out"_s, m_dir.filePath(u"cert.pem"_s)});
        if (!openssl.waitForFinished() || openssl.exitCode() != 0)
            return failure(ErrorCode::Io, u"openssl failed"_s);
        return m_nginx.start({u"listen 127.0.0.1:%1 ssl;"_s.arg(m_port),
                              u"ssl_certificate %1;"_s.arg(m_dir.filePath(u"cert.pem"_s)),
                              u"ssl_certificate_key %1;"_s.arg(m_dir.filePath(u"key.pem"_s)),
                              u"return 200 ok;"_s});
    }
    quint16 port() const { return m_nginx.port(); }

private:
    QTemporaryDir m_dir;
    NginxServer m_nginx;
    quint16 m_port = m_nginx.port();
};

PreparedRequest tlsRequest(const QString &host, quint16 port)
{
    PreparedRequest request = getRequest(QUrl(u"https://%1:%2/"_s.arg(host).arg(port)));
    request.profile.verifyTls = false;
    return request;
}

} // namespace

/**
 * The scenarios of aiohttp's own connector tests that are about sockets (the others are rows of
 * tst_aiohttpscenarios, which says where the numbers come from), and the four defects of its
 * connector, on real connections.
 */
class TestAiohttpSockets : public QObject
{
    Q_OBJECT

private slots:
    void usesAgain_data();
    void usesAgain();
    void discards_data();
    void discards();
    void tunnelServesOneOrigin();
    void tlsNameServesOneOrigin();
    void noIdleReusePastTheLimit();
    void noUncountedIdleSockets();
    void noLostWakeUp();
    void noBarging();
};

void TestAiohttpSockets::usesAgain_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *method, const char *status,
                        const char *body) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(status) << QByteArray(body);
    };
    row("12 connect, get: an idle connection of the host", "GET", "200 OK", "hello");
    row("32 connect_reuseconn_tracing: told as reused, and as new", "POST", "200 OK", "hello");
    row("35 keepalive_two_requests_success", "GET", "200 OK", "");
    row("35 keepalive_after_head_requests_success", "HEAD", "200 OK", "");
    row("35 keepalive_after_empty_body_status 204", "GET", "204 No Content", "");
    row("35 keepalive_after_empty_body_status 304", "GET", "304 Not Modified", "");
}

void TestAiohttpSockets::usesAgain()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, body);
    LoopbackServer server(always(ScriptedReply::of(status, body)));
    DispatchRig rig(limitsOf(1));
    for (int i = 0; i < 2; ++i) {
        rig.submit(withMethod(server, method));
        QVERIFY(rig.waitIdle());
    }
    QCOMPARE(rig.responses.size(), 2u);
    QVERIFY(!rig.responses[0].failed() && !rig.responses[1].failed());
    QVERIFY(rig.responses[0].timings.isNewConnection());
    QVERIFY(!rig.responses[1].timings.isNewConnection());
    QCOMPARE(server.connectionCount(), 1);
    QCOMPARE(server.requests().size(), 2u);
}

void TestAiohttpSockets::discards_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<int>("expirySeconds");
    QTest::newRow("4 release_close: the server said that it would close")
        << QByteArray("Connection: close\r\n") << true << 15;
    QTest::newRow("13 get_unconnected_proto: the server closed it") << QByteArray() << true << 15;
    QTest::newRow("13 get_expired: idle for longer than is kept") << QByteArray() << false << 1;
}

void TestAiohttpSockets::discards()
{
    QFETCH(const QByteArray, header);
    QFETCH(const bool, closes);
    QFETCH(const int, expirySeconds);
    ScriptedReply reply = ScriptedReply::of("200 OK", "hello", header);
    reply.closeAfter = closes;
    LoopbackServer server(always(reply));
    Limits limits = limitsOf(1);
    limits.idleExpiryUs = expirySeconds * qint64(1'000'000);
    DispatchRig rig(limits);
    for (int i = 0; i < 2; ++i) {
        rig.submit(getRequest(server.url()));
        QVERIFY(rig.waitIdle());
        QVERIFY(QTest::qWaitFor([&] { return openTo(server.port()) == 0; }, 10000));
    }
    for (const Response &response : rig.responses) {
        QCOMPARE(response.status, 200);
        QVERIFY(response.timings.isNewConnection());
    }
    QCOMPARE(server.connectionCount(), 2);
    QCOMPARE(server.peakConnections(), 1);
}

void TestAiohttpSockets::tunnelServesOneOrigin()
{
    // 34, connect_tunnel_connection_release: what was a tunnel to one origin is none to another.
    TlsServer server;
    VERIFY_RESULT(server.start());
    TunnelProxy proxy(server.port());
    DispatchRig rig(limitsOf(1));
    for (const QString &host : {u"a.test"_s, u"a.test"_s, u"b.test"_s, u"a.test"_s}) {
        PreparedRequest request = tlsRequest(host, 443);
        request.profile.proxy = u"http://127.0.0.1:%1"_s.arg(proxy.port());
        rig.submit(request);
    }
    QVERIFY(rig.waitIdle());
    for (const Response &response : rig.responses)
        QCOMPARE(response.status, 200);
    QCOMPARE(rig.responses.size(), 4u);
    QCOMPARE(proxy.targets(), (QStringList{u"a.test:443"_s, u"b.test:443"_s}));
}

void TestAiohttpSockets::tlsNameServesOneOrigin()
{
    // 36, server_hostname_override_not_reused: one address, two names, two connections.
    TlsServer server;
    VERIFY_RESULT(server.start());
    DispatchRig rig(limitsOf(1));
    for (const QString &host : {u"a.test"_s, u"b.test"_s, u"a.test"_s, u"b.test"_s}) {
        PreparedRequest request = tlsRequest(host, server.port());
        request.resolve = {u"%1:%2:127.0.0.1"_s.arg(host).arg(server.port())};
        rig.submit(request);
    }
    QVERIFY(rig.waitIdle());
    QCOMPARE(rig.responses.size(), 4u);
    for (const Response &response : rig.responses) {
        QCOMPARE(response.status, 200);
        const auto index = &response - rig.responses.data();
        QCOMPARE(response.timings.isNewConnection(), index < 2);
    }
    QCOMPARE(openTo(server.port()), 2);
}

void TestAiohttpSockets::noIdleReusePastTheLimit()
{
    // aiohttp hands out an idle connection before it looks at the limit.
    LoopbackServer a(slow(0));
    LoopbackServer b(slow(100));
    DispatchRig rig(limitsOf(1));
    rig.submit(getRequest(a.url()));
    QVERIFY(rig.waitIdle());
    QCOMPARE(openTo(a.port()), 1);
    std::size_t askedOfA = 0;
    rig.onFinished = [&](int done) {
        if (done == 2) // The slow one: until now its slot was the only one.
            askedOfA = a.requests().size();
    };
    rig.submit(getRequest(b.url()));
    rig.submit(getRequest(a.url()));
    QCOMPARE(rig.dispatcher.admission().inFlight(), 1);
    QVERIFY(rig.waitIdle());
    QCOMPARE(askedOfA, 1u);
    QCOMPARE(a.requests().size(), 2u);
    QCOMPARE(a.connectionCount(), 1);
}

void TestAiohttpSockets::noUncountedIdleSockets()
{
    // aiohttp keeps a socket for each host it visited, and nothing counts them.
    std::vector<std::unique_ptr<LoopbackServer>> servers;
    for (int i = 0; i < 8; ++i)
        servers.push_back(std::make_unique<LoopbackServer>(slow(1)));
    DispatchRig rig(limitsOf(2));
    for (const auto &server : servers)
        rig.submit(getRequest(server->url()));
    QVERIFY(rig.waitIdle());
    const auto open = [&servers] {
        int count = 0;
        for (const auto &server : servers)
            count += openTo(server->port());
        return count;
    };
    for (const auto &server : servers)
        QCOMPARE(server->connectionCount(), 1);
    QVERIFY(open() > 2); // The live view shows them, beside the two that may be in flight.
    // Long before they expire, those that rest go: no more are left than the limit allows.
    QVERIFY(QTest::qWaitFor([&] { return open() <= 2; }, 10000));
    QCOMPARE(open(), 2);
}

void TestAiohttpSockets::noLostWakeUp()
{
    // aiohttp forgets to wake the next one when the one it woke is cancelled before it runs.
    LoopbackServer server([](const ReceivedRequest &request) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "ok");
        reply.never = request.target == "/2";
        return reply;
    });
    DispatchRig rig(limitsOf(1));
    rig.submit(getRequest(server.url(u"/1"_s)));
    const RequestId second = rig.submit(getRequest(server.url(u"/2"_s)));
    rig.submit(getRequest(server.url(u"/3"_s)));
    rig.onFinished = [&](int done) {
        if (done == 1) {
            QMetaObject::invokeMethod(
                &rig.dispatcher, [&] { rig.dispatcher.cancel(second); }, Qt::QueuedConnection);
        }
    };
    QVERIFY(rig.waitIdle());
    QCOMPARE(rig.responses.size(), 3u);
    QCOMPARE(rig.responses[1].error.value_or(Error()).code, ErrorCode::Cancelled);
    QCOMPARE(rig.responses[2].status, 200);
    QCOMPARE(rig.responses[2].url.path(), u"/3"_s);
}

void TestAiohttpSockets::noBarging()
{
    // In aiohttp, who asks in the moment of a release overtakes those who wait.
    LoopbackServer server(slow(1));
    DispatchRig rig(limitsOf(1));
    rig.onFinished = [&](int done) {
        if (done == 1)
            rig.submit(getRequest(server.url(u"/late"_s)));
    };
    for (const QString &path : {u"/1"_s, u"/2"_s, u"/3"_s})
        rig.submit(getRequest(server.url(path)));
    QVERIFY(rig.waitIdle());
    QStringList order;
    for (const ReceivedRequest &request : server.requests())
        order.append(QString::fromLatin1(request.target));
    QCOMPARE(order, (QStringList{u"/1"_s, u"/2"_s, u"/3"_s, u"/late"_s}));
}

QTEST_GUILESS_MAIN(TestAiohttpSockets)
#include "tst_aiohttpsockets.moc"

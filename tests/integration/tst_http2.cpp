// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"
#include "tests/support/dispatchrig.h"
#include "tests/support/nghttpdserver.h"
#include "tests/support/nginxserver.h"
#include "tests/support/testresult.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

PreparedRequest over(const RefereeServer &server, HttpVersion version)
{
    PreparedRequest request;
    request.url = server.url();
    request.profile.httpVersion = version;
    request.profile.verifyTls = false;
    return request;
}

int openTo(const RefereeServer &server)
{
    const auto sockets = countOpenSockets();
    const QString peer = u"127.0.0.1:%1"_s.arg(server.port());
    return sockets && sockets->byPeer.contains(peer) ? sockets->byPeer.at(peer) : 0;
}

} // namespace

/** Streams and connections against nghttpd. */
class TestHttp2 : public QObject
{
    Q_OBJECT

private slots:
    void version_data();
    void version();
    void connections_data();
    void connections();
    void verifiesCertificates();
    void abortedStreams();
    void goesOnAfterGoaway_data();
    void goesOnAfterGoaway();
    void refusedStreams();
};

void TestHttp2::version_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<HttpVersion>("version");
    QTest::addColumn<QByteArray>("protocol");
    QTest::newRow("https, auto") << true << HttpVersion::Auto << QByteArray("HTTP/2");
    QTest::newRow("https, 2") << true << HttpVersion::Http2 << QByteArray("HTTP/2");
    QTest::newRow("https, 1.1") << true << HttpVersion::Http1 << QByteArray();
    QTest::newRow("http, 2") << false << HttpVersion::Http2 << QByteArray("HTTP/2");
}

void TestHttp2::version()
{
    QFETCH(const bool, tls);
    QFETCH(const HttpVersion, version);
    QFETCH(const QByteArray, protocol);
    NghttpdServer server;
    VERIFY_RESULT(server.start({.maxStreams = 100, .tls = tls}));
    DispatchRig rig(limitsOf(10));
    rig.submitMany(over(server, version), 30);
    QVERIFY(rig.waitIdle());
    for (const Response &response : rig.responses)
        QCOMPARE(response.protocol, protocol); // nghttpd refuses HTTP/1.1
}

void TestHttp2::connections_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("streams");
    QTest::addColumn<int>("connections");
    QTest::newRow("one connection") << 48 << 100 << 1;
    QTest::newRow("full") << 20 << 20 << 1;
    QTest::newRow("one over") << 21 << 20 << 2;
    QTest::newRow("three") << 50 << 20 << 3;
}

void TestHttp2::connections()
{
    QFETCH(const int, limit);
    QFETCH(const int, streams);
    QFETCH(const int, connections);
    NghttpdServer server;
    VERIFY_RESULT(server.start({}));
    Limits limits = limitsOf(limit);
    limits.streamsPerConnection = streams;
    DispatchRig rig(limits);
    int mostOpen = 0;
    int mostInFlight = 0;
    rig.onFinished = [&](int done) {
        mostInFlight = std::max(mostInFlight, rig.dispatcher.admission().inFlight());
        if (done % 100 == 0)
            mostOpen = std::max(mostOpen, openTo(server));
    };
    rig.submitMany(over(server, HttpVersion::Auto), 2000);
    QVERIFY(rig.waitIdle());
    QVERIFY(std::ranges::none_of(rig.responses, &Response::failed));
    QCOMPARE(mostOpen, connections);
    QCOMPARE(mostInFlight, limit);
    const auto opened = std::ranges::count_if(
        rig.responses, [](const Response &response) { return response.timings.isNewConnection(); });
    QCOMPARE(int(opened), connections);
}

void TestHttp2::verifiesCertificates()
{
    NghttpdServer server;
    VERIFY_RESULT(server.start({}));
    DispatchRig rig(limitsOf(1));
    PreparedRequest request = over(server, HttpVersion::Auto);
    request.profile.verifyTls = true;
    rig.submit(request);
    QVERIFY(rig.waitIdle());
    QVERIFY(rig.responses[0].failed());
    QCOMPARE(rig.responses[0].error->code, ErrorCode::Tls);
    QVERIFY2(rig.responses[0].error->message.contains(u"certificate"),
             qPrintable(rig.responses[0].error->message));
    request.profile.caFile = server.certificate();
    rig.submit(request);
    QVERIFY(rig.waitIdle());
    QVERIFY2(!rig.responses[1].failed(),
             rig.responses[1].failed() ? qPrintable(rig.responses[1].error->message) : "");
}

void TestHttp2::abortedStreams()
{
    NghttpdServer server;
    VERIFY_RESULT(server.start({}));
    DispatchRig rig(limitsOf(20));
    std::vector<RequestId> ids;
    for (int i = 0; i < 600; ++i)
        ids.push_back(rig.submit(over(server, HttpVersion::Auto)));
    rig.onFinished = [&](int done) {
        const std::size_t next = std::size_t(done) + 5;
        if (done % 3 == 0 && next < ids.size())
            rig.dispatcher.cancel(ids[next]);
    };
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 600);
    for (const Response &response : rig.responses) {
        if (response.failed())
            QCOMPARE(errorCodeName(response.error->code), u"cancelled"_s);
    }
}

void TestHttp2::goesOnAfterGoaway_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("GET") << QByteArray("GET");
    QTest::newRow("POST") << QByteArray("POST");
}

/** nginx says GOAWAY after so many requests on a connection. Nobody asked for retries. */
void TestHttp2::goesOnAfterGoaway()
{
    QFETCH(const QByteArray, method);
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    NginxServer server;
    VERIFY_RESULT(server.start({u"listen %1 ssl http2;"_s.arg(server.port()),
                                u"ssl_certificate %1;"_s.arg(certificates.certificate()),
                                u"ssl_certificate_key %1;"_s.arg(certificates.key()),
                                u"keepalive_requests 50;"_s, u"location / { return 200 ok; }"_s}));
    DispatchRig rig(limitsOf(10));
    PreparedRequest request = over(server, HttpVersion::Auto);
    request.url.setScheme(u"https"_s);
    request.method = method;
    rig.submitMany(request, 1000);
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 1000);
    for (const Response &response : rig.responses) {
        QVERIFY2(!response.failed(), response.failed() ? qPrintable(response.error->message) : "");
    }
}

/** More at once than the server takes, before it could say how many: RST_STREAM, REFUSED_STREAM. */
void TestHttp2::refusedStreams()
{
    NghttpdServer server;
    VERIFY_RESULT(server.start({.maxStreams = 3, .tls = false}));
    DispatchRig rig(limitsOf(40));
    PreparedRequest request = over(server, HttpVersion::Http2);
    request.method = "DELETE"; // Anything but GET, which Qt would send again of itself.
    rig.submitMany(request, 80);
    QVERIFY(rig.waitIdle());
    QVERIFY(rig.dispatcher.retryCount() > 0);
    for (const Response &response : rig.responses)
        QVERIFY2(!response.failed(), response.failed() ? qPrintable(response.error->message) : "");
}

QTEST_GUILESS_MAIN(TestHttp2)
#include "tst_http2.moc"

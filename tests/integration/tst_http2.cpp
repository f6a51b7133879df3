// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"
#include "tests/support/dispatchrig.h"
#include "tests/support/freezingrelay.h"
#include "tests/support/haproxyserver.h"
#include "tests/support/loopbackserver.h"
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
    void countedByHaproxy_data();
    void countedByHaproxy();
    void verifiesCertificates();
    void abortedStreams();
    void goesOnAfterGoaway_data();
    void goesOnAfterGoaway();
    void learnsHowManyStreams_data();
    void learnsHowManyStreams();
    void leavesASilentConnection();
    void leavesStuckHandshakes_data();
    void leavesStuckHandshakes();
    void refusedStreams();
    void brokenStreamOfAPostIsNotSentAgain();
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

void TestHttp2::countedByHaproxy_data()
{
    QTest::addColumn<QString>("protocols");
    QTest::addColumn<HttpVersion>("version");
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("streams");
    QTest::addColumn<int>("connections");
    const QString both = u"h2,http/1.1"_s;
    QTest::newRow("h2, one connection") << both << HttpVersion::Auto << 48 << 100 << 1;
    QTest::newRow("h2, several") << both << HttpVersion::Auto << 50 << 20 << 3;
    QTest::newRow("h2 forced, one") << both << HttpVersion::Http2 << 48 << 100 << 1;
    QTest::newRow("1.1 forced") << both << HttpVersion::Http1 << 10 << 100 << 10;
    QTest::newRow("1.1 is all there is") << u"http/1.1"_s << HttpVersion::Auto << 10 << 100 << 10;
}

/**
 * All at once to a host of which nothing is known. Were it not asked by one request first, each
 * lane would open a connection of its own.
 */
void TestHttp2::countedByHaproxy()
{
    QFETCH(const QString, protocols);
    QFETCH(const HttpVersion, version);
    QFETCH(const int, limit);
    QFETCH(const int, streams);
    QFETCH(const int, connections);
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    LoopbackServer backend([](const ReceivedRequest &) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "ok");
        reply.delayMs = 20;
        return reply;
    });
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    options.certificate = certificates.certificate();
    options.key = certificates.key();
    options.protocols = protocols;
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    Limits limits = limitsOf(limit);
    limits.streamsPerConnection = streams;
    DispatchRig rig(limits);
    int began = 0;
    connect(&rig.dispatcher, &Dispatcher::connecting, this, [&began] { ++began; });
    rig.submitMany(over(server, version), 10 * limit);
    int asking = 0; // In flight while the first is not answered, and how many of them are sent.
    rig.onFinished = [&](int done) {
        asking = done == 1 ? rig.dispatcher.admission().inFlight() : asking;
    };
    QVERIFY(rig.waitIdle());
    QVERIFY(std::ranges::none_of(rig.responses, &Response::failed));
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    QCOMPARE(counters->value(QString()).requests, 10 * limit);
    QCOMPARE(counters->value(QString()).peak, connections);
    QCOMPARE(counters->value(QString()).total, connections);
    QCOMPARE(began, connections); // Connections are one figure,
    QCOMPARE(asking, limit);      // requests in flight another.
    QCOMPARE(backend.peakConnections() <= limit, true);
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
    VERIFY_RESULT(server.start(NginxServer::certificateLines(certificates)
                               << u"listen %1 ssl http2;"_s.arg(server.port())
                               << u"keepalive_requests 50;"_s
                               << u"location / { return 200 ok; }"_s));
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

void TestHttp2::learnsHowManyStreams_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("streams");
    QTest::addColumn<int>("connections");
    QTest::newRow("enough") << 4 << 4 << 1;
    QTest::newRow("three times as many") << 12 << 4 << 3;
    QTest::newRow("not a multiple") << 20 << 7 << 3;
}

/** Of a server that allows fewer streams than we may open: what is too many would wait in Qt. */
void TestHttp2::learnsHowManyStreams()
{
    QFETCH(const int, limit);
    QFETCH(const int, streams);
    QFETCH(const int, connections);
    NghttpdServer server;
    VERIFY_RESULT(server.start({.maxStreams = streams}));
    DispatchRig rig(limitsOf(limit));
    rig.submitMany(over(server, HttpVersion::Auto), 600);
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 600);
    for (const Response &response : rig.responses)
        QVERIFY(!response.error);
    QCOMPARE(openTo(server), connections);
}

/** A path that swallows everything takes the requests on it, and no others. */
void TestHttp2::leavesASilentConnection()
{
    NghttpdServer server;
    VERIFY_RESULT(server.start({}));
    FreezingRelay path(server.port());
    DispatchRig rig(limitsOf(4));
    PreparedRequest request = over(server, HttpVersion::Auto);
    request.url.setPort(path.port());
    request.timeouts.totalUs = 300'000;
    rig.submitMany(request, 8);
    QVERIFY(rig.waitIdle());
    path.freeze();
    rig.submitMany(request, 40);
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 48);
    const auto failed = std::ranges::count_if(rig.responses, &Response::failed);
    QVERIFY2(failed >= 1 && failed <= 4, qPrintable(QString::number(failed)));
}

void TestHttp2::leavesStuckHandshakes_data()
{
    QTest::addColumn<HttpVersion>("version");
    QTest::addColumn<int>("limit");
    for (const int limit : {1, 6}) {
        QTest::addRow("HTTP/1.1, limit %d", limit) << HttpVersion::Http1 << limit;
        QTest::addRow("HTTP/2, limit %d", limit) << HttpVersion::Auto << limit;
    }
}

/** Qt keeps a connection that is being set up for whoever comes next, however long that takes. */
void TestHttp2::leavesStuckHandshakes()
{
    QFETCH(const HttpVersion, version);
    QFETCH(const int, limit);
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    LoopbackServer backend(
        [](const ReceivedRequest &) { return ScriptedReply::of("200 OK", "{}"); });
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    options.certificate = certificates.certificate();
    options.key = certificates.key();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    constexpr int Dead = 2;
    FreezingRelay path(server.port(), Dead);
    DispatchRig rig(limitsOf(limit));
    PreparedRequest request = over(server, version);
    request.url.setPort(path.port());
    request.timeouts.connectUs = 500'000;
    rig.submitMany(request, 40);
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 40);
    const auto failed = std::ranges::count_if(rig.responses, &Response::failed);
    // Each dead one takes the request on it; the first, which was to find out what the server
    // speaks, may take one more that waited for it.
    QVERIFY2(failed <= Dead + 1, qPrintable(QString::number(failed)));
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

/** The server may have begun: what is not idempotent fails, and is not sent again. */
void TestHttp2::brokenStreamOfAPostIsNotSentAgain()
{
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    LoopbackServer backend([](const ReceivedRequest &) {
        ScriptedReply reply; // Cut off in the body: HAProxy resets the stream (CANCEL).
        reply.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
        reply.closeAfter = true;
        return reply;
    });
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    options.certificate = certificates.certificate();
    options.key = certificates.key();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(1));
    for (const char *method : {"POST", "GET"}) {
        PreparedRequest request = over(server, HttpVersion::Auto);
        request.method = method;
        request.maxRetries = 1;
        rig.submit(request);
    }
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 2);
    for (const Response &response : rig.responses) {
        QVERIFY(response.failed());
        QCOMPARE(response.attempts, response.method == "POST" ? 1 : 2);
    }
    QCOMPARE(int(backend.requests().size()), 3);
}

QTEST_GUILESS_MAIN(TestHttp2)
#include "tst_http2.moc"

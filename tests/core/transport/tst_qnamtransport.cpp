// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/qnamtransport.h"
#include "tests/support/loopbackserver.h"

#include <QTest>

#include <algorithm>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr qint64 Ms = 1000;

/** A transport and what it said. */
struct Rig final : TransportClient
{
    Rig() { transport.setClient(this); }
    void exchangeFinished(ExchangeId, quint64 tag, Response &&response) override
    {
        finished.push_back(tag);
        responses.push_back(std::move(response));
    }
    void exchangeClosed(ExchangeId, quint64 tag) override
    {
        // Never before the end is told, and once.
        QVERIFY(std::ranges::find(finished, tag) != finished.end());
        QVERIFY(std::ranges::find(closed, tag) == closed.end());
        closed.push_back(tag);
    }
    bool wait(int count = 1)
    {
        return QTest::qWaitFor([&] { return int(closed.size()) >= count; }, 20000);
    }
    /** Sends one request and returns how it ended. */
    Response run(const PreparedRequest &request)
    {
        const int before = int(closed.size());
        transport.start(request, quint64(before) + 1000);
        return wait(before + 1) ? responses.back() : Response();
    }

    SteadyClock clock;
    QnamTransport transport{clock};
    std::vector<quint64> finished;
    std::vector<quint64> closed;
    std::vector<Response> responses;
};

PreparedRequest to(const QUrl &url, const QByteArray &method = "GET")
{
    PreparedRequest request;
    request.method = method;
    request.url = url;
    return request;
}

LoopbackServer::Script always(const ScriptedReply &reply)
{
    return [reply](const ReceivedRequest &) { return reply; };
}

LoopbackServer::Script ok()
{
    return always(ScriptedReply::of("200 OK", "hello"));
}

ScriptedReply raw(const QByteArray &bytes, bool closeAfter)
{
    ScriptedReply reply;
    reply.bytes = bytes;
    reply.closeAfter = closeAfter;
    return reply;
}

QList<QByteArray> sorted(const HeaderList &headers)
{
    QList<QByteArray> lines;
    for (const Header &field : headers)
        lines.append(field.name.toLower() + ": " + field.value);
    std::ranges::sort(lines);
    return lines;
}

} // namespace

class TestQnamTransport : public QObject
{
    Q_OBJECT

private slots:
    void reply();
    void neverCallsBackFromStart();
    void headersOnTheWire_data();
    void headersOnTheWire();
    void methods_data();
    void methods();
    void refusesBrokenHeaders();
    void userInfoBecomesBasic();
    void statusesAreReplies_data();
    void statusesAreReplies();
    void repeatedHeaders();
    void cookies();
    void redirectIsNotFollowed();
    void deadlines_data();
    void deadlines();
    void connectDeadline();
    void idleStartsAnewWithEachByte();
    void tooManyHeaderFields();
    void brokenReplies_data();
    void brokenReplies();
    void refused();
    void unknownHost();
    void bodyTooLarge_data();
    void bodyTooLarge();
    void decodesGzip();
    void abort();
    void abortHeldBack();
    void resentPostIsCounted();
    void resolve();
    void phases();
    void unreadableCertificate();
    void brokenProxy();
};

void TestQnamTransport::reply()
{
    LoopbackServer server(ok());
    Rig rig;
    const Response response = rig.run(to(server.url(u"/a?b=c"_s)));
    QVERIFY(!response.failed());
    QCOMPARE(response.status, 200);
    QCOMPARE(response.reason, QByteArray("OK"));
    QCOMPARE(response.body, QByteArray("hello"));
    QCOMPARE(response.bytesWire, qint64(5));
    QCOMPARE(response.protocol, QByteArray("HTTP/1.1"));
    QCOMPARE(response.url, server.url(u"/a?b=c"_s));
    QCOMPARE(response.timesSent, 1);
    QCOMPARE(server.requests().at(0).target, QByteArray("/a?b=c"));
}

void TestQnamTransport::neverCallsBackFromStart()
{
    Rig rig;
    rig.transport.start(to(QUrl(u"gopher://x/"_s)), 1);
    QVERIFY(rig.finished.empty());
    QVERIFY(rig.wait());
    QCOMPARE(rig.responses[0].error->code, ErrorCode::InvalidUrl);
}

void TestQnamTransport::headersOnTheWire_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto list = [](std::initializer_list<Header> fields) {
        HeaderList headers;
        for (const Header &field : fields)
            headers.append(field.name, field.value);
        return headers;
    };
    const QByteArray none;
    QTest::newRow("our name") << HeaderList() << none << QByteArray("User-Agent")
                              << QByteArray("Sluice/" SLUICE_VERSION);
    QTest::newRow("own name") << list({{"user-agent", "mine"}}) << none << QByteArray("User-Agent")
                              << QByteArray("mine");
    QTest::newRow("no preferred language")
        << HeaderList() << none << QByteArray("Accept-Language") << QByteArray("*");
    QTest::newRow("language asked for") << list({{"Accept-Language", "de"}}) << none
                                        << QByteArray("Accept-Language") << QByteArray("de");
    QTest::newRow("encoding asked for") << list({{"Accept-Encoding", "identity"}}) << none
                                        << QByteArray("Accept-Encoding") << QByteArray("identity");
    QTest::newRow("own host") << list({{"Host", "other.test"}}) << none << QByteArray("Host")
                              << QByteArray("other.test");
    QTest::newRow("repeated") << list({{"X-A", "1"}, {"x-a", "2"}}) << none << QByteArray("X-A")
                              << QByteArray("1, 2");
    QTest::newRow("cookie written") << list({{"Cookie", "a=1"}, {"Cookie", "b=2"}}) << none
                                    << QByteArray("Cookie") << QByteArray("a=1; b=2");
    QTest::newRow("body length") << HeaderList() << QByteArray("12345")
                                 << QByteArray("Content-Length") << QByteArray("5");
}

/** What the server got is what the response says was sent, to the field. */
void TestQnamTransport::headersOnTheWire()
{
    QFETCH(const HeaderList, headers);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    LoopbackServer server(ok());
    Rig rig;
    PreparedRequest request = to(server.url(), body.isEmpty() ? "GET" : "POST");
    request.headers = headers;
    request.body = body;
    const Response response = rig.run(request);
    const ReceivedRequest received = server.requests().at(0);
    QCOMPARE(received.headers.value(name), value);
    QCOMPARE(sorted(received.headers), sorted(response.sentHeaders));
}

void TestQnamTransport::methods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("length"); // null = no Content-Length
    const QByteArray none;
    QTest::newRow("GET") << QByteArray("GET") << none << none;
    QTest::newRow("GET with body") << QByteArray("GET") << QByteArray("abc") << QByteArray("3");
    QTest::newRow("HEAD") << QByteArray("HEAD") << none << none;
    QTest::newRow("POST") << QByteArray("POST") << QByteArray("abc") << QByteArray("3");
    QTest::newRow("POST without body") << QByteArray("POST") << none << QByteArray("0");
    QTest::newRow("PUT") << QByteArray("PUT") << QByteArray("abc") << QByteArray("3");
    QTest::newRow("PATCH") << QByteArray("PATCH") << QByteArray("abc") << QByteArray("3");
    QTest::newRow("DELETE") << QByteArray("DELETE") << none << none;
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << none << none;
    QTest::newRow("QUERY") << QByteArray("QUERY") << QByteArray("q") << QByteArray("1");
}

void TestQnamTransport::methods()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, length);
    LoopbackServer server([](const ReceivedRequest &request) {
        return ScriptedReply::of("200 OK", request.method == "HEAD" ? "" : "hello");
    });
    Rig rig;
    PreparedRequest request = to(server.url(), method);
    request.body = body;
    const Response response = rig.run(request);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.method, method);
    const ReceivedRequest received = server.requests().at(0);
    QCOMPARE(received.method, method);
    QCOMPARE(received.body, body);
    QCOMPARE(received.headers.value("content-length"), length);
    QVERIFY(!received.headers.contains("content-type"));
    QCOMPARE(sorted(received.headers), sorted(response.sentHeaders));
}

void TestQnamTransport::refusesBrokenHeaders()
{
    LoopbackServer server(ok());
    Rig rig;
    PreparedRequest request = to(server.url());
    request.headers.append("X-A", "1\r\nX-Smuggled: 2");
    QCOMPARE(rig.run(request).error->code, ErrorCode::Usage);
    request.headers = {};
    request.headers.append("X A", "1");
    QCOMPARE(rig.run(request).error->code, ErrorCode::Usage);
    QVERIFY(server.requests().empty());
}

void TestQnamTransport::userInfoBecomesBasic()
{
    LoopbackServer server(ok());
    Rig rig;
    QUrl url = server.url();
    url.setUserInfo(u"me:p%40ss"_s);
    rig.run(to(url));
    QCOMPARE(server.requests().at(0).headers.value("authorization"),
             "Basic " + QByteArray("me:p@ss").toBase64());
}

void TestQnamTransport::statusesAreReplies_data()
{
    QTest::addColumn<int>("status");
    for (const int status :
         {204, 301, 304, 400, 401, 403, 404, 407, 409, 418, 429, 500, 502, 503, 599})
        QTest::addRow("%d", status) << status;
}

void TestQnamTransport::statusesAreReplies()
{
    QFETCH(const int, status);
    const bool bodyless = status == 204 || status == 304;
    LoopbackServer server(
        always(raw("HTTP/1.1 " + QByteArray::number(status) + " Some Reason\r\n"
                       + (bodyless ? "X-A: 1\r\n\r\n" : "Content-Length: 4\r\n\r\nbody"),
                   false)));
    Rig rig;
    const Response response = rig.run(to(server.url()));
    QVERIFY2(!response.failed(), response.failed() ? qPrintable(response.error->message) : "");
    QCOMPARE(response.status, status);
    QCOMPARE(response.body, bodyless ? QByteArray() : QByteArray("body"));
}

void TestQnamTransport::repeatedHeaders()
{
    LoopbackServer server(always(ScriptedReply::of(
        "200 OK", "", "Set-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\nX-B: 1\r\n")));
    Rig rig;
    const Response response = rig.run(to(server.url()));
    QCOMPARE(response.headers.values("set-cookie"),
             (std::vector<QByteArray>{"a=1", "b=2; Path=/"}));
    QCOMPARE(response.headers.value("x-b"), QByteArray("1"));
}

void TestQnamTransport::cookies()
{
    LoopbackServer server(always(ScriptedReply::of("200 OK", "", "Set-Cookie: a=1\r\n")));
    Rig rig;
    PreparedRequest request = to(server.url());
    rig.run(request);
    rig.run(request);
    request.cookieJar = 2;
    rig.run(request);
    request.cookieJar = 0;
    request.useCookies = false;
    rig.run(request);
    const auto requests = server.requests();
    QVERIFY(!requests[0].headers.contains("cookie"));
    QCOMPARE(requests[1].headers.value("cookie"), QByteArray("a=1"));
    QVERIFY(!requests[2].headers.contains("cookie"));
    QVERIFY(!requests[3].headers.contains("cookie"));
}

void TestQnamTransport::redirectIsNotFollowed()
{
    LoopbackServer server(always(ScriptedReply::of("302 Found", "", "Location: /next\r\n")));
    Rig rig;
    const Response response = rig.run(to(server.url()));
    QCOMPARE(response.status, 302);
    QCOMPARE(response.headers.value("location"), QByteArray("/next"));
    QCOMPARE(int(server.requests().size()), 1);
}

void TestQnamTransport::deadlines_data()
{
    QTest::addColumn<Timeouts>("timeouts");
    QTest::addColumn<QByteArray>("bytes"); // sent, then nothing more
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("says");
    const QByteArray half = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
    QTest::newRow("first byte") << Timeouts{0, 50 * Ms, 0, 0} << QByteArray()
                                << ErrorCode::FirstByteTimeout << u"within 50 ms"_s;
    QTest::newRow("idle before the reply")
        << Timeouts{0, 0, 60 * Ms, 0} << QByteArray() << ErrorCode::IdleTimeout << u"for 60 ms"_s;
    QTest::newRow("idle in the reply")
        << Timeouts{0, 0, 70 * Ms, 0} << half << ErrorCode::IdleTimeout << u"for 70 ms"_s;
    QTest::newRow("total") << Timeouts{0, 0, 0, 80 * Ms} << half << ErrorCode::TotalTimeout
                           << u"within 80 ms"_s;
    QTest::newRow("the first of all") << Timeouts{1000 * Ms, 1000 * Ms, 1000 * Ms, 90 * Ms} << half
                                      << ErrorCode::TotalTimeout << u"within 90 ms"_s;
}

void TestQnamTransport::deadlines()
{
    QFETCH(const Timeouts, timeouts);
    QFETCH(const QByteArray, bytes);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, says);
    LoopbackServer server(always(raw(bytes, false)));
    Rig rig;
    PreparedRequest request = to(server.url());
    request.timeouts = timeouts;
    const Response response = rig.run(request);
    QVERIFY(response.failed());
    QCOMPARE(response.error->code, code);
    const QString host = u"127.0.0.1:%1"_s.arg(server.port());
    QVERIFY2(response.error->message.contains(host) && response.error->message.contains(says),
             qPrintable(response.error->message));
}

void TestQnamTransport::connectDeadline()
{
    // A backlog that is full drops what comes next, so that a connection never gets through.
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    QCOMPARE(::bind(listener, generic, length), 0);
    QCOMPARE(::getsockname(listener, generic, &length), 0);
    QCOMPARE(::listen(listener, 0), 0);
    std::vector<int> waiting;
    for (int i = 0; i < 4; ++i) {
        waiting.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
        ::connect(waiting.back(), generic, length);
    }
    const int port = ntohs(address.sin_port);
    Rig rig;
    PreparedRequest request = to(QUrl(u"http://127.0.0.1:%1/"_s.arg(port)));
    request.timeouts = {100 * Ms, 0, 0, 0};
    const Response response = rig.run(request);
    for (const int fd : waiting)
        ::close(fd);
    ::close(listener);
    QVERIFY(response.failed());
    QCOMPARE(response.error->message,
             u"Could not connect to 127.0.0.1:%1 within 100 ms"_s.arg(port));
    QCOMPARE(response.error->code, ErrorCode::ConnectTimeout);
}

void TestQnamTransport::idleStartsAnewWithEachByte()
{
    LoopbackServer server([](const ReceivedRequest &) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "late");
        reply.delayMs = 150;
        return reply;
    });
    Rig rig;
    PreparedRequest request = to(server.url());
    request.timeouts = {0, 0, 5000 * Ms, 0};
    QVERIFY(!rig.run(request).failed());
}

void TestQnamTransport::tooManyHeaderFields()
{
    QByteArray bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
    for (int i = 0; i < 150; ++i)
        bytes += "X-" + QByteArray::number(i) + ": 1\r\n";
    LoopbackServer server(always(raw(bytes + "\r\nok", false)));
    Rig rig;
    PreparedRequest request = to(server.url());
    request.timeouts = {0, 0, 100 * Ms, 0};
    const Response response = rig.run(request);
    QVERIFY(response.failed());
    QVERIFY2(response.error->message.contains(u"more than 100"),
             qPrintable(response.error->message));
}

void TestQnamTransport::brokenReplies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("closed at once") << QByteArray() << true << ErrorCode::ConnectionClosed;
    QTest::newRow("closed in the headers")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Le") << true << ErrorCode::ConnectionClosed;
    QTest::newRow("closed in the body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf") << true
        << ErrorCode::ConnectionClosed;
    // Qt takes garbage for a broken connection, so the sentence has to name both.
    QTest::newRow("garbage") << QByteArray("this is not HTTP at all\r\n\r\n") << false
                             << ErrorCode::ConnectionClosed;
    QTest::newRow("garbage and closed")
        << QByteArray("\x01\x02\x03garbage\r\n\r\n") << true << ErrorCode::ConnectionClosed;
    QTest::newRow("another protocol")
        << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << false << ErrorCode::ConnectionClosed;
    QTest::newRow("broken gzip") << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                                               "Content-Length: 8\r\n\r\nnot gzip")
                                 << false << ErrorCode::BrokenReply;
}

void TestQnamTransport::brokenReplies()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, closes);
    QFETCH(const ErrorCode, code);
    LoopbackServer server(always(raw(bytes, closes)));
    Rig rig;
    PreparedRequest request = to(server.url());
    request.timeouts.idleUs = 1000 * Ms;
    const Response response = rig.run(request);
    QVERIFY(response.failed());
    QCOMPARE(errorCodeName(response.error->code), errorCodeName(code));
    if (code == ErrorCode::ConnectionClosed)
        QVERIFY(response.error->message.contains(u"not HTTP"));
}

void TestQnamTransport::refused()
{
    quint16 port = 0;
    {
        LoopbackServer server(ok());
        port = server.port();
    }
    Rig rig;
    const Response response = rig.run(to(QUrl(u"http://127.0.0.1:%1/"_s.arg(port))));
    QCOMPARE(response.error->code, ErrorCode::ConnectionRefused);
    QVERIFY(response.error->message.contains(u"127.0.0.1:%1"_s.arg(port)));
    QCOMPARE(response.status, 0);
}

void TestQnamTransport::unknownHost()
{
    Rig rig;
    const Response response = rig.run(to(QUrl(u"http://no-such-host.invalid/"_s)));
    QCOMPARE(response.error->code, ErrorCode::HostNotFound);
    QVERIFY(response.error->message.contains(u"no-such-host.invalid"));
}

void TestQnamTransport::bodyTooLarge_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
    QTest::newRow("chunked") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n"
                                    + QByteArray(2048, 'x') + "\r\n";
}

void TestQnamTransport::bodyTooLarge()
{
    QFETCH(const QByteArray, bytes);
    LoopbackServer server(always(raw(bytes, false)));
    Rig rig;
    PreparedRequest request = to(server.url());
    request.maxBodyBytes = 1024;
    const Response response = rig.run(request);
    QCOMPARE(response.error->code, ErrorCode::BodyTooLarge);
    QVERIFY(response.error->message.contains(u"1.00 KiB"));
}

void TestQnamTransport::decodesGzip()
{
    const QByteArray packed =
        QByteArray::fromHex("1f8b08000000000002ffcb48cdc9c95728cf2fca49010085114a0d0b000000");
    LoopbackServer server(
        always(ScriptedReply::of("200 OK", packed, "Content-Encoding: gzip\r\n")));
    Rig rig;
    PreparedRequest request = to(server.url());
    const Response decoded = rig.run(request);
    QVERIFY2(!decoded.failed(), decoded.failed() ? qPrintable(decoded.error->message) : "");
    QCOMPARE(decoded.body, QByteArray("hello world"));
    QCOMPARE(decoded.bytesWire, qint64(packed.size()));
    request.headers.append("Accept-Encoding", "gzip");
    QCOMPARE(rig.run(request).body, packed);
}

void TestQnamTransport::abort()
{
    ScriptedReply silent;
    silent.never = true;
    LoopbackServer server(always(silent));
    Rig rig;
    const ExchangeId id = rig.transport.start(to(server.url()), 7);
    QVERIFY(QTest::qWaitFor([&] { return server.requests().size() == 1; }));
    rig.transport.abort(id);
    QVERIFY(rig.finished.empty()); // not from inside abort()
    QVERIFY(rig.wait());
    QCOMPARE(rig.responses[0].error->code, ErrorCode::Cancelled);
    QCOMPARE(rig.closed, (std::vector<quint64>{7}));
    rig.transport.abort(id); // harmless
}

void TestQnamTransport::abortHeldBack()
{
    ScriptedReply silent;
    silent.never = true;
    LoopbackServer server(always(silent)); // speaks no TLS, so the first request never gets through
    Rig rig;
    QUrl url = server.url();
    url.setScheme(u"https"_s);
    const ExchangeId first = rig.transport.start(to(url), 1);
    const ExchangeId second = rig.transport.start(to(url), 2);
    const ExchangeId third = rig.transport.start(to(url), 3);
    rig.transport.abort(second);
    QVERIFY(rig.wait(1));
    QCOMPARE(rig.closed, (std::vector<quint64>{2}));
    QVERIFY(QTest::qWaitFor([&] { return server.connectionCount() == 1; }));
    rig.transport.abort(first);
    QVERIFY(rig.wait(2));
    QVERIFY(QTest::qWaitFor([&] { return server.connectionCount() == 2; })); // the third tries
    rig.transport.abort(third);
    QVERIFY(rig.wait(3));
}

void TestQnamTransport::resentPostIsCounted()
{
    LoopbackServer server([](const ReceivedRequest &request) {
        return request.connection == 0 ? raw(QByteArray(), true)
                                       : ScriptedReply::of("200 OK", "hello");
    });
    Rig rig;
    PreparedRequest request = to(server.url(), "POST");
    request.body = "once";
    const Response response = rig.run(request);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.timesSent, int(server.requests().size()));
    QVERIFY(response.timesSent > 1);
}

void TestQnamTransport::resolve()
{
    LoopbackServer server(ok());
    Rig rig;
    QUrl url = server.url();
    url.setHost(u"service.test"_s);
    PreparedRequest request = to(url);
    request.resolve = {u"other.test:%1:127.0.0.9"_s.arg(server.port()),
                       u"service.test:%1:127.0.0.1"_s.arg(server.port())};
    const Response response = rig.run(request);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.url, url);
    QCOMPARE(server.requests().at(0).headers.value("host"),
             "service.test:" + QByteArray::number(server.port()));
}

void TestQnamTransport::phases()
{
    LoopbackServer server(ok());
    Rig rig;
    const PhaseTimings first = rig.run(to(server.url())).timings;
    const PhaseTimings second = rig.run(to(server.url())).timings;
    QVERIFY(first.isNewConnection());
    QVERIFY(!second.isNewConnection());
    for (const PhaseTimings &timings : {first, second}) {
        QVERIFY(timings.sentUs > 0);
        QVERIFY(timings.headersUs >= timings.sentUs);
        QVERIFY(timings.finishedUs >= timings.headersUs);
    }
    QCOMPARE(server.connectionCount(), 1);
}

void TestQnamTransport::unreadableCertificate()
{
    LoopbackServer server(ok());
    Rig rig;
    PreparedRequest request = to(server.url());
    request.profile.caFile = u"/no/such/file.pem"_s;
    const Response response = rig.run(request);
    QCOMPARE(response.error->code, ErrorCode::Tls);
    QVERIFY(response.error->message.contains(u"/no/such/file.pem"));
}

void TestQnamTransport::brokenProxy()
{
    LoopbackServer server(ok());
    quint16 deadPort = 0;
    {
        LoopbackServer gone(ok());
        deadPort = gone.port();
    }
    Rig rig;
    PreparedRequest request = to(server.url());
    request.profile.proxy = u"http://127.0.0.1:%1"_s.arg(deadPort);
    QCOMPARE(errorCodeName(rig.run(request).error->code), errorCodeName(ErrorCode::Proxy));
    request.profile.noProxy = {u"127.0.0.1"_s};
    QCOMPARE(rig.run(request).status, 200);
}

QTEST_GUILESS_MAIN(TestQnamTransport)
#include "tst_qnamtransport.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loopbackserver.h"
#include "tests/support/transportrig.h"

#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr qint64 Ms = 1000;

} // namespace

/** What goes wrong on the wire, and how it is told. */
class TestQnamFailures : public QObject
{
    Q_OBJECT

private slots:
    void refusesBrokenHeaders();
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
    void announcedForNoBody_data();
    void announcedForNoBody();
    void anInterimReplyIsNotTheReply_data();
    void anInterimReplyIsNotTheReply();
    void aBodyThatCannotBeDecodedFreesItsConnection();
    void unreadableCertificate();
    void brokenProxy();
};

void TestQnamFailures::refusesBrokenHeaders()
{
    LoopbackServer server(ok());
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.headers.append("X-A", "1\r\nX-Smuggled: 2");
    QCOMPARE(rig.run(request).error->code, ErrorCode::Usage);
    request.headers = {};
    request.headers.append("X A", "1");
    QCOMPARE(rig.run(request).error->code, ErrorCode::Usage);
    QVERIFY(server.requests().empty());
}

void TestQnamFailures::deadlines_data()
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

void TestQnamFailures::deadlines()
{
    QFETCH(const Timeouts, timeouts);
    QFETCH(const QByteArray, bytes);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, says);
    LoopbackServer server(always(raw(bytes, false)));
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.timeouts = timeouts;
    const Response response = rig.run(request);
    QVERIFY(response.failed());
    QCOMPARE(response.error->code, code);
    const QString host = u"127.0.0.1:%1"_s.arg(server.port());
    QVERIFY2(response.error->message.contains(host) && response.error->message.contains(says),
             qPrintable(response.error->message));
}

void TestQnamFailures::connectDeadline()
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
    TransportRig rig;
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

void TestQnamFailures::idleStartsAnewWithEachByte()
{
    LoopbackServer server([](const ReceivedRequest &) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "late");
        reply.delayMs = 150;
        return reply;
    });
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.timeouts = {0, 0, 5000 * Ms, 0};
    QVERIFY(!rig.run(request).failed());
}

void TestQnamFailures::tooManyHeaderFields()
{
    QByteArray bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
    for (int i = 0; i < 150; ++i)
        bytes += "X-" + QByteArray::number(i) + ": 1\r\n";
    LoopbackServer server(always(raw(bytes + "\r\nok", false)));
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.timeouts = {0, 0, 100 * Ms, 0};
    const Response response = rig.run(request);
    QVERIFY(response.failed());
    QVERIFY2(response.error->message.contains(u"more than 100"),
             qPrintable(response.error->message));
}

void TestQnamFailures::brokenReplies_data()
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

void TestQnamFailures::brokenReplies()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, closes);
    QFETCH(const ErrorCode, code);
    LoopbackServer server(always(raw(bytes, closes)));
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.timeouts.idleUs = 1000 * Ms;
    const Response response = rig.run(request);
    QVERIFY(response.failed());
    QCOMPARE(errorCodeName(response.error->code), errorCodeName(code));
    if (code == ErrorCode::ConnectionClosed)
        QVERIFY(response.error->message.contains(u"not HTTP"));
}

void TestQnamFailures::refused()
{
    quint16 port = 0;
    {
        LoopbackServer server(ok());
        port = server.port();
    }
    TransportRig rig;
    const Response response = rig.run(to(QUrl(u"http://127.0.0.1:%1/"_s.arg(port))));
    QCOMPARE(response.error->code, ErrorCode::ConnectionRefused);
    QVERIFY(response.error->message.contains(u"127.0.0.1:%1"_s.arg(port)));
    QCOMPARE(response.status, 0);
}

void TestQnamFailures::unknownHost()
{
    TransportRig rig;
    const Response response = rig.run(to(QUrl(u"http://no-such-host.invalid/"_s)));
    QCOMPARE(response.error->code, ErrorCode::HostNotFound);
    QVERIFY(response.error->message.contains(u"no-such-host.invalid"));
}

void TestQnamFailures::bodyTooLarge_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
    QTest::newRow("chunked") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n"
                                    + QByteArray(2048, 'x') + "\r\n";
}

void TestQnamFailures::bodyTooLarge()
{
    QFETCH(const QByteArray, bytes);
    LoopbackServer server(always(raw(bytes, false)));
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.maxBodyBytes = 1024;
    const Response response = rig.run(request);
    QCOMPARE(response.error->code, ErrorCode::BodyTooLarge);
    QVERIFY(response.error->message.contains(u"1.00 KiB"));
}

void TestQnamFailures::announcedForNoBody_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("204") << QByteArray("204 No Content");
    QTest::newRow("304") << QByteArray("304 Not Modified");
}

/** RFC 9110 8.6: it says how long the body of a 200 would be. */
void TestQnamFailures::announcedForNoBody()
{
    QFETCH(const QByteArray, status);
    LoopbackServer server(
        always(raw("HTTP/1.1 " + status + "\r\nContent-Length: 99999999999\r\n\r\n", false)));
    TransportRig rig;
    const Response response = rig.run(to(server.url()));
    QVERIFY2(!response.error, response.error ? qPrintable(response.error->message) : "");
    QCOMPARE(response.status, status.first(3).toInt());
}

void TestQnamFailures::anInterimReplyIsNotTheReply_data()
{
    QTest::addColumn<QByteArray>("interim");
    QTest::addColumn<bool>("skipped");
    QTest::newRow("100") << QByteArray("100 Continue") << true;
    QTest::newRow("102") << QByteArray("102 Processing") << false;
    QTest::newRow("103") << QByteArray("103 Early Hints") << false;
}

/** What follows it is the reply, and never that of the next request. */
void TestQnamFailures::anInterimReplyIsNotTheReply()
{
    QFETCH(const QByteArray, interim);
    QFETCH(const bool, skipped);
    LoopbackServer server([&interim](const ReceivedRequest &request) {
        ScriptedReply reply = ScriptedReply::of("200 OK", request.target);
        if (request.target == "/hint")
            reply.bytes.prepend("HTTP/1.1 " + interim + "\r\nLink: </a>\r\n\r\n");
        return reply;
    });
    TransportRig rig;
    for (int i = 0; i < 5; ++i) {
        const Response hinted = rig.run(to(server.url(u"/hint"_s)));
        if (skipped) {
            QCOMPARE(hinted.body, QByteArray("/hint"));
        } else {
            QCOMPARE(hinted.error->code, ErrorCode::BrokenReply);
            QVERIFY(hinted.error->message.contains(QString::fromLatin1(interim).first(3)));
        }
        QCOMPARE(rig.run(to(server.url(u"/next"_s))).body, QByteArray("/next"));
    }
}

void TestQnamFailures::aBodyThatCannotBeDecodedFreesItsConnection()
{
    LoopbackServer server(
        always(ScriptedReply::of("200 OK", "no gzip at all", "Content-Encoding: gzip\r\n")));
    TransportRig rig;
    for (int i = 0; i < 5; ++i)
        QCOMPARE(rig.run(to(server.url())).error->code, ErrorCode::BrokenReply);
    QCOMPARE(server.connectionCount(), 1);
}

void TestQnamFailures::unreadableCertificate()
{
    LoopbackServer server(ok());
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.profile.caFile = u"/no/such/file.pem"_s;
    const Response response = rig.run(request);
    QCOMPARE(response.error->code, ErrorCode::Tls);
    QVERIFY(response.error->message.contains(u"/no/such/file.pem"));
}

void TestQnamFailures::brokenProxy()
{
    LoopbackServer server(ok());
    quint16 deadPort = 0;
    {
        LoopbackServer gone(ok());
        deadPort = gone.port();
    }
    TransportRig rig;
    PreparedRequest request = to(server.url());
    request.profile.proxy = u"http://127.0.0.1:%1"_s.arg(deadPort);
    QCOMPARE(errorCodeName(rig.run(request).error->code), errorCodeName(ErrorCode::Proxy));
    request.profile.noProxy = {u"127.0.0.1"_s};
    QCOMPARE(rig.run(request).status, 200);
    // The name counts, not the address that it is told to have.
    request.url = QUrl(u"http://api.test:%1/"_s.arg(server.port()));
    request.resolve = {u"api.test:%1:127.0.0.1"_s.arg(server.port())};
    QCOMPARE(errorCodeName(rig.run(request).error->code), errorCodeName(ErrorCode::Proxy));
    request.profile.noProxy = {u"api.test"_s};
    QCOMPARE(rig.run(request).status, 200);
}

QTEST_GUILESS_MAIN(TestQnamFailures)
#include "tst_qnamfailures.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loopbackserver.h"
#include "tests/support/transportrig.h"

#include <QSslSocket>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <openssl/crypto.h>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

QList<QByteArray> sorted(const HeaderList &headers)
{
    QList<QByteArray> lines;
    for (const Header &field : headers)
        lines.append(field.name.toLower() + ": " + field.value);
    std::ranges::sort(lines);
    return lines;
}

} // namespace

/** Requests and replies on the wire. */
class TestQnamTransport : public QObject
{
    Q_OBJECT

private slots:
    void reply();
    void headersOnTheWire_data();
    void headersOnTheWire();
    void methods_data();
    void methods();
    void userInfoBecomesBasic();
    void statusesAreReplies_data();
    void statusesAreReplies();
    void repeatedHeaders();
    void cookies();
    void redirectIsNotFollowed();
    void decodesGzip();
    void tlsOutlivesItsThreads();
};

void TestQnamTransport::reply()
{
    LoopbackServer server(ok());
    TransportRig rig;
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
    TransportRig rig;
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
    TransportRig rig;
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

void TestQnamTransport::userInfoBecomesBasic()
{
    LoopbackServer server(ok());
    TransportRig rig;
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
    TransportRig rig;
    const Response response = rig.run(to(server.url()));
    QVERIFY2(!response.failed(), response.failed() ? qPrintable(response.error->message) : "");
    QCOMPARE(response.status, status);
    QCOMPARE(response.body, bodyless ? QByteArray() : QByteArray("body"));
}

void TestQnamTransport::repeatedHeaders()
{
    LoopbackServer server(always(ScriptedReply::of(
        "200 OK", "", "Set-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\nX-B: 1\r\n")));
    TransportRig rig;
    const Response response = rig.run(to(server.url()));
    QCOMPARE(response.headers.values("set-cookie"),
             (std::vector<QByteArray>{"a=1", "b=2; Path=/"}));
    QCOMPARE(response.headers.value("x-b"), QByteArray("1"));
}

void TestQnamTransport::cookies()
{
    LoopbackServer server(always(ScriptedReply::of("200 OK", "", "Set-Cookie: a=1\r\n")));
    TransportRig rig;
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
    TransportRig rig;
    const Response response = rig.run(to(server.url()));
    QCOMPARE(response.status, 302);
    QCOMPARE(response.headers.value("location"), QByteArray("/next"));
    QCOMPARE(int(server.requests().size()), 1);
}

void TestQnamTransport::decodesGzip()
{
    const QByteArray packed =
        QByteArray::fromHex("1f8b08000000000002ffcb48cdc9c95728cf2fca49010085114a0d0b000000");
    LoopbackServer server(
        always(ScriptedReply::of("200 OK", packed, "Content-Encoding: gzip\r\n")));
    TransportRig rig;
    PreparedRequest request = to(server.url());
    const Response decoded = rig.run(request);
    QVERIFY2(!decoded.failed(), decoded.failed() ? qPrintable(decoded.error->message) : "");
    QCOMPARE(decoded.body, QByteArray("hello world"));
    QCOMPARE(decoded.bytesWire, qint64(packed.size()));
    request.headers.append("Accept-Encoding", "gzip");
    QCOMPARE(rig.run(request).body, packed);
}

/**
 * At exit nothing of OpenSSL is freed, which threads that are ending may still read. This process
 * would say so and fail.
 */
void TestQnamTransport::tlsOutlivesItsThreads()
{
    const TransportRig rig;
    QVERIFY(QSslSocket::supportsSsl());
    QVERIFY(OPENSSL_atexit([] {
        std::fputs("FAIL!  : OpenSSL's exit handler has run\n", stderr);
        std::_Exit(EXIT_FAILURE);
    }));
}

QTEST_GUILESS_MAIN(TestQnamTransport)
#include "tst_qnamtransport.moc"

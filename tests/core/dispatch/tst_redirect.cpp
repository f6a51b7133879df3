// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/redirect.h"
#include "tests/support/testresult.h"

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

Response redirectTo(int status, const QByteArray &location)
{
    Response response;
    response.status = status;
    response.headers.append("Location", location);
    return response;
}

PreparedRequest requestTo(const QString &url)
{
    PreparedRequest request;
    request.url = QUrl(url);
    return request;
}

} // namespace

class TestRedirect : public QObject
{
    Q_OBJECT

private slots:
    void method_data();
    void method();
    void place_data();
    void place();
    void refused_data();
    void refused();
    void credentials_data();
    void credentials();
    void whatIsAboutOnePlace_data() { credentials_data(); }
    void whatIsAboutOnePlace();
};

void TestRedirect::method_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](int status, const char *method, const char *expected) {
        QTest::addRow("%d %s", status, method)
            << status << QByteArray(method) << QByteArray(expected);
    };
    for (const int status : {301, 302}) {
        row(status, "GET", "GET");
        row(status, "HEAD", "HEAD");
        row(status, "POST", "GET");
        row(status, "PUT", "PUT");
        row(status, "DELETE", "DELETE");
    }
    row(303, "GET", "GET");
    row(303, "HEAD", "HEAD");
    row(303, "POST", "GET");
    row(303, "PUT", "GET");
    for (const int status : {307, 308}) {
        row(status, "POST", "POST");
        row(status, "PUT", "PUT");
    }
}

void TestRedirect::method()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, expected);
    PreparedRequest request = requestTo(u"http://a.test/x"_s);
    request.method = method;
    request.body = "body";
    request.headers.append("Content-Type", "text/plain");
    const auto next = followRedirect(request, redirectTo(status, "/y"));
    VERIFY_RESULT(next);
    QCOMPARE(next->method, expected);
    const bool keepsBody = method == expected;
    QCOMPARE(next->body, keepsBody ? QByteArray("body") : QByteArray());
    QCOMPARE(next->headers.contains("Content-Type"), keepsBody);
}

void TestRedirect::place_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("to");
    const QString from = u"http://a.test:8080/one/two?q=1#part"_s;
    QTest::newRow("absolute") << from << QByteArray("https://b.test/") << u"https://b.test/#part"_s;
    QTest::newRow("path") << from << QByteArray("/three") << u"http://a.test:8080/three#part"_s;
    QTest::newRow("relative") << from << QByteArray("three")
                              << u"http://a.test:8080/one/three#part"_s;
    QTest::newRow("query") << from << QByteArray("?z=2")
                           << u"http://a.test:8080/one/two?z=2#part"_s;
    QTest::newRow("scheme-relative")
        << from << QByteArray("//b.test/x") << u"http://b.test/x#part"_s;
    QTest::newRow("own fragment") << from << QByteArray("/x#other")
                                  << u"http://a.test:8080/x#other"_s;
    QTest::newRow("user left out")
        << from << QByteArray("http://u:p@b.test/x") << u"http://b.test/x#part"_s;
    QTest::newRow("escapes kept") << u"http://a.test/"_s << QByteArray("/a%2Fb%20c")
                                  << u"http://a.test/a%2Fb%20c"_s;
}

void TestRedirect::place()
{
    QFETCH(const QString, from);
    QFETCH(const QByteArray, location);
    QFETCH(const QString, to);
    const auto next = followRedirect(requestTo(from), redirectTo(302, location));
    VERIFY_RESULT(next);
    QCOMPARE(next->url.toString(QUrl::FullyEncoded), to);
}

void TestRedirect::refused_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("ftp") << QByteArray("ftp://a.test/");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("no host") << QByteArray("http:///x");
    QTest::newRow("bad port") << QByteArray("http://a.test:99999/");
}

void TestRedirect::refused()
{
    QFETCH(const QByteArray, location);
    const auto next = followRedirect(requestTo(u"http://a.test/"_s), redirectTo(302, location));
    QVERIFY(!next);
    QCOMPARE(next.error().code, ErrorCode::InvalidUrl);
    QVERIFY(next.error().message.contains(u"http://a.test"));
}

void TestRedirect::credentials_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<bool>("kept");
    QTest::newRow("same origin") << u"http://a.test/"_s << QByteArray("/y") << true;
    QTest::newRow("port written") << u"http://a.test/"_s << QByteArray("http://a.test:80/") << true;
    QTest::newRow("case") << u"http://a.test/"_s << QByteArray("http://A.TEST/y") << true;
    QTest::newRow("other host") << u"http://a.test/"_s << QByteArray("http://b.test/") << false;
    QTest::newRow("subdomain") << u"http://a.test/"_s << QByteArray("http://x.a.test/") << false;
    QTest::newRow("other port") << u"http://a.test/"_s << QByteArray("http://a.test:81/") << false;
    QTest::newRow("other scheme") << u"https://a.test/"_s << QByteArray("http://a.test/") << false;
}

void TestRedirect::credentials()
{
    QFETCH(const QString, from);
    QFETCH(const QByteArray, location);
    QFETCH(const bool, kept);
    PreparedRequest request = requestTo(from);
    const QList<QByteArray> secrets{"Authorization", "cookie",         "Proxy-Authorization",
                                    "X-Api-Key",     "X-Auth-Token",   "X-Session-Id",
                                    "Client-Secret", "X-Special-Thing"};
    for (const QByteArray &name : secrets)
        request.headers.append(name, "secret");
    request.credentialHeaders.push_back("x-special-thing");
    request.headers.append("Accept", "text/plain");
    request.profile.certFile = u"client.pem"_s;
    request.profile.keyFile = u"client.key"_s;
    const auto next = followRedirect(request, redirectTo(307, location));
    VERIFY_RESULT(next);
    QCOMPARE(!next->profile.certFile.isEmpty(), kept);
    QCOMPARE(!next->profile.keyFile.isEmpty(), kept);
    for (const QByteArray &name : secrets)
        QVERIFY2(next->headers.contains(name) == kept, name.constData());
    QVERIFY(next->headers.contains("Accept"));
}

/** RFC 9110 15.4: a Host or an entity tag of one origin says nothing to another. */
void TestRedirect::whatIsAboutOnePlace()
{
    QFETCH(const QString, from);
    QFETCH(const QByteArray, location);
    QFETCH(const bool, kept);
    PreparedRequest request = requestTo(from);
    const QList<QByteArray> fields{"Host", "If-None-Match", "if-modified-since", "If-Match"};
    for (const QByteArray &name : fields)
        request.headers.append(name, "value");
    request.headers.append("Iffy", "value");
    const auto next = followRedirect(request, redirectTo(302, location));
    VERIFY_RESULT(next);
    for (const QByteArray &name : fields)
        QVERIFY2(next->headers.contains(name) == kept, name.constData());
    QVERIFY(next->headers.contains("Iffy"));
}

QTEST_APPLESS_MAIN(TestRedirect)
#include "tst_redirect.moc"

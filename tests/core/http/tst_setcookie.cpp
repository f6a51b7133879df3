// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/setcookie.h"

#include <QTest>

using namespace Sluice;

/** Set-Cookie headers as servers write them. */
class TestSetCookie final : public QObject
{
    Q_OBJECT

private slots:
    void takenApart_data();
    void takenApart();
    void eachHeaderIsOne();
};

void TestSetCookie::takenApart_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArrayList>(
        "parts"); // name, value, domain, path, expires, sameSite, flags
    const auto row = [](const char *line, const QByteArrayList &parts) {
        QTest::newRow(line) << QByteArray(line) << parts;
    };
    row("a=1", {"a", "1", "", "", "", "", ""});
    row("a=b=c; Path=/x", {"a", "b=c", "", "/x", "", "", ""});
    row(" a = 1 ; DOMAIN=.x.test;secure; HttpOnly", {"a", "1", ".x.test", "", "", "", "SH"});
    row("a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
        {"a", "1", "", "", "Wed, 21 Oct 2026 07:28:00 GMT", "", ""});
    row("a=1; Max-Age=60; Expires=Wed, 21 Oct 2026 07:28:00 GMT; SameSite=Lax",
        {"a", "1", "", "", "60 s", "Lax", ""});
    row("a=", {"a", "", "", "", "", "", ""});
    row("nothing", {});
    row("=1", {});
}

void TestSetCookie::takenApart()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArrayList, parts);
    HeaderList headers;
    headers.append("set-cookie", line);
    const std::vector<SetCookie> cookies = setCookies(headers);
    QCOMPARE(cookies.size(), parts.isEmpty() ? std::size_t(0) : std::size_t(1));
    if (parts.isEmpty())
        return;
    const SetCookie &cookie = cookies.front();
    const QByteArray flags =
        QByteArray(cookie.isSecure ? "S" : "") + QByteArray(cookie.isHttpOnly ? "H" : "");
    QCOMPARE(QByteArrayList({cookie.name, cookie.value, cookie.domain, cookie.path, cookie.expires,
                             cookie.sameSite, flags}),
             parts);
}

void TestSetCookie::eachHeaderIsOne()
{
    HeaderList headers;
    headers.append("Set-Cookie", "a=1");
    headers.append("Content-Type", "text/plain");
    headers.append("Set-Cookie", "b=2");
    QCOMPARE(setCookies(headers).size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestSetCookie)
#include "tst_setcookie.moc"

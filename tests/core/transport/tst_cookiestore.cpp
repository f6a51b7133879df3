// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/cookiestore.h"

#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

HeaderList setCookie(const QByteArray &value)
{
    HeaderList headers;
    headers.append("Set-Cookie", value);
    return headers;
}

} // namespace

class TestCookieStore : public QObject
{
    Q_OBJECT

private slots:
    void sendsBack_data();
    void sendsBack();
    void jarsAreApart();
    void addsToWhatTheRequestWrote();
    void several();
};

void TestCookieStore::sendsBack_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("cookie");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QByteArray>("sent");
    const QByteArray none;
    const QByteArray sent = "a=1";
    QTest::newRow("same host") << u"http://x.test/"_s << QByteArray("a=1") << u"http://x.test/p"_s
                               << sent;
    QTest::newRow("other host") << u"http://x.test/"_s << QByteArray("a=1") << u"http://y.test/"_s
                                << none;
    QTest::newRow("host only") << u"http://x.test/"_s << QByteArray("a=1")
                               << u"http://sub.x.test/"_s << none;
    QTest::newRow("domain") << u"http://sub.example.com/"_s << QByteArray("a=1; Domain=example.com")
                            << u"http://other.example.com/"_s << sent;
    QTest::newRow("foreign domain")
        << u"http://x.test/"_s << QByteArray("a=1; Domain=y.test") << u"http://y.test/"_s << none;
    QTest::newRow("public suffix")
        << u"http://x.co.uk/"_s << QByteArray("a=1; Domain=co.uk") << u"http://y.co.uk/"_s << none;
    QTest::newRow("path") << u"http://x.test/"_s << QByteArray("a=1; Path=/in")
                          << u"http://x.test/out"_s << none;
    QTest::newRow("secure over http")
        << u"https://x.test/"_s << QByteArray("a=1; Secure") << u"http://x.test/"_s << none;
    QTest::newRow("secure") << u"https://x.test/"_s << QByteArray("a=1; Secure")
                            << u"https://x.test/"_s << sent;
    QTest::newRow("expired") << u"http://x.test/"_s << QByteArray("a=1; Max-Age=0")
                             << u"http://x.test/"_s << none;
}

void TestCookieStore::sendsBack()
{
    QFETCH(const QString, from);
    QFETCH(const QByteArray, cookie);
    QFETCH(const QString, to);
    QFETCH(const QByteArray, sent);
    CookieStore store;
    store.store(0, QUrl(from), setCookie(cookie));
    QCOMPARE(store.cookieHeader(0, QUrl(to), {}), sent);
}

void TestCookieStore::jarsAreApart()
{
    CookieStore store;
    const QUrl url(u"http://x.test/"_s);
    store.store(1, url, setCookie("a=1"));
    QCOMPARE(store.cookieHeader(2, url, {}), QByteArray());
    QCOMPARE(store.cookieHeader(1, url, {}), QByteArray("a=1"));
    store.clear(1);
    QCOMPARE(store.cookieHeader(1, url, {}), QByteArray());
}

void TestCookieStore::addsToWhatTheRequestWrote()
{
    CookieStore store;
    const QUrl url(u"http://x.test/"_s);
    store.store(0, url, setCookie("a=1"));
    QCOMPARE(store.cookieHeader(0, url, "b=2"), QByteArray("b=2; a=1"));
    QCOMPARE(store.cookieHeader(0, url, "a=own"), QByteArray("a=own"));
}

void TestCookieStore::several()
{
    CookieStore store;
    const QUrl url(u"http://x.test/"_s);
    HeaderList headers = setCookie("a=1");
    headers.append("set-cookie", "b=2");
    store.store(0, url, headers);
    QCOMPARE(store.cookieHeader(0, url, {}).split(';').size(), 2);
}

QTEST_APPLESS_MAIN(TestCookieStore)
#include "tst_cookiestore.moc"

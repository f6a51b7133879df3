// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/laneproxyfactory.h"
#include "tests/support/testresult.h"

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestLaneProxyFactory : public QObject
{
    Q_OBJECT

private slots:
    void parse_data();
    void parse();
    void refuses_data();
    void refuses();
    void bypasses_data();
    void bypasses();
    void direct();
};

void TestLaneProxyFactory::parse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("user");
    const int http = QNetworkProxy::HttpProxy;
    const int socks = QNetworkProxy::Socks5Proxy;
    QTest::newRow("http") << u"http://p.test:3128"_s << http << u"p.test"_s << 3128 << QString();
    QTest::newRow("no scheme") << u"p.test:3128"_s << http << u"p.test"_s << 3128 << QString();
    QTest::newRow("no port") << u"http://p.test"_s << http << u"p.test"_s << 8080 << QString();
    QTest::newRow("socks") << u"socks5://p.test"_s << socks << u"p.test"_s << 1080 << QString();
    QTest::newRow("user") << u"http://me%40x:pw@p.test:1"_s << http << u"p.test"_s << 1
                          << u"me@x"_s;
    QTest::newRow("direct") << QString() << int(QNetworkProxy::DefaultProxy) << QString() << 0
                            << QString();
}

void TestLaneProxyFactory::parse()
{
    QFETCH(const QString, text);
    QFETCH(const int, type);
    QFETCH(const QString, host);
    QFETCH(const int, port);
    QFETCH(const QString, user);
    const auto proxy = LaneProxyFactory::parse(text);
    VERIFY_RESULT(proxy);
    QCOMPARE(int(proxy->type()), type);
    QCOMPARE(proxy->hostName(), host);
    QCOMPARE(int(proxy->port()), port);
    QCOMPARE(proxy->user(), user);
}

void TestLaneProxyFactory::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("scheme") << u"ftp://p.test"_s;
    QTest::newRow("no host") << u"http://:80"_s;
    QTest::newRow("secret not shown") << u"ftp://u:hidden@p.test"_s;
}

void TestLaneProxyFactory::refuses()
{
    QFETCH(const QString, text);
    const auto proxy = LaneProxyFactory::parse(text);
    QVERIFY(!proxy);
    QCOMPARE(proxy.error().code, ErrorCode::Proxy);
    QVERIFY(!proxy.error().message.contains(u"hidden"));
}

void TestLaneProxyFactory::bypasses_data()
{
    QTest::addColumn<QStringList>("noProxy");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("expected");
    QTest::newRow("empty") << QStringList() << u"a.test"_s << false;
    QTest::newRow("all") << QStringList{u"*"_s} << u"a.test"_s << true;
    QTest::newRow("host") << QStringList{u"a.test"_s} << u"A.test"_s << true;
    QTest::newRow("subdomain") << QStringList{u"a.test"_s} << u"x.a.test"_s << true;
    QTest::newRow("dot") << QStringList{u".a.test"_s} << u"x.a.test"_s << true;
    QTest::newRow("star") << QStringList{u"*.a.test"_s} << u"x.a.test"_s << true;
    QTest::newRow("longer name") << QStringList{u"a.test"_s} << u"ba.test"_s << false;
    QTest::newRow("blank") << QStringList{u" "_s} << u"a.test"_s << false;
    QTest::newRow("second") << QStringList{u"b.test"_s, u" a.test "_s} << u"a.test"_s << true;
}

void TestLaneProxyFactory::bypasses()
{
    QFETCH(const QStringList, noProxy);
    QFETCH(const QString, host);
    QFETCH(const bool, expected);
    ConnectionProfile profile;
    profile.proxy = u"http://p.test"_s;
    profile.noProxy = noProxy;
    profile.caFile = u"ca.pem"_s;
    const ConnectionProfile way = routed(profile, host);
    QCOMPARE(way.proxy, expected ? QString() : u"http://p.test"_s);
    QVERIFY(way.noProxy.isEmpty());
    QCOMPARE(way.caFile, profile.caFile);
}

void TestLaneProxyFactory::direct()
{
    // DefaultProxy, not NoProxy: Qt reads replies through a buffered socket only then.
    LaneProxyFactory factory{ConnectionProfile()};
    const QList<QNetworkProxy> proxies =
        factory.queryProxy(QNetworkProxyQuery(QUrl(u"http://a.test/"_s)));
    QCOMPARE(proxies.size(), 1);
    QCOMPARE(proxies[0].type(), QNetworkProxy::DefaultProxy);
}

QTEST_APPLESS_MAIN(TestLaneProxyFactory)
#include "tst_laneproxyfactory.moc"

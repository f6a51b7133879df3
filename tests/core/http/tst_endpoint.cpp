// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/endpoint.h"

#include <QTest>
#include <QUrl>

using namespace Sluice;

class TestEndpoint final : public QObject
{
    Q_OBJECT

private slots:
    void normalises_data();
    void normalises();
};

void TestEndpoint::normalises_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("key");

    QTest::newRow("default port") << "http://a/x" << "http://a:80";
    QTest::newRow("explicit default port") << "http://a:80/y?z" << "http://a:80";
    QTest::newRow("https is another") << "https://a" << "https://a:443";
    QTest::newRow("upper case") << "HTTP://API.Example.COM:8080" << "http://api.example.com:8080";
    QTest::newRow("trailing dot") << "http://example.com./" << "http://example.com:80";
    QTest::newRow("IDNA") << QString::fromUtf8("http://bücher.example/") << "http://xn--bcher-kva.example:80";
    QTest::newRow("IPv6") << "http://[0:0:0:0:0:0:0:1]:81/" << "http://[::1]:81";
    QTest::newRow("user info is no part") << "http://me:pw@h/" << "http://h:80";
}

void TestEndpoint::normalises()
{
    QFETCH(QString, url);
    QTEST(Endpoint::of(QUrl(url)).key(), "key");
}

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"

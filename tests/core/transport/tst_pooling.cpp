// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/pooling.h"

#include "core/transport/requesttarget.h"

#include <QHostAddress>
#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestPooling : public QObject
{
    Q_OBJECT

private slots:
    void pooling_data();
    void pooling();
    void spellingsDiffer_data();
    void spellingsDiffer();
};

void TestPooling::pooling_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("resolve");
    QTest::addColumn<bool>("verifyTls");
    QTest::addColumn<Pooling>("pooling");
    const QString none;
    QTest::newRow("http, address") << u"http://127.0.0.1:8080/"_s << none << true << Pooling{64, 1};
    QTest::newRow("http, IPv6") << u"http://[::1]:8080/"_s << none << true << Pooling{64, 1};
    QTest::newRow("http, name") << u"http://api.test/"_s << none << true << Pooling{10, 6};
    QTest::newRow("http, resolved")
        << u"http://api.test/"_s << u"api.test:80:::1"_s << true << Pooling{64, 1};
    QTest::newRow("https, name") << u"https://api.test/"_s << none << true << Pooling{10, 6};
    QTest::newRow("https, short name") << u"https://a.b/"_s << none << true << Pooling{5, 6};
    QTest::newRow("https, number as name")
        << u"https://1.2.3.4.5/"_s << none << true << Pooling{2, 6};
    QTest::newRow("https, resolved")
        << u"https://api.test/"_s << u"api.test:443:127.0.0.1"_s << true << Pooling{64, 1};
    QTest::newRow("https, short name resolved")
        << u"https://a.b/"_s << u"a.b:443:127.0.0.1"_s << true << Pooling{4, 6};
    QTest::newRow("https, address") << u"https://127.0.0.1/"_s << none << true << Pooling{2, 6};
    QTest::newRow("https, address resolved")
        << u"https://127.0.0.1/"_s << u"127.0.0.1:443:127.0.0.2"_s << true << Pooling{1, 6};
    QTest::newRow("https, address not checked")
        << u"https://127.0.0.1/"_s << none << false << Pooling{64, 1};
}

void TestPooling::pooling()
{
    QFETCH(const QString, url);
    QFETCH(const QString, resolve);
    QFETCH(const bool, verifyTls);
    QFETCH(const Pooling, pooling);
    PreparedRequest request;
    request.url = QUrl(url);
    if (!resolve.isEmpty())
        request.resolve = {resolve};
    const RequestTarget target = RequestTarget::of(request);
    QCOMPARE(target.address.isEmpty(), resolve.isEmpty());
    QCOMPARE(poolingOf(target, verifyTls), pooling);
}

void TestPooling::spellingsDiffer_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("name") << u"api.test"_s;
    QTest::newRow("name with others than ASCII") << u"b\u00fccher.test"_s;
    QTest::newRow("encoded name") << u"xn--bcher-kva.test"_s;
    QTest::newRow("IPv4") << u"127.0.0.1"_s;
    QTest::newRow("IPv6") << u"fe80::1"_s;
}

/** As texts; what they name is the same. */
void TestPooling::spellingsDiffer()
{
    QFETCH(const QString, host);
    std::set<QString> spellings;
    for (int index = 0; index < Pooling::PerLane; ++index) {
        const QString spelled = spelling(host, index);
        spellings.insert(spelled);
        QCOMPARE(QHostAddress(spelled), QHostAddress(host));
        if (QHostAddress(host).isNull())
            QCOMPARE(QUrl::toAce(spelled), QUrl::toAce(host));
    }
    QCOMPARE(int(spellings.size()), Pooling::PerLane);
    QCOMPARE(spelling(host, 0), host);
}

QTEST_GUILESS_MAIN(TestPooling)
#include "tst_pooling.moc"

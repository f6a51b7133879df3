// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/codetargets.h"
#include "tests/support/testresult.h"

using namespace Sluice;
using namespace Qt::StringLiterals;

class TestCodeTargets final : public QObject
{
    Q_OBJECT

private slots:
    void expandsEveryTarget_data();
    void expandsEveryTarget();
    void writesTheLimits_data();
    void writesTheLimits();
    void namesKnownTargets();
    void refusesBadUrl();
};

void TestCodeTargets::expandsEveryTarget_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<Limits>("limits");

    Limits unlimited;
    unlimited.total = 0;
    Limits overridden{.total = 37, .perHost = 5};
    overridden.hosts = {{u"cdn.example.com"_s, 12}, {u"*.example.org"_s, 3}};
    for (const CodeTarget &target : codeTargets()) {
        const QString id = target.id;
        QTest::addRow("%s, unlimited", qPrintable(id)) << id << unlimited;
        QTest::addRow("%s, all limits", qPrintable(id)) << id << overridden;
    }
}

void TestCodeTargets::expandsEveryTarget()
{
    QFETCH(QString, target);
    QFETCH(Limits, limits);
    const Result<QString> code = generateCode(target, {limits, u"http://127.0.0.1:8080/x"_s, {}});
    VERIFY_RESULT(code);
    QVERIFY(!code->contains("{{#"_L1) && !code->contains("{{/"_L1));
    QVERIFY(code->endsWith(u'\n'));
    if (limits.total == 37)
        QVERIFY2(code->contains("37"_L1), qPrintable(*code));
}

void TestCodeTargets::writesTheLimits_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("line");

    QTest::newRow("aiohttp") << u"aiohttp"_s
                             << u"TCPConnector(limit=LIMIT, limit_per_host=LIMIT_PER_HOST)"_s;
    QTest::newRow("scrapy") << u"scrapy"_s << u"\"CONCURRENT_REQUESTS_PER_DOMAIN\": 8,"_s;
    QTest::newRow("okhttp") << u"okhttp"_s << u"dispatcher.setMaxRequestsPerHost(8);"_s;
    QTest::newRow("nginx") << u"nginx"_s << u"server api.example.com:443 max_conns=8;"_s;
    QTest::newRow("envoy") << u"envoy"_s << u"max_connections: 8"_s;
    QTest::newRow("curl") << u"curl"_s << u"--parallel-max 24"_s;
    QTest::newRow("k6") << u"k6"_s << u"vus: 8,"_s;
}

void TestCodeTargets::writesTheLimits()
{
    QFETCH(QString, target);
    QFETCH(QString, line);
    const Result<QString> code = generateCode(target, {{.total = 24, .perHost = 8}, {}, {}});
    VERIFY_RESULT(code);
    QVERIFY2(code->contains(line), qPrintable(*code));
}

void TestCodeTargets::namesKnownTargets()
{
    const Result<QString> code = generateCode(u"cobol"_s, {});
    QVERIFY(!code);
    QCOMPARE(code.error().code, ErrorCode::Usage);
    QVERIFY(code.error().message.contains("aiohttp, httpx"_L1));
}

void TestCodeTargets::refusesBadUrl()
{
    QCOMPARE(generateCode(u"go"_s, {{}, u"ftp://x"_s, {}}).error().code, ErrorCode::InvalidUrl);
}

QTEST_GUILESS_MAIN(TestCodeTargets)
#include "tst_codetargets.moc"

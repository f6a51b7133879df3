// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/limits.h"
#include "tests/support/testresult.h"

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestLimits final : public QObject
{
    Q_OBJECT

private slots:
    void patterns_data();
    void patterns();
    void firstMatchWins();
};

void TestLimits::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<bool>("matches");

    const auto row = [](const char *pattern, const char *endpoint, bool matches) {
        QTest::addRow("%s %s %s", pattern, matches ? "covers" : "leaves", endpoint)
            << QString::fromLatin1(pattern) << QString::fromLatin1(endpoint) << matches;
    };
    row("api.example.com", "https://api.example.com:443", true);
    row("api.example.com", "http://api.example.com:8080", true);
    row("API.Example.COM", "https://api.example.com:443", true);
    row(" api.example.com. ", "https://api.example.com:443", true);
    row("api.example.com", "https://www.api.example.com:443", false);
    row("*.example.com", "https://api.example.com:443", true);
    row("*.example.com", "https://a.b.example.com:443", true);
    row("*.example.com", "https://example.com:443", false);
    row("*.example.com", "https://badexample.com:443", false);
    row("*.example.com:8443", "https://api.example.com:8443", true);
    row("*.example.com:8443", "https://api.example.com:443", false);
    row("*", "http://anything:81", true);
    row("localhost:8080", "http://localhost:8080", true);
    row("localhost:8080", "http://localhost:80", false);
    row("https://x:8443", "https://x:8443", true);
    row("https://x:8443", "http://x:8443", false);
    row("HTTPS://x:8443/", "https://x:8443", true);
    row("https://x", "https://x:443", true);
    row("https://x", "https://x:8443", false);
    row("http://a", "http://a:80", true);
    row("[::1]", "http://[::1]:8080", true);
    row("::1", "http://[::1]:8080", true);
    row("[::1]:8080", "http://[::1]:8080", true);
    row("[::1]:8081", "http://[::1]:8080", false);
    row("127.0.0.1", "http://127.0.0.1:80", true);
    row("", "http://a:80", false);
    row(":80", "http://a:80", false);
    row("http://", "http://a:80", false);
}

void TestLimits::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QString, endpoint);
    QTEST(hostPatternMatches(pattern, endpoint), "matches");
}

void TestLimits::firstMatchWins()
{
    Limits limits;
    QCOMPARE(limits.total, 100);
    QCOMPARE(limits.perHost, 0);
    limits.perHost = 7;
    limits.hosts = {{u"api.example.com"_s, 3}, {u"*.example.com"_s, 5}, {u"free"_s, 0}};
    QCOMPARE(limitForEndpoint(limits, u"https://api.example.com:443"_s), 3);
    QCOMPARE(limitForEndpoint(limits, u"https://www.example.com:443"_s), 5);
    QCOMPARE(limitForEndpoint(limits, u"https://free:443"_s), 0);
    QCOMPARE(limitForEndpoint(limits, u"https://else:443"_s), 7);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"

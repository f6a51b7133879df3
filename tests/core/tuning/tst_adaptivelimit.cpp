// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/aimdlimit.h"
#include "core/tuning/gradient2limit.h"
#include "core/tuning/limitcatalog.h"
#include "core/tuning/vegaslimit.h"
#include "tests/core/tuning/closedloop.h"
#include "tests/support/testresult.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr qint64 SecondUs = 1'000'000;

LimitWindow window(double rttMs, int inFlight = 100)
{
    return {rttMs * 1000, 10, inFlight};
}

/** Feeds \a count replies of \a rttUs, one after another. */
void reply(AdaptiveLimit &limit, int count, qint64 rttUs, int inFlight, qint64 &nowUs)
{
    for (int i = 0; i < count; ++i) {
        nowUs += rttUs;
        limit.ended({nowUs - rttUs, nowUs, inFlight});
    }
}

/** Keeps the windows, and the limit as it is. */
class Recorder final : public LimitAlgorithm
{
public:
    explicit Recorder(std::vector<LimitWindow> &windows) : m_windows(windows) {}
    double afterWindow(double limit, const LimitWindow &window) override
    {
        m_windows.push_back(window);
        return limit;
    }
    double afterDrop(double limit) override { return limit; }
    bool needsBaseline() const override { return false; }
    void setBaseline(double) override {}

private:
    std::vector<LimitWindow> &m_windows;
};

} // namespace

class TestAdaptiveLimit final : public QObject
{
    Q_OBJECT

private slots:
    void catalogNamesEachOnce();
    void aimd();
    void vegas();
    void gradient2();
    void fewRepliesDecideNothing();
    void slowEndpointsDecide_data();
    void slowEndpointsDecide();
    void doesNotGrowUnused();
    void oneDropIsOneEvent();
    void droppedTimesDoNotCount();
    void staysInItsBounds();
    void settlesAndBacksOff_data();
    void settlesAndBacksOff();
};

void TestAdaptiveLimit::catalogNamesEachOnce()
{
    QStringList ids;
    for (const LimitCatalogEntry &entry : limitCatalog()) {
        ids << entry.id;
        QVERIFY(makeLimitAlgorithm(entry.id));
    }
    QCOMPARE(ids.removeDuplicates(), 0);
    QVERIFY(!makeLimitAlgorithm(u"none"));
}

void TestAdaptiveLimit::aimd()
{
    AimdLimit aimd;
    QCOMPARE(aimd.afterWindow(20, window(40)), 21.0);
    QCOMPARE(aimd.afterDrop(20), 18.0);
    QCOMPARE(aimd.afterWindow(20, window(5001)), 18.0);
}

void TestAdaptiveLimit::vegas()
{
    VegasLimit vegas;
    vegas.setBaseline(40'000);
    QCOMPARE(vegas.afterWindow(20, window(40)), 22.0);   // Nothing waits: a tenth more.
    QCOMPARE(vegas.afterWindow(20, window(40.5)), 21.0); // A quarter waits: one more.
    QCOMPARE(vegas.afterWindow(20, window(42.5)), 20.0); // 1.2 wait: right.
    QCOMPARE(vegas.afterWindow(20, window(80)), 16.0);   // 10 wait, 2 should: half of the surplus.
    QCOMPARE(vegas.afterDrop(20), 19.0);
}

void TestAdaptiveLimit::gradient2()
{
    Gradient2Limit gradient;
    gradient.setBaseline(40'000);
    QCOMPARE(gradient.afterWindow(20, window(40)), 20.8); // g = 1: half way to 20 + 1.6.
    gradient.setBaseline(40'000);
    const double slow = gradient.afterWindow(20, window(80));
    QVERIFY(std::abs(slow - 15.8) < 0.05); // g = 1/2: half way to 10 + 1.6.
    QCOMPARE(gradient.afterDrop(20), 19.0);
}

void TestAdaptiveLimit::fewRepliesDecideNothing()
{
    AdaptiveLimit limit(std::make_unique<AimdLimit>(), {1, 1000, 4});
    qint64 nowUs = 0;
    reply(limit, 9, 1000, 4, nowUs);
    QCOMPARE(limit.limit(), 4);
    reply(limit, 1, 1000, 4, nowUs);
    QCOMPARE(limit.limit(), 5);
    reply(limit, 9, 1000, 5, nowUs);
    // Half a minute later those nine say nothing any more.
    nowUs += 40 * SecondUs;
    reply(limit, 9, 1000, 5, nowUs);
    QCOMPARE(limit.limit(), 5);
}

void TestAdaptiveLimit::slowEndpointsDecide_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<qint64>("seconds");
    for (const int limit : {1, 3, 10, 40}) {
        for (const qint64 seconds : {5, 20, 120})
            QTest::addRow("limit %d, %lld s", limit, seconds) << limit << seconds;
    }
}

/** Replies that take longer than half a minute fill windows as well. */
void TestAdaptiveLimit::slowEndpointsDecide()
{
    QFETCH(const int, limit);
    QFETCH(const qint64, seconds);
    std::vector<LimitWindow> windows;
    AdaptiveLimit slow(std::make_unique<Recorder>(windows), {limit, limit, limit});
    for (qint64 round = 0; round < 12; ++round) {
        for (int i = 0; i < limit; ++i)
            slow.ended(
                {round * seconds * SecondUs + i, (round + 1) * seconds * SecondUs + i, limit});
    }
    QVERIFY(!windows.empty());
    QCOMPARE(windows.front().rttUs, double(seconds * SecondUs));
    QVERIFY(windows.front().samples >= 10);
}

void TestAdaptiveLimit::doesNotGrowUnused()
{
    AdaptiveLimit limit(std::make_unique<AimdLimit>(), {1, 1000, 20});
    qint64 nowUs = 0;
    reply(limit, 1000, 1000, 9, nowUs);
    QCOMPARE(limit.limit(), 20);
    reply(limit, 20, 1000, 10, nowUs);
    QCOMPARE(limit.limit(), 21);
}

void TestAdaptiveLimit::oneDropIsOneEvent()
{
    AdaptiveLimit limit(std::make_unique<AimdLimit>(), {1, 1000, 20});
    using Outcome = LimitSample::Outcome;
    for (int i = 0; i < 10; ++i)
        limit.ended({100 + i, 1000 + i, 20, Outcome::Drop});
    QCOMPARE(limit.limit(), 18);
    limit.ended({2000, 3000, 18, Outcome::Ignored});
    QCOMPARE(limit.limit(), 18);
    limit.ended({2000, 3000, 18, Outcome::Drop});
    QCOMPARE(limit.limit(), 16);
}

void TestAdaptiveLimit::droppedTimesDoNotCount()
{
    // A client-side time-out of five seconds must not be taken for the server's time.
    AdaptiveLimit limit(std::make_unique<VegasLimit>(), {1, 1000, 10});
    qint64 nowUs = 0;
    reply(limit, 40, 40'000, 5, nowUs);
    QCOMPARE(limit.limit(), 10);
    limit.ended({nowUs, nowUs + 5 * SecondUs, 10, LimitSample::Outcome::Drop});
    nowUs += 5 * SecondUs;
    QCOMPARE(limit.limit(), 9);
    reply(limit, 10, 40'000, 9, nowUs);
    QCOMPARE(limit.limit(), 10);
}

void TestAdaptiveLimit::staysInItsBounds()
{
    for (const LimitCatalogEntry &entry : limitCatalog()) {
        AdaptiveLimit limit(entry.make(), {3, 12, 100});
        QVERIFY(limit.limit() <= 12);
        qint64 nowUs = 0;
        reply(limit, 2000, 1000, 100, nowUs);
        QVERIFY2(limit.limit() <= 12 && limit.limit() >= 6, qPrintable(entry.id));
        for (int i = 0; i < 100; ++i) {
            nowUs += 2000;
            limit.ended({nowUs - 1000, nowUs, 12, LimitSample::Outcome::Drop});
        }
        QCOMPARE(limit.limit(), 3);
    }
}

void TestAdaptiveLimit::settlesAndBacksOff_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<int>("workers");
    QTest::addColumn<double>("spread");
    QTest::addColumn<double>("overload");
    QTest::addColumn<bool>("rejects");

    for (const int workers : {8, 16, 32, 64}) {
        const auto row = [workers](const char *algorithm, double spread, double overload,
                                   bool rejects) {
            QTest::addRow("%s, %d workers, spread %g%s%s", algorithm, workers, spread,
                          overload > 0 ? ", slower when overloaded" : "",
                          rejects ? ", 429 above" : "")
                << QString::fromLatin1(algorithm) << workers << spread << overload << rejects;
        };
        row("aimd", 0.5, 0, true);
        for (const char *algorithm : {"vegas", "gradient2"}) {
            row(algorithm, 0.2, 0, false);
            row(algorithm, 0.2, 0.012, false);
            row(algorithm, 0.5, 0, false);
            row(algorithm, 0.5, 0, true);
        }
    }
}

void TestAdaptiveLimit::settlesAndBacksOff()
{
    QFETCH(QString, algorithm);
    QFETCH(int, workers);
    QFETCH(double, spread);
    QFETCH(double, overload);
    QFETCH(bool, rejects);

    const int seeds = std::max(5, qEnvironmentVariableIntValue("SLUICE_SIMULATION_SEEDS"));
    constexpr qint64 SettledUs = 20 * SecondUs;
    constexpr qint64 HalvedUs = 40 * SecondUs;
    std::vector<double> settled;
    std::vector<double> settledAgain;
    std::vector<qint64> backoff;
    for (quint32 seed = 0; seed < quint32(seeds); ++seed) {
        ClosedLoop::Server server{workers, 40'000, spread, overload, 4000, rejects ? workers : 0};
        AdaptiveLimit limit(makeLimitAlgorithm(algorithm), {});
        ClosedLoop loop(server, limit, seed);
        loop.runUntil(HalvedUs);
        settled.push_back(loop.meanLimit(SettledUs, HalvedUs) / server.knee());
        server.workers /= 2;
        server.rejectAbove /= 2;
        loop.setServer(server);
        loop.runUntil(HalvedUs + 20 * SecondUs);
        backoff.push_back(loop.timeUntil(HalvedUs, 1.25 * server.knee()));
        settledAgain.push_back(loop.meanLimit(HalvedUs + 5 * SecondUs, HalvedUs + 20 * SecondUs)
                               / server.knee());
    }
    const auto [low, high] = std::ranges::minmax(settled);
    const auto [lowAgain, highAgain] = std::ranges::minmax(settledAgain);
    const auto [fast, slow] = std::ranges::minmax(backoff);
    const QString figures =
        u"settles at %1…%2 of the knee, backs off in %3 s, settles at %4…%5 of the new one"_s
            .arg(low, 0, 'f', 2)
            .arg(high, 0, 'f', 2)
            .arg(double(slow) / 1e6, 0, 'f', 2)
            .arg(lowAgain, 0, 'f', 2)
            .arg(highAgain, 0, 'f', 2);
    qInfo("%s", qPrintable(figures));
    QVERIFY2(low >= 0.75 && high <= 1.25, qPrintable(figures));
    QVERIFY2(lowAgain >= 0.75 && highAgain <= 1.25, qPrintable(figures));
    QVERIFY2(fast >= 0 && slow <= 2 * SecondUs, qPrintable(figures));
}

QTEST_GUILESS_MAIN(TestAdaptiveLimit)
#include "tst_adaptivelimit.moc"

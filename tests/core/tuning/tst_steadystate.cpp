// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/steadystate.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace Sluice;

class TestSteadyState final : public QObject
{
    Q_OBJECT

private slots:
    void cutsWarmup_data();
    void cutsWarmup();
    void estimatesRate();
    void widensForBursts();
    void seesDrift();
    void saysNothingOfNothing();
    void coversTheTruth();
};

void TestSteadyState::cutsWarmup_data()
{
    QTest::addColumn<int>("slow");
    QTest::addColumn<int>("steady");
    QTest::addColumn<int>("leastCut"); // -1 = never steady.
    QTest::addColumn<int>("mostCut");

    QTest::newRow("none") << 0 << 200 << 0 << 60;
    QTest::newRow("thirty slow ones") << 30 << 170 << 30 << 90;
    QTest::newRow("hardly any") << 2 << 8 << -1 << -1;
}

void TestSteadyState::cutsWarmup()
{
    QFETCH(int, slow);
    QFETCH(int, steady);
    QFETCH(int, leastCut);
    QFETCH(int, mostCut);
    std::mt19937 random(7);
    std::normal_distribution<double> noise(40, 2);
    std::vector<double> values;
    for (int i = 0; i < slow; ++i)
        values.push_back(200 + noise(random));
    for (int i = 0; i < steady; ++i)
        values.push_back(noise(random));
    const std::optional<std::size_t> cut = warmupByMser5(values);
    QCOMPARE(cut.has_value(), leastCut >= 0);
    if (cut) {
        QVERIFY2(int(*cut) >= leastCut && int(*cut) <= mostCut, qPrintable(QString::number(*cut)));
    }
}

void TestSteadyState::estimatesRate()
{
    std::vector<qint64> times;
    for (qint64 i = 0; i < 1000; ++i)
        times.push_back(i * 10'000);
    const RateEstimate rate = estimateRate(times, 0, 10'000'000);
    QCOMPARE(rate.perSecond, 100.0);
    QCOMPARE(rate.ciHalfWidth, 0.0);
    QVERIFY(rate.steady);
    QCOMPARE(estimateRate(times, 5'000'000, 10'000'000).perSecond, 100.0);
}

void TestSteadyState::widensForBursts()
{
    std::vector<qint64> times;
    for (qint64 burst = 0; burst < 7; ++burst)
        times.insert(times.end(), 30, burst * 300'000);
    const RateEstimate rate = estimateRate(times, 0, 2'000'000);
    QVERIFY2(rate.ciHalfWidth > 0.2 * rate.perSecond,
             qPrintable(QString::number(rate.ciHalfWidth)));
}

void TestSteadyState::seesDrift()
{
    std::vector<qint64> times;
    for (qint64 i = 0; i < 600; ++i)
        times.push_back(qint64(std::sqrt(double(i)) * 400'000)); // Ever faster.
    QVERIFY(!estimateRate(times, 0, times.back()).steady);
}

void TestSteadyState::saysNothingOfNothing()
{
    QCOMPARE(estimateRate({}, 0, 0).perSecond, 0.0);
    QCOMPARE(estimateRate({}, 0, 1'000'000).perSecond, 0.0);
    QVERIFY(!warmupByMser5({}));
}

// The 95 % interval of a Poisson stream holds the true rate in 95 of 100 cases.
void TestSteadyState::coversTheTruth()
{
    std::mt19937 random(3);
    std::exponential_distribution<double> gap(200.0 / 1e6);
    int covered = 0;
    constexpr int Runs = 1000;
    for (int run = 0; run < Runs; ++run) {
        std::vector<qint64> times;
        for (double t = gap(random); t < 4e6; t += gap(random))
            times.push_back(qint64(t));
        const RateEstimate rate = estimateRate(times, 0, 4'000'000);
        covered += std::abs(rate.perSecond - 200) <= rate.ciHalfWidth;
    }
    QVERIFY2(covered > 0.93 * Runs && covered < 0.97 * Runs, qPrintable(QString::number(covered)));
}

QTEST_GUILESS_MAIN(TestSteadyState)
#include "tst_steadystate.moc"

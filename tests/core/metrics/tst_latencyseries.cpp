// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/latencyseries.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace Sluice;

namespace {

constexpr qint64 Second = 1'000'000;
constexpr qint64 Hour = 3600 * Second;

qint64 exact(std::vector<qint64> values, double percent)
{
    std::ranges::sort(values);
    return values[std::size_t(std::ceil(percent / 100 * double(values.size()))) - 1];
}

bool isClose(qint64 found, qint64 expected)
{
    return std::abs(found - expected) <= std::max<qint64>(1, expected / 100);
}

} // namespace

class TestLatencySeries final : public QObject
{
    Q_OBJECT

private slots:
    void rollsOverTenSeconds();
    void widerStepsAreMergedNotAveraged();
    void fewSamplesSayNothing();
    void idleTimeLeavesAGap();
    void rangesAgreeWithExactOnes_data();
    void rangesAgreeWithExactOnes();
    void dayIsBounded();
};

void TestLatencySeries::rollsOverTenSeconds()
{
    LatencySeries series;
    std::mt19937_64 random(3);
    std::lognormal_distribution<double> draw(10, 1);
    std::vector<std::pair<qint64, qint64>> samples;
    for (qint64 at = 100 * Second; at < 140 * Second; at += 7000) {
        samples.emplace_back(at, qint64(draw(random)));
        series.record(at, samples.back().second, 2 * samples.back().second);
    }
    const qint64 now = 140 * Second;
    series.advance(now);
    const LiveLatency latency = series.window({.spanUs = 60 * Second}, now);
    QCOMPARE(latency.stepUs, Second);
    QCOMPARE(latency.points.size(), 40u);
    for (const LatencyPoint &point : latency.points) {
        const qint64 end = point.beginUs + Second;
        std::vector<qint64> values;
        for (const auto &[at, us] : samples) {
            if (at < end && at >= end - 10 * Second)
                values.push_back(us);
        }
        QCOMPARE(point.count, values.size());
        QVERIFY(isClose(point.p50Us, exact(values, 50)));
        QVERIFY(isClose(point.p95Us, exact(values, 95)));
        QVERIFY(isClose(point.p99Us, exact(values, 99)));
        QVERIFY(isClose(point.p95TotalUs, 2 * exact(values, 95)));
    }
}

void TestLatencySeries::widerStepsAreMergedNotAveraged()
{
    // One second in ten is slow. The average of the seconds' medians would lie between.
    LatencySeries series;
    std::vector<qint64> values;
    for (qint64 at = 0; at < 2 * Hour; at += 20'000) {
        const qint64 us = at / Second % 10 == 3 ? 900'000 : 10'000;
        if (at < 10 * Second)
            values.push_back(us);
        series.record(at, us, us);
    }
    series.advance(2 * Hour);
    const LiveLatency latency = series.window({.spanUs = 2 * Hour}, 2 * Hour);
    QCOMPARE(latency.stepUs, 10 * Second);
    QVERIFY(latency.points.size() >= 719);
    QVERIFY(isClose(latency.points.front().p50Us, exact(values, 50)));
    QVERIFY(isClose(latency.points.front().p95Us, exact(values, 95)));
}

void TestLatencySeries::fewSamplesSayNothing()
{
    LatencySeries series;
    for (qint64 at = 0; at < 5 * Second; at += Second)
        series.record(at, 1000, 1000);
    series.advance(6 * Second);
    const LiveLatency latency = series.window({}, 6 * Second);
    QVERIFY(!latency.points.empty());
    for (const LatencyPoint &point : latency.points)
        QCOMPARE(point.p50Us, qint64(-1));
}

void TestLatencySeries::idleTimeLeavesAGap()
{
    LatencySeries series;
    for (qint64 at = 0; at < Second; at += 10'000)
        series.record(at, 1000, 1000);
    for (qint64 at = 40 * Second; at < 41 * Second; at += 10'000)
        series.record(at, 1000, 1000);
    series.advance(60 * Second);
    const LiveLatency latency = series.window({.spanUs = 60 * Second}, 60 * Second);
    QCOMPARE(latency.points.size(), 20u); // Ten rolling seconds after each burst.
    QCOMPARE(latency.points[9].beginUs, 9 * Second);
    QCOMPARE(latency.points[10].beginUs, 40 * Second);
}

void TestLatencySeries::rangesAgreeWithExactOnes_data()
{
    QTest::addColumn<qint64>("agoUs");
    QTest::addColumn<qint64>("lengthUs");
    QTest::addColumn<qint64>("stepUs"); ///< That the range is widened to.

    QTest::newRow("now") << 2 * Second << 2 * Second << Second;
    QTest::newRow("20 s ago") << 20 * Second << 7 * Second << Second;
    QTest::newRow("an hour ago") << Hour << 25 * Second << 10 * Second;
    QTest::newRow("an hour up to now") << Hour << Hour << 10 * Second;
    // Steps in which nothing ended take no room: what is finer lasts longer.
    QTest::newRow("four hours ago") << 4 * Hour << 100 * Second << 10 * Second;
}

void TestLatencySeries::rangesAgreeWithExactOnes()
{
    QFETCH(qint64, agoUs);
    QFETCH(qint64, lengthUs);
    QFETCH(qint64, stepUs);
    // Half a minute of requests every ten minutes.
    constexpr qint64 Length = 5 * Hour + 30 * Second + 1234;
    LatencySeries series;
    std::vector<std::pair<qint64, qint64>> all;
    quint32 state = 1;
    for (qint64 at = 0; at < Length; at += 37'123) {
        if (at % (600 * Second) > 40 * Second)
            at = (at / (600 * Second) + 1) * 600 * Second;
        state = state * 1664525 + 1013904223;
        const qint64 us = 2000 + at / 100'000 + state % 50'000; // Slower with time.
        series.record(at, us, us * 2);
        all.emplace_back(at, us);
    }
    series.advance(Length);
    const LatencyRange range = series.range(Length - agoUs, Length - agoUs + lengthUs);
    QCOMPARE(range.beginUs, (Length - agoUs) / stepUs * stepUs);
    QVERIFY(range.endUs >= Length - agoUs + lengthUs);
    QVERIFY(range.endUs < Length - agoUs + lengthUs + stepUs);
    std::vector<qint64> values;
    for (const auto &[at, us] : all) {
        if (at >= range.beginUs && at < range.endUs)
            values.push_back(us);
    }
    QCOMPARE(range.onWire.count(), quint64(values.size()));
    for (const double percent : {50.0, 95.0, 99.0}) {
        QVERIFY(isClose(range.onWire.percentileUs(percent), exact(values, percent)));
        QVERIFY(isClose(range.total.percentileUs(percent), 2 * exact(values, percent)));
    }
    QVERIFY(series.bytes() <= LatencySeries::maxBytes());
}

void TestLatencySeries::dayIsBounded()
{
    LatencySeries series;
    for (qint64 minute = 0; minute < 26 * Hour; minute += 60 * Second) {
        for (qint64 i = 0; i < 30; ++i)
            series.record(minute + i * 1000, 5000, 5000);
    }
    series.advance(26 * Hour);
    const LiveLatency day = series.window({.spanUs = 24 * Hour}, 26 * Hour);
    QCOMPARE(day.stepUs, 60 * Second);
    QVERIFY(day.points.size() >= 1439);
    QVERIFY(day.points.size() <= 1500);
    // Ten minutes of yesterday are still there, more coarsely than the last ten.
    const LiveLatency old = series.window({.spanUs = 600 * Second, .endUs = 3 * Hour}, 26 * Hour);
    QCOMPARE(old.stepUs, 60 * Second);
    QVERIFY(old.points.size() >= 10);
    QCOMPARE(series.window({.spanUs = 600 * Second}, 26 * Hour).stepUs, Second);
}

QTEST_GUILESS_MAIN(TestLatencySeries)
#include "tst_latencyseries.moc"

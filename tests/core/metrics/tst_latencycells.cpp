// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the heatmap of latencies is painted from: the buckets, and the counts of each step of time.
#include "core/metrics/latencyseries.h"
#include "tests/support/livesimulation.h"

#include <QTest>

#include <map>
#include <random>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

quint64 countOf(const LatencyCells &cells)
{
    quint64 count = 0;
    for (const LatencyCount &cell : cells)
        count += cell.count;
    return count;
}

quint64 countOf(const LatencyHeatmap &map)
{
    quint64 count = 0;
    for (const LatencyColumn &column : map.columns)
        count += countOf(column.onWire);
    return count;
}

} // namespace

class TestLatencyCells final : public QObject
{
    Q_OBJECT

private slots:
    void bucketsAreTwelveADecade_data();
    void bucketsAreTwelveADecade();
    void bucketsLeaveNoGap();
    void secondsHoldTheirOwnRequests();
    void everyWidthCountsEveryRequest_data();
    void everyWidthCountsEveryRequest();
    void snapshotsCarryItWhenAskedFor();
    void trustOfPercentiles_data();
    void trustOfPercentiles();
};

void TestLatencyCells::bucketsAreTwelveADecade_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<qint64>("lowUs");
    QTest::addColumn<qint64>("highUs");

    QTest::newRow("nothing") << qint64(0) << qint64(0) << qint64(10);
    QTest::newRow("below zero") << qint64(-5) << qint64(0) << qint64(10);
    QTest::newRow("first of a decade") << qint64(10) << qint64(10) << qint64(12);
    QTest::newRow("36 ms") << qint64(36'000) << qint64(33'000) << qint64(39'000);
    QTest::newRow("just below") << qint64(38'999) << qint64(33'000) << qint64(39'000);
    QTest::newRow("at the bound") << qint64(39'000) << qint64(39'000) << qint64(47'000);
    QTest::newRow("ten minutes") << 600 * Second << 560 * Second << 680 * Second;
    QTest::newRow("beyond all") << 5000 * Second << 820 * Second << 1000 * Second;
}

void TestLatencyCells::bucketsAreTwelveADecade()
{
    QFETCH(qint64, us);
    const int bucket = LatencyBuckets::of(us);
    QTEST(LatencyBuckets::lowUs(bucket), "lowUs");
    QTEST(LatencyBuckets::highUs(bucket), "highUs");
}

void TestLatencyCells::bucketsLeaveNoGap()
{
    for (int bucket = 1; bucket < LatencyBuckets::Count; ++bucket) {
        QCOMPARE(LatencyBuckets::lowUs(bucket), LatencyBuckets::highUs(bucket - 1));
        QVERIFY(LatencyBuckets::highUs(bucket) > LatencyBuckets::lowUs(bucket));
        QCOMPARE(LatencyBuckets::of(LatencyBuckets::lowUs(bucket)), bucket);
    }
}

/** Not rolling, as the percentiles are: a second tells what ended in it, the open one, too. */
void TestLatencyCells::secondsHoldTheirOwnRequests()
{
    LatencySeries series;
    std::mt19937_64 random(5);
    std::lognormal_distribution<double> draw(10, 1);
    std::map<qint64, std::map<int, quint32>> onWire;
    std::map<qint64, std::map<int, quint32>> total;
    for (qint64 at = 100 * Second; at < 140 * Second + Second / 2; at += 7000) {
        // The values that the histograms keep exactly to their digits.
        const qint64 us = LatencyBuckets::lowUs(LatencyBuckets::of(qint64(draw(random)))) * 21 / 20;
        series.record(at, us, 2 * us);
        ++onWire[at / Second * Second][LatencyBuckets::of(us)];
        ++total[at / Second * Second][LatencyBuckets::of(2 * us)];
    }
    const qint64 now = 140 * Second + Second / 2;
    const LatencyHeatmap map = series.heatmap({.spanUs = 60 * Second}, now);
    QCOMPARE(map.stepUs, Second);
    QCOMPARE(map.columns.size(), 41u);
    for (const LatencyColumn &column : map.columns) {
        std::map<int, quint32> found;
        for (const LatencyCount &cell : column.onWire)
            found[cell.bucket] = cell.count;
        QCOMPARE(found, onWire[column.beginUs]);
        found.clear();
        for (const LatencyCount &cell : column.total)
            found[cell.bucket] = cell.count;
        QCOMPARE(found, total[column.beginUs]);
    }
    const LatencyHeatmap past = series.heatmap({.spanUs = 10 * Second, .endUs = 120 * Second}, now);
    QCOMPARE(past.columns.front().beginUs, 109 * Second);
    QCOMPARE(past.columns.back().beginUs, 119 * Second);
}

void TestLatencyCells::everyWidthCountsEveryRequest_data()
{
    QTest::addColumn<qint64>("spanUs");
    QTest::addColumn<qint64>("stepUs");

    QTest::newRow("10 min") << 600 * Second << Second;
    QTest::newRow("1 h") << 3600 * Second << 10 * Second;
    QTest::newRow("6 h") << 21600 * Second << 60 * Second;
    QTest::newRow("1 day") << 86400 * Second << 60 * Second;
}

void TestLatencyCells::everyWidthCountsEveryRequest()
{
    QFETCH(qint64, spanUs);
    LatencySeries series;
    std::mt19937_64 random(5);
    std::lognormal_distribution<double> draw(10, 1);
    const qint64 begin = 200'000 * Second;
    const qint64 end = begin + 595 * Second + 300'000;
    quint64 count = 0;
    for (qint64 at = begin; at < end; at += 90'000, ++count)
        series.record(at, qint64(draw(random)), qint64(draw(random)));
    const LatencyHeatmap map = series.heatmap({.spanUs = spanUs}, end);
    QTEST(map.stepUs, "stepUs");
    QCOMPARE(countOf(map), count);
    for (std::size_t i = 0; i < map.columns.size(); ++i) {
        QCOMPARE(map.columns[i].beginUs % map.stepUs, qint64(0));
        QVERIFY(i == 0 || map.columns[i].beginUs > map.columns[i - 1].beginUs);
        QCOMPARE(countOf(map.columns[i].total), countOf(map.columns[i].onWire));
    }
    QVERIFY(map.bytes() <= LatencySeries::maxHeatmapBytes());
}

void TestLatencyCells::snapshotsCarryItWhenAskedFor()
{
    LiveSimulation simulation({.total = 8});
    simulation.addServer({.endpoint = u"https://a.example:443"_s, .serviceUs = 40'000});
    simulation.enqueue(0, 400);
    simulation.run(5 * Second);
    QVERIFY(!simulation.snapshot()->heatmap);
    simulation.metrics().setView({.wantsHeatmap = true});
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QVERIFY(snapshot->heatmap);
    QCOMPARE(countOf(*snapshot->heatmap), quint64(400));
    QCOMPARE(snapshot->heatmap->stepUs, snapshot->latency.stepUs);
    simulation.run(100'000); // Not worked out for every picture.
    QCOMPARE(simulation.snapshot()->heatmap, snapshot->heatmap);
    simulation.run(Second);
    QVERIFY(simulation.snapshot()->heatmap != snapshot->heatmap);
    simulation.metrics().setView({});
    QVERIFY(!simulation.snapshot()->heatmap);
}

void TestLatencyCells::trustOfPercentiles_data()
{
    QTest::addColumn<double>("percent");
    QTest::addColumn<quint64>("count");
    QTest::addColumn<PercentileTrust>("expected");

    QTest::newRow("p50 of 19") << 50.0 << quint64(19) << PercentileTrust::None;
    QTest::newRow("p50 of 20") << 50.0 << quint64(20) << PercentileTrust::Full;
    QTest::newRow("p95 of 20") << 95.0 << quint64(20) << PercentileTrust::Full;
    QTest::newRow("p99 of 19") << 99.0 << quint64(19) << PercentileTrust::None;
    QTest::newRow("p99 of 20") << 99.0 << quint64(20) << PercentileTrust::Weak;
    QTest::newRow("p99 of 99") << 99.0 << quint64(99) << PercentileTrust::Weak;
    QTest::newRow("p99 of 100") << 99.0 << quint64(100) << PercentileTrust::Full;
}

void TestLatencyCells::trustOfPercentiles()
{
    QFETCH(double, percent);
    QFETCH(quint64, count);
    QTEST(percentileTrust(percent, count), "expected");
    LogHistogram histogram;
    for (quint64 i = 0; i < count; ++i)
        histogram.record(1000);
    QCOMPARE(histogram.knownPercentileUs(percent) < 0,
             percentileTrust(percent, count) == PercentileTrust::None);
}

QTEST_GUILESS_MAIN(TestLatencyCells)
#include "tst_latencycells.moc"

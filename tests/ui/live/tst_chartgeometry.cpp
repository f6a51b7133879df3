// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/gaugeseries.h"
#include "ui/live/chartcolumns.h"
#include "ui/live/chartgeometry.h"
#include "ui/live/limitdrag.h"
#include "ui/live/livetext.h"

#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

ChartGeometry minute()
{
    return {.plot = QRectF(40, 10, 600, 200),
            .endUs = 100 * Second,
            .spanUs = 60 * Second,
            .top = 40,
            .nowUs = 100 * Second};
}

QStringList labels(const std::vector<AxisTick> &ticks)
{
    QStringList labels;
    for (const AxisTick &tick : ticks)
        labels << tick.label;
    return labels;
}

} // namespace

class TestChartGeometry final : public QObject
{
    Q_OBJECT

private slots:
    void mapsTime_data();
    void mapsTime();
    void mapsValues_data();
    void mapsValues();
    void columnsStandForTheSameTimeWhileScrolling();
    void ticks();
    void ladder_data();
    void ladder();
    void niceTops_data();
    void niceTops();
    void columnsKeepExtremes();
    void columnsWeighMeans();
    void dragMoves();
    void texts_data();
    void texts();
};

void TestChartGeometry::mapsTime_data()
{
    QTest::addColumn<qint64>("atUs");
    QTest::addColumn<double>("x");

    QTest::newRow("begin") << 40 * Second << 40.0;
    QTest::newRow("middle") << 70 * Second << 340.0;
    QTest::newRow("now") << 100 * Second << 640.0;
    QTest::newRow("before") << 30 * Second << -60.0;
}

void TestChartGeometry::mapsTime()
{
    QFETCH(qint64, atUs);
    QFETCH(double, x);
    QCOMPARE(minute().mapTimeToX(atUs), x);
    QCOMPARE(minute().mapXToTime(x), atUs);
}

void TestChartGeometry::mapsValues_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("y");

    QTest::newRow("0") << 0.0 << 210.0;
    QTest::newRow("half") << 20.0 << 110.0;
    QTest::newRow("top") << 40.0 << 10.0;
    QTest::newRow("above the plot") << 42.0 << 0.0;
}

void TestChartGeometry::mapsValues()
{
    QFETCH(double, value);
    QFETCH(double, y);
    QCOMPARE(minute().mapValueToY(value), y);
    QCOMPARE(minute().mapYToValue(y), value);
}

void TestChartGeometry::columnsStandForTheSameTimeWhileScrolling()
{
    ChartGeometry geometry = minute();
    const qint64 moment = 77'777'777;
    std::optional<qint64> begin;
    for (qint64 now = 100 * Second; now < 101 * Second; now += 33'333) {
        geometry.endUs = ChartGeometry::snappedEnd(now, geometry.spanUs, geometry.columnCount());
        QVERIFY(geometry.endUs >= now);
        QVERIFY(geometry.endUs < now + qint64(geometry.columnUs()) + 1);
        const qint64 column = geometry.columnAt(moment);
        const auto columnBegin =
            qint64(std::llround(double(geometry.beginUs()) + double(column) * geometry.columnUs()));
        if (!begin)
            begin = columnBegin;
        QCOMPARE(columnBegin, *begin);
    }
}

void TestChartGeometry::ticks()
{
    QCOMPARE(labels(minute().valueTicks()),
             (QStringList{u"0"_s, u"10"_s, u"20"_s, u"30"_s, u"40"_s}));
    QCOMPARE(labels(minute().timeTicks()),
             (QStringList{u"\u221260 s"_s, u"\u221245 s"_s, u"\u221230 s"_s, u"\u221215 s"_s,
                          u"now"_s}));
    ChartGeometry day = minute();
    day.spanUs = 86'400 * Second;
    QCOMPARE(labels(day.timeTicks()).first(), u"\u221224 h"_s);
}

void TestChartGeometry::ladder_data()
{
    QTest::addColumn<int>("value");
    QTest::addColumn<int>("up");
    QTest::addColumn<int>("down");

    QTest::newRow("1") << 1 << 2 << 1;
    QTest::newRow("2") << 2 << 3 << 1;
    QTest::newRow("4") << 4 << 6 << 3;
    QTest::newRow("5") << 5 << 6 << 4;
    QTest::newRow("24") << 24 << 32 << 16;
    QTest::newRow("100") << 100 << 128 << 96;
}

void TestChartGeometry::ladder()
{
    QFETCH(int, value);
    QTEST(ladderStep(value, 1), "up");
    QTEST(ladderStep(value, -1), "down");
}

void TestChartGeometry::niceTops_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("top");

    QTest::newRow("0") << 0.0 << 4.0;
    QTest::newRow("18.4") << 18.4 << 20.0;
    QTest::newRow("27.6") << 27.6 << 30.0;
    QTest::newRow("72") << 72.0 << 80.0;
    QTest::newRow("115") << 115.0 << 120.0;
    QTest::newRow("9999") << 9999.0 << 10000.0;
}

void TestChartGeometry::niceTops()
{
    QFETCH(double, value);
    QTEST(niceTop(value), "top");
}

void TestChartGeometry::columnsKeepExtremes()
{
    GaugeSeries series;
    const qint64 start = 40 * Second;
    series.set(start, {4, 0, 0, 0, 0});
    series.set(start + 31'417'000, {4, 36, 0, 0, 0}); // Five milliseconds of a queue.
    series.set(start + 31'422'000, {4, 0, 0, 0, 0});
    series.advance(100 * Second);
    const ChartGeometry geometry = minute();
    std::vector<ChartColumn> columns;
    fillColumns(series.window({.columns = geometry.columnCount()}, 100 * Second), geometry,
                100 * Second, columns);
    QCOMPARE(int(columns.size()), 600);
    const auto index = std::size_t(geometry.columnAt(start + 31'417'000));
    QCOMPARE(columns[index].allMax, 40);
    QCOMPARE(columns[index].min[0], 4);
    int seen = 0;
    for (const ChartColumn &column : columns) {
        QVERIFY(column.isKnown());
        seen += column.allMax > 4;
    }
    QVERIFY(seen <= 2); // Where a bucket straddles two columns it is shown in both.
}

void TestChartGeometry::columnsWeighMeans()
{
    LiveSeries series;
    series.bucketUs = 50'000;
    series.beginUs = 90 * Second;
    LiveBucket low;
    low.gauges[0] = {10, 10, 10.0f};
    LiveBucket high;
    high.gauges[0] = {20, 20, 20.0f};
    series.buckets = {low, high};
    std::vector<ChartColumn> columns;
    const ChartGeometry geometry = minute();
    fillColumns(series, geometry, 100 * Second, columns);
    const ChartColumn &column = columns[std::size_t(geometry.columnAt(90 * Second))];
    QCOMPARE(column.mean[0], 15.0f);
    QCOMPARE(column.min[0], 10);
    QCOMPARE(column.max[0], 20);
    QVERIFY(!columns[0].isKnown());
}

void TestChartGeometry::dragMoves()
{
    LimitDrag drag;
    drag.setValue(16);
    drag.moveTo(23.6, false);
    QCOMPARE(drag.ghost(), 24);
    QCOMPARE(drag.value(), 16);
    drag.moveTo(23.6, true);
    QCOMPARE(drag.ghost(), 25);
    drag.moveTo(-3, false);
    QCOMPARE(drag.ghost(), 1); // 0 would mean unlimited.
    drag.cancel();
    QCOMPARE(drag.ghost(), 16);
    QVERIFY(!drag.apply());
    drag.step(1);
    drag.step(1);
    QCOMPARE(drag.apply(), std::optional(18));
    drag.moveTo(16, false);
    QVERIFY(!drag.apply()); // Back where it was.
    drag.setValue(0);
    drag.setUnlimitedStart(40);
    drag.step(-1);
    QCOMPARE(drag.apply(), std::optional(39));
}

void TestChartGeometry::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("µs") << shownDuration(850) << u"850 µs"_s;
    QTest::newRow("small ms") << shownDuration(1240) << u"1.2 ms"_s;
    QTest::newRow("ms") << shownDuration(39'400) << u"39 ms"_s;
    QTest::newRow("s") << shownDuration(2'000'000) << u"2 s"_s;
    QTest::newRow("min") << shownDuration(185'000'000) << u"3 min 5 s"_s;
    QTest::newRow("unknown") << shownDuration(-1) << u"\u2013"_s;
    QTest::newRow("count") << countText(9800) << u"9,800"_s;
    QTest::newRow("many") << countText(1'234'567) << u"1.2 M"_s;
    QTest::newRow("rate") << rateText(412.4) << u"412/s"_s;
    QTest::newRow("slow rate") << rateText(0.52) << u"0.5/s"_s;
    QTest::newRow("share") << percentText(0.9963) << u"99.6 %"_s;
    QTest::newRow("usual port") << endpointLabel(u"https://a.example:443"_s) << u"a.example"_s;
    QTest::newRow("own port") << endpointLabel(u"http://a.example:8080"_s) << u"a.example:8080"_s;
    QTest::newRow("IPv6") << endpointLabel(u"http://[::1]:80"_s) << u"[::1]"_s;
}

void TestChartGeometry::texts()
{
    QFETCH(QString, text);
    QTEST(text, "expected");
}

QTEST_GUILESS_MAIN(TestChartGeometry)
#include "tst_chartgeometry.moc"

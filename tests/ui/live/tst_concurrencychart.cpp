// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/drainforecast.h"
#include "ui/live/limithandle.h"
#include "ui/live/livemarks.h"
#include "ui/live/livepalette.h"
#include "ui/theme/theme.h"

#include <QTest>

#include <cmath>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

} // namespace

/** What the chart of what is in flight and waits shows. */
class TestConcurrencyChart final : public QObject
{
    Q_OBJECT

private slots:
    void burstIsSeenAtEveryZoom_data();
    void burstIsSeenAtEveryZoom();
    void marksTellWhatChanged_data();
    void marksTellWhatChanged();
    void drainIsForecast_data();
    void drainIsForecast();
    void drainingIsSaid();
    void socketsAreAThinLine();
    void adaptiveLimitIsALineOfSteps();
};

void TestConcurrencyChart::burstIsSeenAtEveryZoom_data()
{
    QTest::addColumn<qint64>("spanUs");

    for (const qint64 spanUs : TimePanel::spans())
        QTest::newRow(qPrintable(QString::number(spanUs / Second) + u" s"_s)) << spanUs;
}

/** Through the queue, the collector and the chart, down to the pixels: 40 at once, for 5 ms. */
void TestConcurrencyChart::burstIsSeenAtEveryZoom()
{
    QFETCH(qint64, spanUs);
    LiveSimulation simulation(totalLimit(50));
    simulation.addServer({.endpoint = u"https://a.example:443"_s, .serviceUs = 5000, .jitter = 0});
    simulation.enqueue(0, 1); // The beginning of what is known.
    simulation.run(spanUs / 2);
    const qint64 burstUs = simulation.clock().nowUs();
    simulation.enqueue(0, 40);
    simulation.run(spanUs / 3);
    simulation.metrics().setView({.spanUs = spanUs});
    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.resize(900, 300);
    chart.setLimits(totalLimit(50));
    chart.setSnapshot(simulation.snapshot());
    const QImage picture = chart.grab().toImage();
    const ChartGeometry &geometry = chart.chartGeometry();
    const int y = int(geometry.mapValueToY(20));
    const QColor paper = picture.pixelColor(int(geometry.plot.right()) - 3, y); // Or the grid.
    int columns = 0;
    for (int x = int(geometry.plot.left()); x < int(geometry.plot.right()); ++x) {
        const bool isBurst = picture.pixelColor(x, y) != paper;
        columns += isBurst;
        // A kept bucket may be wider than a pixel, but never by much.
        if (isBurst)
            QVERIFY(std::abs(x - geometry.mapTimeToX(burstUs)) < 8);
    }
    QVERIFY(columns >= 1);
}

void TestConcurrencyChart::marksTellWhatChanged_data()
{
    QTest::addColumn<Limits>("before");
    QTest::addColumn<Limits>("after");
    QTest::addColumn<QString>("text");

    const auto limits = [](int all, int host, std::vector<HostLimit> hosts = {}) {
        Limits made = totalLimit(all);
        made.perHost = host;
        made.hosts = std::move(hosts);
        return made;
    };
    const QString api = u"api.example"_s;
    QTest::newRow("total") << limits(16, 0) << limits(24, 0) << u"16 \u2192 24"_s;
    QTest::newRow("every host") << limits(16, 8) << limits(16, 3) << u"host 8 \u2192 3"_s;
    QTest::newRow("one host") << limits(16, 8, {{api, 8}}) << limits(16, 8, {{api, 3}})
                              << u"api.example 8 \u2192 3"_s;
    QTest::newRow("a host of its own")
        << limits(16, 8) << limits(16, 8, {{api, 3}}) << u"api.example 8 \u2192 3"_s;
    QTest::newRow("no longer its own")
        << limits(16, 8, {{api, 3}}) << limits(16, 8) << u"api.example 3 \u2192 8"_s;
    QTest::newRow("with a port") << limits(16, 0) << limits(16, 0, {{u"127.0.0.1:8080"_s, 4}})
                                 << u"127.0.0.1:8080 \u221E \u2192 4"_s;
    QTest::newRow("two at once") << limits(16, 8) << limits(8, 4)
                                 << u"16 \u2192 8, host 8 \u2192 4"_s;
}

void TestConcurrencyChart::marksTellWhatChanged()
{
    QFETCH(Limits, before);
    QFETCH(Limits, after);
    LiveSimulation simulation(before);
    simulation.addServer({.endpoint = u"https://api.example:443"_s});
    simulation.enqueue(0, 10);
    simulation.run(2 * Second);
    simulation.setLimits(after);
    simulation.enqueue(0, 10);
    simulation.run(Second);
    const std::vector<ChartMark> marks = chartMarks(*simulation.snapshot());
    QCOMPARE(marks.size(), 1u);
    QTEST(marks[0].text, "text");
}

void TestConcurrencyChart::drainIsForecast_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<double>("arrivals");

    QTest::newRow("twice the limit") << 16 << 0.0;
    QTest::newRow("four times") << 32 << 0.0;
    QTest::newRow("requests still come") << 16 << 150.0;
}

/** What is forecast is what happens, where the server does not slow down. */
void TestConcurrencyChart::drainIsForecast()
{
    QFETCH(int, limit);
    QFETCH(double, arrivals);
    LiveSimulation simulation(totalLimit(8));
    simulation.addServer({.endpoint = u"https://a.example:443"_s,
                          .serviceUs = 40'000,
                          .jitter = 0.2,
                          .arrivalsPerSecond = arrivals});
    simulation.enqueue(0, 2000);
    simulation.run(3 * Second);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const DrainForecast forecast = forecastTotal(*snapshot, limit);
    QVERIFY(forecast.text().startsWith(u"queue drains in ~"_s));
    simulation.setLimits(totalLimit(limit));
    const qint64 begin = simulation.clock().nowUs();
    while (simulation.queue().queued() > 0)
        simulation.run(20'000);
    const double took = double(simulation.clock().nowUs() - begin) / 1e6;
    QVERIFY2(std::abs(forecast.queueSeconds / took - 1) < 0.15,
             qPrintable(u"%1 s, forecast %2 s"_s.arg(took).arg(forecast.queueSeconds)));
    QCOMPARE(forecastTotal(*snapshot, 0).text(), QString()); // Unlimited: there is no queue.
}

void TestConcurrencyChart::drainingIsSaid()
{
    LiveSimulation simulation(totalLimit(12));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = Second, .jitter = 0.5});
    simulation.enqueue(0, 200);
    simulation.run(5 * Second);
    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.resize(900, 240);
    chart.setLimits(totalLimit(12));
    chart.setSnapshot(simulation.snapshot());
    chart.totalHandle()->dragTo(chart.chartGeometry().mapValueToY(7), false);
    const QString forecast = chart.remarks().join(u'\n');
    QVERIFY2(forecast.contains(u"drains 5 over the limit in ~"_s), qPrintable(forecast));
    chart.totalHandle()->endDrag();
    simulation.setLimits(totalLimit(7));
    chart.setSnapshot(simulation.snapshot());
    QVERIFY(chart.remarks().contains(u"draining 5 over limit"_s));
    simulation.run(2 * Second);
    chart.setSnapshot(simulation.snapshot());
    QVERIFY(!chart.remarks().join(u'\n').contains(u"draining"_s));
}

void TestConcurrencyChart::socketsAreAThinLine()
{
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 70 * Second;
    snapshot->startedUs = Second;
    snapshot->series.bucketUs = Second;
    snapshot->series.beginUs = 10 * Second;
    snapshot->series.buckets.resize(60);
    for (LiveBucket &bucket : snapshot->series.buckets) {
        bucket.all.max = bucket.gauges[0].max = bucket.gauges[0].min = 2;
        bucket.gauges[0].mean = bucket.all.mean = 2;
        bucket.sockets = {6, 6, 6};
    }
    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.resize(900, 300);
    chart.setLimits(totalLimit(10));
    chart.setSnapshot(snapshot);
    const QImage picture = chart.grab().toImage();
    const ChartGeometry &geometry = chart.chartGeometry();
    const int x = int(geometry.plot.center().x());
    const int y = int(std::round(geometry.mapValueToY(6)));
    const QColor line = Theme::of(chart.palette()).text;
    QVERIFY(picture.pixelColor(x, y) == line || picture.pixelColor(x, y - 1) == line);
}

/** What an adaptive limit decided, at each of three times and at no other height. */
void TestConcurrencyChart::adaptiveLimitIsALineOfSteps()
{
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 70 * Second;
    snapshot->startedUs = Second;
    snapshot->series.bucketUs = Second;
    snapshot->series.beginUs = 10 * Second;
    snapshot->series.buckets.resize(60);
    snapshot->adaptive = {
        {u"https://a.example:443"_s, {{10 * Second, 4}, {30 * Second, 9}, {50 * Second, 6}}}};
    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.resize(900, 300);
    chart.setLimits(totalLimit(12));
    chart.setSnapshot(snapshot);
    const QImage picture = chart.grab().toImage();
    const ChartGeometry &geometry = chart.chartGeometry();
    const QColor line = LivePalette::of(Theme::of(chart.palette())).hostLimit;
    for (const LimitStep &step : snapshot->adaptive.front().steps) {
        const int x = int(geometry.mapTimeToX(step.atUs + 10 * Second));
        for (const LimitStep &other : snapshot->adaptive.front().steps) {
            const int y = int(std::round(geometry.mapValueToY(other.limit)));
            const bool isDrawn =
                picture.pixelColor(x, y) == line || picture.pixelColor(x, y - 1) == line;
            QCOMPARE(isDrawn, other.limit == step.limit);
        }
    }
}

QTEST_MAIN(TestConcurrencyChart)
#include "tst_concurrencychart.moc"

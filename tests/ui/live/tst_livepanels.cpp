// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "ui/live/chartexport.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/drainforecast.h"
#include "ui/live/epochmodel.h"
#include "ui/live/epochtable.h"
#include "ui/live/hostheatmap.h"
#include "ui/live/lagmeter.h"
#include "ui/live/latencychart.h"
#include "ui/live/limithandle.h"
#include "ui/live/livemarks.h"
#include "ui/live/livepalette.h"
#include "ui/live/rangebar.h"
#include "ui/live/rangeexport.h"
#include "ui/live/throughputchart.h"
#include "ui/live/waterfall.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

Limits total(int limit)
{
    Limits limits;
    limits.total = limit;
    return limits;
}

void wheel(QWidget &widget, Qt::KeyboardModifiers modifiers, int delta)
{
    const QPointF at = QRectF(widget.rect()).center();
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

class TestLivePanels final : public QObject
{
    Q_OBJECT

private slots:
    void barsCountRepliesOfWholeSteps();
    void logRanges_data();
    void logRanges();
    void panelsShareTimeAndCrosshair();
    void wheelZoomsAndScrolls();
    void plainWheelIsLeftToOthers();
    void draggingThePlotScrollsBack();
    void keysScrollZoomAndGoOn();
    void epochsAreCompared();
    void exportsNumbersAndPictures();
    void everyPanelExportsWhatItShows();
    void burstIsSeenAtEveryZoom_data();
    void burstIsSeenAtEveryZoom();
    void rangeIsMarkedByMouseAndKeys();
    void rangeIsExported();
    void marksTellWhatChanged_data();
    void marksTellWhatChanged();
    void twoEpochsAreComparedInALine();
    void drainIsForecast_data();
    void drainIsForecast();
    void drainingIsSaid();
    void socketsAreAThinLine();
    void adaptiveLimitIsALineOfSteps();
    void lagIsToldWhenItMatters();
};

void TestLivePanels::barsCountRepliesOfWholeSteps()
{
    LiveSimulation simulation(total(20));
    simulation.addServer({.endpoint = u"https://a.example:443"_s,
                          .serviceUs = 10'000,
                          .arrivalsPerSecond = 200,
                          .errorShare = 0.25});
    simulation.run(10 * Second);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const auto bars = throughputBars(snapshot->series, Second, snapshot->atUs);
    double done = 0;
    double limited = 0;
    for (const ThroughputBar &bar : bars) {
        QCOMPARE(bar.beginUs % Second, qint64(0));
        done += bar.sum();
        limited += bar.perSecond[std::size_t(ReplyClass::Limited)];
        QCOMPARE(bar.failed(), bar.perSecond[std::size_t(ReplyClass::Limited)]);
    }
    QVERIFY(std::abs(done - double(snapshot->done)) < 1);
    QVERIFY(std::abs(limited - double(snapshot->limited)) < 1);
}

void TestLivePanels::logRanges_data()
{
    QTest::addColumn<double>("lowest");
    QTest::addColumn<double>("highest");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");

    QTest::newRow("ms") << 38'000.0 << 190'000.0 << 20'000.0 << 200'000.0;
    QTest::newRow("one value") << 40'000.0 << 40'000.0 << 20'000.0 << 100'000.0;
    QTest::newRow("wide") << 900.0 << 4e6 << 500.0 << 5e6;
}

void TestLivePanels::logRanges()
{
    QFETCH(double, lowest);
    QFETCH(double, highest);
    const LogRange range = LogRange::around(lowest, highest);
    QTEST(range.low, "low");
    QTEST(range.high, "high");
    QCOMPARE(range.fraction(range.low), 0.0);
    QCOMPARE(range.fraction(range.high), 1.0);
    QCOMPARE(range.fraction(std::sqrt(range.low * range.high)), 0.5);
    QVERIFY(range.ticks().size() >= 3);
    QCOMPARE(range.ticks().front(), range.low);
}

void TestLivePanels::panelsShareTimeAndCrosshair()
{
    LiveCrosshair crosshair;
    ConcurrencyChart concurrency(&crosshair);
    ThroughputChart throughput(&crosshair);
    LatencyChart latency(&crosshair);
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    for (TimePanel *panel :
         {static_cast<TimePanel *>(&concurrency), static_cast<TimePanel *>(&throughput),
          static_cast<TimePanel *>(&latency)}) {
        panel->resize(900, 200);
        panel->setSnapshot(simulation.snapshot());
        QVERIFY(!panel->summary().isEmpty());
        QVERIFY(!panel->grab().isNull());
    }
    const qint64 at = simulation.clock().nowUs() - 20 * Second;
    QCOMPARE(throughput.chartGeometry().mapTimeToX(at), concurrency.chartGeometry().mapTimeToX(at));
    QCOMPARE(latency.chartGeometry().mapTimeToX(at), concurrency.chartGeometry().mapTimeToX(at));
    QSignalSpy moved(&crosshair, &LiveCrosshair::moved);
    latency.setFocus();
    QTest::keyClick(&latency, Qt::Key_Left);
    QTest::keyClick(&throughput, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(moved.count(), 2);
    QVERIFY(crosshair.x().has_value());
    QTest::keyClick(&concurrency, Qt::Key_Escape);
    QVERIFY(!crosshair.x().has_value());
}

void TestLivePanels::wheelZoomsAndScrolls()
{
    LiveCrosshair crosshair;
    ThroughputChart panel(&crosshair);
    panel.resize(900, 200);
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    panel.setSnapshot(simulation.snapshot());
    QSignalSpy views(&panel, &TimePanel::viewRequested);
    wheel(panel, Qt::ControlModifier, 120);
    QCOMPARE(views.takeFirst().first().value<LiveView>().spanUs, 30 * Second);
    wheel(panel, Qt::ControlModifier, -120);
    QCOMPARE(views.takeFirst().first().value<LiveView>().spanUs, 300 * Second);
    wheel(panel, Qt::ShiftModifier, 120);
    const auto back = views.takeFirst().first().value<LiveView>();
    QVERIFY(back.endUs > 0);
    QVERIFY(back.endUs < simulation.clock().nowUs());
    // The collector answers with that part of time.
    simulation.metrics().setView(back);
    simulation.run(20 * Second);
    panel.setSnapshot(simulation.snapshot());
    QVERIFY(panel.chartGeometry().endUs - back.endUs <= qint64(panel.chartGeometry().columnUs()));
}

void TestLivePanels::plainWheelIsLeftToOthers()
{
    LiveCrosshair crosshair;
    ThroughputChart panel(&crosshair);
    panel.resize(900, 200);
    QSignalSpy views(&panel, &TimePanel::viewRequested);
    wheel(panel, Qt::NoModifier, 120);
    QVERIFY(views.isEmpty());
}

void TestLivePanels::draggingThePlotScrollsBack()
{
    LiveCrosshair crosshair;
    ThroughputChart panel(&crosshair);
    panel.resize(900, 200);
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    panel.setSnapshot(simulation.snapshot());
    QSignalSpy views(&panel, &TimePanel::viewRequested);
    const QPoint from = panel.chartGeometry().plot.center().toPoint();
    QTest::mousePress(&panel, Qt::LeftButton, {}, from);
    QTest::mouseMove(&panel, from + QPoint(2, 0)); // Not yet a drag.
    QVERIFY(views.isEmpty());
    QTest::mouseMove(&panel, from + QPoint(100, 0));
    QTest::mouseRelease(&panel, Qt::LeftButton, {}, from + QPoint(100, 0));
    QCOMPARE(views.count(), 1);
    const auto view = views.takeFirst().first().value<LiveView>();
    const double movedUs = 100 * double(60 * Second) / panel.chartGeometry().plot.width();
    QVERIFY(std::abs(double(panel.chartGeometry().endUs - view.endUs) - movedUs) < 1000);
}

void TestLivePanels::keysScrollZoomAndGoOn()
{
    LiveCrosshair crosshair;
    ThroughputChart panel(&crosshair);
    panel.resize(900, 200);
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    panel.setSnapshot(simulation.snapshot());
    QSignalSpy views(&panel, &TimePanel::viewRequested);
    const auto last = [&views] { return views.takeLast().first().value<LiveView>(); };
    QTest::keyClick(&panel, Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(last().spanUs, 300 * Second);
    QTest::keyClick(&panel, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(last().spanUs, 30 * Second);
    QTest::keyClick(&panel, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(last(), LiveView{});
    QTest::keyClick(&panel, Qt::Key_PageUp);
    QVERIFY(last().endUs > 0);
    QTest::keyClick(&panel, Qt::Key_End);
    QCOMPARE(last().endUs, qint64(-1));
}

void TestLivePanels::epochsAreCompared()
{
    LiveSimulation simulation(total(2));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = 40'000, .jitter = 0});
    simulation.enqueue(0, 4000);
    simulation.run(10 * Second);
    simulation.setLimits(total(8));
    simulation.run(10 * Second);
    EpochModel model;
    model.setSnapshot(simulation.snapshot());
    QCOMPARE(model.rowCount(), 2);
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(0, EpochModel::LimitsColumn), u"8"_s);
    QCOMPARE(cell(0, EpochModel::RateColumn), u"200/s"_s);
    QCOMPARE(cell(1, EpochModel::LimitsColumn), u"2"_s);
    QCOMPARE(cell(1, EpochModel::RateColumn), u"50/s"_s);
    QCOMPARE(cell(1, EpochModel::TimeColumn), u"10 s"_s);
    QCOMPARE(cell(1, EpochModel::P95Column), u"40 ms"_s);
    QVERIFY(!model.index(1, EpochModel::P99Column).data(Qt::ForegroundRole).isValid());
    const QStringList csv = model.toCsv().split(u'\n');
    QCOMPARE(csv.size(), 4);
    QVERIFY(csv[1].startsWith(u"1,2,0,0,10000000,"_s));
}

void TestLivePanels::exportsNumbersAndPictures()
{
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const QStringList lines = seriesCsv(*snapshot).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), qsizetype(snapshot->series.buckets.size()) + 1);
    const auto cells = lines[0].count(u',') + 1;
    QCOMPARE(cells, qsizetype(1 + 3 * LiveGaugeCount + ReplyClassCount + 6));
    for (const QString &line : lines)
        QCOMPARE(line.count(u',') + 1, cells);

    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.resize(900, 240);
    chart.setSnapshot(snapshot);
    const QTemporaryDir folder;
    QVERIFY(savePicture(chart, folder.filePath(u"a.png"_s)));
    QCOMPARE(QImage(folder.filePath(u"a.png"_s)).size(), chart.size());
    QVERIFY(savePicture(chart, folder.filePath(u"a.svg"_s)));
    QFile svg(folder.filePath(u"a.svg"_s));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QVERIFY(svg.readAll().contains("<svg"));
    const Result<> failed = saveText(u"x"_s, folder.filePath(u"missing/a.csv"_s));
    QVERIFY(!failed);
    QVERIFY(failed.error().file.endsWith(u"a.csv"_s));
}

void TestLivePanels::everyPanelExportsWhatItShows()
{
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    LiveCrosshair crosshair;
    LatencyChart latency(&crosshair);
    HostHeatmap hosts(&crosshair);
    Waterfall requests(&crosshair);
    for (TimePanel *panel : std::initializer_list<TimePanel *>{&latency, &hosts, &requests}) {
        panel->resize(900, 240);
        panel->setSnapshot(snapshot);
    }
    const auto linesOf = [&](const TimePanel &panel) {
        return panel.csv(*snapshot).split(u'\n', Qt::SkipEmptyParts);
    };
    const QStringList steps = linesOf(latency);
    QCOMPARE(steps.size(), qsizetype(snapshot->latency.points.size()) + 1);
    QCOMPARE(steps[0], u"seconds,count,p50_us,p95_us,p99_us,p50_with_queue_us,"
                       "p95_with_queue_us,p99_with_queue_us"_s);
    const LatencyPoint &last = snapshot->latency.points.back();
    QVERIFY(last.p50Us > 0 && last.p99TotalUs >= last.p99Us);
    QVERIFY2(steps.last().endsWith(u",%1,%2,%3,%4,%5,%6"_s.arg(last.p50Us)
                                       .arg(last.p95Us)
                                       .arg(last.p99Us)
                                       .arg(last.p50TotalUs)
                                       .arg(last.p95TotalUs)
                                       .arg(last.p99TotalUs)),
             qPrintable(steps.last()));
    // The steps of the series carry them, too.
    const QStringList series = seriesCsv(*snapshot).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(std::ranges::any_of(series, [&](const QString &line) {
        return line.endsWith(
            u",%1,%2,%3"_s.arg(last.p50TotalUs).arg(last.p95TotalUs).arg(last.p99TotalUs));
    }));
    QVERIFY(linesOf(hosts)[1].contains(u"https://api.shop.example:443"_s));
    QVERIFY(linesOf(requests)[0].startsWith(u"seq,request,endpoint"_s));
    QVERIFY(linesOf(requests).size() > 1000);
}

void TestLivePanels::burstIsSeenAtEveryZoom_data()
{
    QTest::addColumn<qint64>("spanUs");

    for (const qint64 spanUs : TimePanel::spans())
        QTest::newRow(qPrintable(QString::number(spanUs / Second) + u" s"_s)) << spanUs;
}

/** Through the queue, the collector and the chart, down to the pixels: 40 at once, for 5 ms. */
void TestLivePanels::burstIsSeenAtEveryZoom()
{
    QFETCH(qint64, spanUs);
    LiveSimulation simulation(total(50));
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
    chart.setLimits(total(50));
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

void TestLivePanels::rangeIsMarkedByMouseAndKeys()
{
    LiveCrosshair crosshair;
    ConcurrencyChart panel(&crosshair);
    panel.resize(900, 200);
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    panel.setSnapshot(simulation.snapshot());
    QSignalSpy views(&panel, &TimePanel::viewRequested);
    const ChartGeometry &geometry = panel.chartGeometry();
    const QPoint from = geometry.plot.center().toPoint();
    QTest::mousePress(&panel, Qt::LeftButton, Qt::ShiftModifier, from);
    QTest::mouseMove(&panel, from + QPoint(120, 0));
    QTest::mouseRelease(&panel, Qt::LeftButton, Qt::ShiftModifier, from + QPoint(120, 0));
    QVERIFY(crosshair.range().has_value());
    QVERIFY(views.isEmpty()); // It did not scroll.
    const auto isAt = [&geometry](qint64 us, int x) {
        return std::abs(geometry.mapTimeToX(us) - x) <= 1;
    };
    QVERIFY(isAt(crosshair.range()->beginUs, from.x()));
    QVERIFY(isAt(crosshair.range()->endUs, from.x() + 120));
    QTest::keyClick(&panel, Qt::Key_Escape);
    QVERIFY(!crosshair.range().has_value());

    crosshair.setX(300);
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&panel, Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
    QVERIFY(isAt(crosshair.range()->beginUs, int(geometry.plot.left()) + 250));
    QVERIFY(isAt(crosshair.range()->endUs, int(geometry.plot.left()) + 300));
    QTest::keyClick(&panel, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(isAt(crosshair.range()->beginUs, int(geometry.plot.left()) + 251));
    QVERIFY(!panel.grab().isNull());

    QSignalSpy notes(&panel, &TimePanel::noteRequested);
    QTest::keyClick(&panel, Qt::Key_M, Qt::ControlModifier);
    QVERIFY(isAt(notes.takeFirst().first().toLongLong(), int(geometry.plot.left()) + 251));
    crosshair.setX({});
    QTest::keyClick(&panel, Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(notes.takeFirst().first().toLongLong(), qint64(-1));
}

void TestLivePanels::rangeIsExported()
{
    LiveSimulation simulation(total(16));
    simulateShop(simulation);
    const qint64 nowUs = simulation.clock().nowUs();
    simulation.metrics().setView(
        {.rangeBeginUs = nowUs - 3 * Second, .rangeEndUs = nowUs - Second});
    const LiveSnapshotPtr recent = simulation.snapshot();
    QVERIFY(recent->range.isExact);
    const QStringList requests = rangeCsv(*recent).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(requests.size(), qsizetype(recent->range.done) + 1);
    QVERIFY(requests[0].startsWith(u"seq,request,endpoint"_s));
    const QString text = rangeText(recent->range);
    QVERIFY(text.contains(u"Little's law"_s));
    QVERIFY(text.contains(u"p95"_s));
    simulation.metrics().setView(
        {.rangeBeginUs = nowUs - 50 * Second, .rangeEndUs = nowUs - 40 * Second});
    const LiveSnapshotPtr past = simulation.snapshot();
    QVERIFY(!past->range.isExact);
    const QStringList steps = rangeCsv(*past).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(steps[0].startsWith(u"seconds,"_s));
    QVERIFY(steps.size() > 200 && steps.size() < qsizetype(past->series.buckets.size()));
}

void TestLivePanels::marksTellWhatChanged_data()
{
    QTest::addColumn<Limits>("before");
    QTest::addColumn<Limits>("after");
    QTest::addColumn<QString>("text");

    const auto limits = [](int all, int host, std::vector<HostLimit> hosts = {}) {
        Limits made = total(all);
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

void TestLivePanels::marksTellWhatChanged()
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

void TestLivePanels::twoEpochsAreComparedInALine()
{
    LiveSimulation simulation(total(2));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = 40'000, .jitter = 0});
    simulation.enqueue(0, 4000);
    simulation.run(10 * Second);
    simulation.setLimits(total(8));
    simulation.run(10 * Second);
    EpochTable table;
    const QAbstractItemModelTester tester(table.view()->model());
    table.setSnapshot(simulation.snapshot());
    QVERIFY(table.comparison().contains(u"Select two"_s));
    table.view()->selectAll();
    QVERIFY2(
        table.comparison().startsWith(
            u"2 \u2192 8: done 50/s \u2192 200/s (+300 %) \u00B7 p50 40 ms \u2192 40 ms (same)"_s),
        qPrintable(table.comparison()));
    // A third set of limits comes in on top; what is selected stays.
    simulation.setLimits(total(4));
    simulation.run(2 * Second);
    table.setSnapshot(simulation.snapshot());
    QCOMPARE(table.view()->model()->rowCount(), 3);
    QVERIFY(table.comparison().startsWith(u"2 \u2192 8"_s));
    QSignalSpy ranges(&table, &EpochTable::rangeRequested);
    emit table.view()->activated(table.view()->model()->index(1, 0));
    QCOMPARE(ranges.first()[1].toLongLong() - ranges.first()[0].toLongLong(), 10 * Second);
}

void TestLivePanels::drainIsForecast_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<double>("arrivals");

    QTest::newRow("twice the limit") << 16 << 0.0;
    QTest::newRow("four times") << 32 << 0.0;
    QTest::newRow("requests still come") << 16 << 150.0;
}

/** What is forecast is what happens, where the server does not slow down. */
void TestLivePanels::drainIsForecast()
{
    QFETCH(int, limit);
    QFETCH(double, arrivals);
    LiveSimulation simulation(total(8));
    simulation.addServer({.endpoint = u"https://a.example:443"_s,
                          .serviceUs = 40'000,
                          .jitter = 0.2,
                          .arrivalsPerSecond = arrivals});
    simulation.enqueue(0, 2000);
    simulation.run(3 * Second);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const DrainForecast forecast = forecastTotal(*snapshot, limit);
    QVERIFY(forecast.text().startsWith(u"queue drains in ~"_s));
    simulation.setLimits(total(limit));
    const qint64 begin = simulation.clock().nowUs();
    while (simulation.queue().queued() > 0)
        simulation.run(20'000);
    const double took = double(simulation.clock().nowUs() - begin) / 1e6;
    QVERIFY2(std::abs(forecast.queueSeconds / took - 1) < 0.15,
             qPrintable(u"%1 s, forecast %2 s"_s.arg(took).arg(forecast.queueSeconds)));
    QCOMPARE(forecastTotal(*snapshot, 0).text(), QString()); // Unlimited: there is no queue.
}

void TestLivePanels::drainingIsSaid()
{
    LiveSimulation simulation(total(12));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = Second, .jitter = 0.5});
    simulation.enqueue(0, 200);
    simulation.run(5 * Second);
    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.resize(900, 240);
    chart.setLimits(total(12));
    chart.setSnapshot(simulation.snapshot());
    chart.totalHandle()->dragTo(chart.chartGeometry().mapValueToY(7), false);
    const QString forecast = chart.remarks().join(u'\n');
    QVERIFY2(forecast.contains(u"drains 5 over the limit in ~"_s), qPrintable(forecast));
    chart.totalHandle()->endDrag();
    simulation.setLimits(total(7));
    chart.setSnapshot(simulation.snapshot());
    QVERIFY(chart.remarks().contains(u"draining 5 over limit"_s));
    simulation.run(2 * Second);
    chart.setSnapshot(simulation.snapshot());
    QVERIFY(!chart.remarks().join(u'\n').contains(u"draining"_s));
}

void TestLivePanels::socketsAreAThinLine()
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
    chart.setLimits(total(10));
    chart.setSnapshot(snapshot);
    const QImage picture = chart.grab().toImage();
    const ChartGeometry &geometry = chart.chartGeometry();
    const int x = int(geometry.plot.center().x());
    const int y = int(std::round(geometry.mapValueToY(6)));
    const QColor line = Theme::of(chart.palette()).text;
    QVERIFY(picture.pixelColor(x, y) == line || picture.pixelColor(x, y - 1) == line);
}

/** What an adaptive limit decided, at each of three times and at no other height. */
void TestLivePanels::adaptiveLimitIsALineOfSteps()
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
    chart.setLimits(total(12));
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

void TestLivePanels::lagIsToldWhenItMatters()
{
    LagMeter meter;
    QSignalSpy changed(&meter, &LagMeter::lagChanged);
    meter.record(10'000);
    QCOMPARE(meter.lagUs(), qint64(0));
    meter.record(120'000);
    meter.record(80'000);
    QCOMPARE(meter.lagUs(), qint64(120'000));
    for (int i = 0; i < LagMeter::CalmTicks; ++i)
        meter.record(1000);
    QCOMPARE(meter.lagUs(), qint64(0));
    QCOMPARE(changed.count(), 2);
}

QTEST_MAIN(TestLivePanels)
#include "tst_livepanels.moc"

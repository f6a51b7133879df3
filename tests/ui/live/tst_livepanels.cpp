// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "ui/live/chartexport.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/epochmodel.h"
#include "ui/live/latencychart.h"
#include "ui/live/throughputchart.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

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
    QCOMPARE(cells, qsizetype(1 + 3 * LiveGaugeCount + ReplyClassCount));
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

QTEST_MAIN(TestLivePanels)
#include "tst_livepanels.moc"

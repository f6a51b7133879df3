// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/lagmeter.h"
#include "ui/live/latencychart.h"
#include "ui/live/throughputchart.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

void wheel(QWidget &widget, Qt::KeyboardModifiers modifiers, int delta)
{
    const QPointF at = QRectF(widget.rect()).center();
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

/** What the panels of the live view share: time, crosshair, keys and wheel. */
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
    void rangeIsMarkedByMouseAndKeys();
    void lagIsToldWhenItMatters();
};

void TestLivePanels::barsCountRepliesOfWholeSteps()
{
    LiveSimulation simulation(totalLimit(20));
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
    LiveSimulation simulation(totalLimit(16));
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
    LiveSimulation simulation(totalLimit(16));
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
    LiveSimulation simulation(totalLimit(16));
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
    LiveSimulation simulation(totalLimit(16));
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

void TestLivePanels::rangeIsMarkedByMouseAndKeys()
{
    LiveCrosshair crosshair;
    ConcurrencyChart panel(&crosshair);
    panel.resize(900, 200);
    LiveSimulation simulation(totalLimit(16));
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

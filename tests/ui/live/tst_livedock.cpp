// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/livemetrics.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/hostlanes.h"
#include "ui/live/limithandle.h"
#include "ui/live/livedock.h"
#include "ui/live/livetile.h"
#include "ui/live/waterfall.h"
#include "ui/theme/mode.h"
#include "ui/widgets/announcer.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

/** The live view as a whole: what it tells, and what it is asked. */
class TestLiveDock final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void emptyOffersActions();
    void tilesTellTheSnapshot();
    void stallsAreTold();
    void remarksOfTilesAreNotCut_data();
    void remarksOfTilesAreNotCut();
    void pausedViewStandsStill();
    void zoomingWhilePausedLooksCloser();
    void allTimeGrows();
    void markedRangeHasFigures();
    void noteIsAskedFor();
    void waterfallIsShownOnDemand();
    void buttonsAskForPauseAndStop();
    void progressIsAStatusLine();
    void accessible();
    void longTextsDoNotWidenTheWindow();
};

void TestLiveDock::emptyOffersActions()
{
    LiveWindow f;
    QAction demo(u"Try the demo server"_s);
    QSignalSpy triggered(&demo, &QAction::triggered);
    f.dock->addEmptyAction(&demo);
    QPushButton *button = nullptr;
    for (QPushButton *candidate : f.dock->findChildren<QPushButton *>()) {
        if (candidate->text() == demo.text())
            button = candidate;
    }
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(triggered.count(), 1);
    f.play();
    QVERIFY(!button->isVisible());
}

void TestLiveDock::tilesTellTheSnapshot()
{
    LiveWindow f;
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 100'000'000;
    snapshot->admission.limits.total = 24;
    snapshot->admission.inFlight = 24;
    snapshot->admission.queued = 31;
    snapshot->admission.endpoints = {{.queued = 31, .oldestEnqueuedUs = 99'786'000}};
    snapshot->peakInFlight = 24;
    snapshot->donePerSecond = 412.2;
    snapshot->okPerSecond = 411;
    snapshot->p50Us = 39'100;
    snapshot->sent = 812;
    snapshot->p99Us = 80'000;
    snapshot->failedPerSecond = 1.5;
    snapshot->limitedPerSecond = 0.5;
    snapshot->peakQueued = 128;
    snapshot->startedUs = 40'000'000;
    snapshot->lastActiveUs = 100'000'000;
    snapshot->epochs = {{.peakDone = 430, .peakFailed = 3, .peakLimited = 2, .peakP95Us = 96'000}};
    snapshot->p95Us = 61'000;
    snapshot->done = 5000;
    snapshot->failed = 3;
    snapshot->limited = 2;
    snapshot->connectionsOpened = 24;
    snapshot->reusedShare = 0.9957;
    f.dock->showSnapshot(snapshot);
    const auto tile = [&f](const QString &name) {
        const auto *found = f.find<LiveTile>(name);
        return found->value() + u" | "_s + found->note();
    };
    QCOMPARE(tile(u"tileInFlight"_s), u"24 | / 24 / 24"_s);
    QCOMPARE(tile(u"tileQueued"_s), u"31 | / 128, oldest 214 ms"_s);
    QCOMPARE(tile(u"tileDone"_s), u"412 | / 430"_s);
    QCOMPARE(tile(u"tileP50"_s), u"39 ms | p99 80 ms"_s);
    QCOMPARE(tile(u"tileP95"_s), u"61 ms | / 96 ms"_s);
    QCOMPARE(tile(u"tileErrors"_s), u"1.5 | / 3, 3 in all"_s);
    QCOMPARE(tile(u"tileLimited"_s), u"0.5 | / 2, 2 in all"_s);
    QCOMPARE(tile(u"tileElapsed"_s), u"60 s | "_s);
    QCOMPARE(tile(u"tileSockets"_s), u"24 | reused 99.6 %"_s);
}

void TestLiveDock::stallsAreTold()
{
    LiveWindow f;
    f.play();
    const auto *chip = f.find<QLabel>(u"stalledChip"_s);
    QVERIFY(!chip->isVisible()); // 0.1 ms each.
    LiveMetrics metrics;
    const Limits limits;
    metrics.setSource({[] { return AdmissionSnapshot{}; },
                       [&limits]() -> const Limits & { return limits; },
                       [](EndpointId) { return QString(); }});
    Sample sample;
    sample.status = 200;
    for (qint64 us = 1'000'000; us < 3'000'000; us += 20'000) {
        sample.timings.admittedUs = us;
        sample.timings.sentUs = us + 87'000;
        sample.timings.finishedUs = us + 100'000;
        metrics.sampleFinished(sample);
    }
    f.dock->showSnapshot(metrics.snapshot(3'200'000));
    QTRY_VERIFY(chip->isVisible());
    QCOMPARE(chip->text(), u"Stalled in Qt 87 ms"_s);
}

void TestLiveDock::remarksOfTilesAreNotCut_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("inFull");

    QTest::newRow("1600") << 1600 << true;
    QTest::newRow("1280, in fewer words") << 1280 << false;
}

void TestLiveDock::remarksOfTilesAreNotCut()
{
    QFETCH(int, width);
    QFETCH(bool, inFull);
    LiveWindow f({width, 340});
    f.play();
    auto snapshot = std::make_shared<LiveSnapshot>(*f.simulation.snapshot());
    snapshot->admission.inFlight = 124;
    snapshot->admission.queued = 9876;
    snapshot->peakInFlight = 128;
    snapshot->admission.limits.total = 128;
    snapshot->admission.endpoints.resize(1);
    snapshot->admission.endpoints[0].oldestEnqueuedUs = snapshot->atUs - 31'400'000;
    snapshot->donePerSecond = snapshot->okPerSecond = 4321;
    snapshot->p50Us = 391'000;
    snapshot->p95Us = 612'000;
    snapshot->sent = 999;
    snapshot->p99Us = 999'000;
    snapshot->peakQueued = 9876;
    snapshot->failedPerSecond = 123;
    snapshot->limitedPerSecond = 101;
    snapshot->failed = 321;
    snapshot->limited = 123;
    f.dock->showSnapshot(snapshot);
    QTRY_COMPARE(f.find<LiveTile>(u"tileQueued"_s)->value(), u"9,876"_s);
    for (const LiveTile *tile : f.dock->findChildren<LiveTile *>()) {
        if (!tile->isVisible())
            continue;
        const QString shown = tile->shownNote();
        QVERIFY2(!shown.contains(u'\u2026'), qPrintable(tile->objectName() + u": "_s + shown));
        if (inFull)
            QCOMPARE(shown, tile->note());
    }
}

void TestLiveDock::pausedViewStandsStill()
{
    LiveWindow f;
    f.play();
    auto *chart = f.find<ConcurrencyChart>();
    const qint64 end = chart->chartGeometry().endUs;
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_Space);
    QVERIFY(f.dock->isViewPaused());
    f.simulation.run(5'000'000);
    f.dock->showSnapshot(f.simulation.snapshot());
    QCOMPARE(chart->chartGeometry().endUs, end);
    QTRY_VERIFY(f.find<QLabel>(u"liveStatus"_s)->text().contains(u"5 s ahead"_s));
    QTest::keyClick(chart, Qt::Key_End);
    QVERIFY(!f.dock->isViewPaused());
    QVERIFY(chart->chartGeometry().endUs > end + 4'900'000);
}

void TestLiveDock::zoomingWhilePausedLooksCloser()
{
    LiveWindow f;
    f.play();
    QSignalSpy views(f.dock, &LiveDock::viewRequested);
    f.dock->setViewPaused(true);
    const qint64 pausedUs = f.simulation.clock().nowUs();
    f.simulation.run(5'000'000);
    f.dock->showSnapshot(f.simulation.snapshot());
    QTest::keyClick(f.find<ConcurrencyChart>(), Qt::Key_Plus, Qt::ControlModifier);
    const auto view = views.takeLast().first().value<LiveView>();
    QCOMPARE(view.spanUs, qint64(30'000'000));
    QCOMPARE(view.endUs, pausedUs);
}

void TestLiveDock::allTimeGrows()
{
    LiveWindow f;
    f.play(); // 60 s.
    auto *span = f.find<QComboBox>(u"liveSpan"_s);
    span->setFocus();
    QTest::keyClick(span, Qt::Key_End);
    QCOMPARE(span->currentText(), u"All"_s);
    QCOMPARE(f.simulation.metrics().view().spanUs, qint64(60'000'000));
    f.simulation.run(5'000'000);
    f.dock->showSnapshot(f.simulation.snapshot());
    QCOMPARE(f.simulation.metrics().view().spanUs, qint64(300'000'000));
    QCOMPARE(span->currentText(), u"All"_s);
    QTest::keyClick(f.find<ConcurrencyChart>(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(f.simulation.metrics().view().spanUs, LiveView{}.spanUs);
    f.dock->showSnapshot(f.simulation.snapshot());
    QCOMPARE(f.simulation.metrics().view().spanUs, LiveView{}.spanUs);
}

void TestLiveDock::markedRangeHasFigures()
{
    LiveWindow f;
    f.play();
    const auto *text = f.find<QLabel>(u"rangeText"_s);
    QVERIFY(!text->isVisible());
    auto *chart = f.find<ConcurrencyChart>();
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_Left, Qt::ControlModifier);
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(chart, Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    f.dock->showSnapshot(f.simulation.snapshot());
    QVERIFY(text->isVisible());
    QVERIFY2(text->text().contains(u"done"_s), qPrintable(text->text()));
    QVERIFY(text->text().contains(u"Little's law"_s));
    // It stays while the view is scrolled, and figures come while it is paused.
    QTest::keyClick(chart, Qt::Key_PageUp);
    QVERIFY(f.simulation.metrics().view().hasRange());
    auto *zoom = f.find<QToolButton>(u"rangeZoom"_s);
    QTest::mouseClick(zoom, Qt::LeftButton);
    const LiveView zoomed = f.simulation.metrics().view();
    QCOMPARE(zoomed.spanUs, zoomed.rangeEndUs - zoomed.rangeBeginUs);
    QCOMPARE(zoomed.endUs, zoomed.rangeEndUs);
    QTest::keyClick(chart, Qt::Key_Escape);
    QVERIFY(!text->isVisible());
    QVERIFY(!f.simulation.metrics().view().hasRange());
}

void TestLiveDock::noteIsAskedFor()
{
    LiveWindow f;
    f.play();
    QSignalSpy notes(f.dock, &LiveDock::noteAdded);
    auto *chart = f.find<ConcurrencyChart>();
    QTest::keyClick(chart, Qt::Key_M, Qt::ControlModifier);
    auto *dialog = f.dock->findChild<QInputDialog *>();
    QVERIFY(dialog);
    dialog->setTextValue(u" cache is warm "_s);
    dialog->accept();
    QCOMPARE(notes.count(), 1);
    QCOMPARE(notes.first()[0].toLongLong(), qint64(-1));
    QCOMPARE(notes.first()[1].toString(), u"cache is warm"_s);
}

void TestLiveDock::waterfallIsShownOnDemand()
{
    LiveWindow f({1600, 900});
    f.play();
    auto *waterfall = f.find<Waterfall>();
    QVERIFY(!waterfall->isVisible());
    QTest::mouseClick(f.find<QToolButton>(u"requestWaterfall"_s), Qt::LeftButton);
    QVERIFY(waterfall->isVisible());
    QVERIFY(waterfall->rows().count() > 3);
    // On the same axis as the chart above it.
    const auto *chart = f.find<ConcurrencyChart>();
    const qint64 at = f.simulation.clock().nowUs() - 20'000'000;
    QCOMPARE(waterfall->chartGeometry().mapTimeToX(at), chart->chartGeometry().mapTimeToX(at));
}

void TestLiveDock::buttonsAskForPauseAndStop()
{
    LiveWindow f;
    f.play();
    QSignalSpy paused(f.dock, &LiveDock::pauseDispatchToggled);
    QSignalSpy stopped(f.dock, &LiveDock::stopRequested);
    auto *pause = f.find<QPushButton>(u"pauseDispatch"_s);
    QTest::mouseClick(pause, Qt::LeftButton);
    QCOMPARE(paused.takeFirst().first().toBool(), true);
    QCOMPARE(pause->text(), u"Resume dispatch"_s);
    f.dock->setDispatchPaused(false); // As after a snapshot that says so.
    QVERIFY(paused.isEmpty());
    auto *stop = f.find<QPushButton>(u"stopRun"_s);
    QVERIFY(!stop->isEnabled());
    f.dock->showProgress({.name = u"users"_s, .running = true});
    QTest::mouseClick(stop, Qt::LeftButton);
    QCOMPARE(stopped.count(), 1);
}

void TestLiveDock::progressIsAStatusLine()
{
    LiveWindow f;
    const auto *status = f.find<QLabel>(u"liveStatus"_s);
    RunProgress progress{.name = u"users × 1,000"_s, .running = true, .planned = 1000, .done = 620};
    progress.leftUs = 6'000'000;
    f.dock->showProgress(progress);
    QCOMPARE(status->text(), u"run: users × 1,000, 62 % \u00B7 6 s left"_s);
    progress.running = false;
    progress.done = 1000;
    progress.failed = 3;
    progress.elapsedUs = 131'000;
    f.dock->showProgress(progress);
    QCOMPARE(status->text(),
             u"Finished, 1,000 requests, 3 failed, in 131 ms \u00B7 run: users × 1,000"_s);
    // It is read out as it is written, but not written twice.
    const auto *announcer = f.dock->findChild<Announcer *>();
    QCOMPARE(announcer->text(), status->text());
    QVERIFY(announcer->isHidden());
}

void TestLiveDock::accessible()
{
    LiveWindow f;
    f.play();
    auto *chart = f.find<ConcurrencyChart>();
    QAccessibleInterface *chartInterface = QAccessible::queryAccessibleInterface(chart);
    QCOMPARE(chartInterface->role(), QAccessible::Chart);
    QVERIFY(!chartInterface->text(QAccessible::Name).isEmpty());
    QVERIFY(chartInterface->text(QAccessible::Description).contains(u"total limit 24"_s));
    QAccessibleInterface *slider = QAccessible::queryAccessibleInterface(chart->totalHandle());
    QCOMPARE(slider->role(), QAccessible::Slider);
    QVERIFY(!slider->text(QAccessible::Name).isEmpty());
    QCOMPARE(slider->valueInterface()->currentValue().toInt(), 24);
    slider->valueInterface()->setCurrentValue(30);
    QCOMPARE(f.limits.limits().total, 30);
    for (HostRow *row : f.dock->findChildren<HostRow *>()) {
        QAccessibleInterface *host = QAccessible::queryAccessibleInterface(row);
        QCOMPARE(host->role(), QAccessible::Slider);
        QVERIFY(host->text(QAccessible::Name).contains(u"in flight"_s));
    }
    for (LiveTile *tile : f.dock->findChildren<LiveTile *>()) {
        QVERIFY(!tile->accessibleName().isEmpty());
        QVERIFY(!tile->accessibleDescription().isEmpty());
    }
}

void TestLiveDock::longTextsDoNotWidenTheWindow()
{
    LiveWindow f({900, 340});
    f.play();
    const int least = f.window.minimumSizeHint().width();
    auto *status = f.find<ElidedLabel>(u"liveStatus"_s);
    RunProgress progress{.name = QString(300, u'n'), .running = true};
    f.dock->showProgress(progress);
    QTRY_VERIFY(status->isElided());
    QCOMPARE(f.window.minimumSizeHint().width(), least);
    progress.name = u"n"_s;
    f.dock->showProgress(progress);
    QTRY_VERIFY(!status->isElided());
    f.dock->announce(QString(300, u'e'));
    QTRY_VERIFY(f.dock->findChild<Announcer *>()->isElided());
    QCOMPARE(f.window.minimumSizeHint().width(), least);
}

QTEST_MAIN(TestLiveDock)
#include "tst_livedock.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/hostheatmap.h"
#include "ui/live/hostlanes.h"
#include "ui/live/limithandle.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/livedock.h"
#include "ui/live/livetile.h"
#include "ui/live/waterfall.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QInputDialog>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include <cmath>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

Limits shopLimits(int total)
{
    Limits limits;
    limits.total = total;
    limits.perHost = 8;
    limits.hosts = {{u"cdn.shop.example"_s, 12}, {u"auth.shop.example"_s, 6}};
    return limits;
}

/** A window with the dock, shown, fed by the simulated shop. */
struct Fixture
{
    QUndoStack undoStack;
    LimitsModel limits{&undoStack};
    QMainWindow window;
    LiveDock *dock = nullptr;
    LiveSimulation simulation{shopLimits(16)};

    explicit Fixture(QSize size = {1600, 340})
    {
        dock = new LiveDock(&limits, &window);
        window.addDockWidget(Qt::BottomDockWidgetArea, dock);
        window.resize(size);
        window.show();
        QObject::connect(&limits, &LimitsModel::changed, &limits,
                         [this](const Limits &changed) { simulation.setLimits(changed); });
    }
    void play()
    {
        simulateShop(simulation);
        limits.load(simulation.queue().limits());
        dock->showSnapshot(simulation.snapshot());
    }
    template<typename T>
    T *find(const QString &name = {}) const
    {
        return dock->findChild<T *>(name);
    }
};

} // namespace

class TestLiveDock final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void emptyOffersActions();
    void tilesTellTheSnapshot();
    void stallsAreTold();
    void textsChangeAtMostTwiceASecond();
    void dragOfTheHandleChangesTheLimit();
    void dragOfTheLineChangesTheLimit();
    void escapeTakesADragBack();
    void dragMayActBeforeItEnds();
    void remarksOfTilesAreNotCut_data();
    void remarksOfTilesAreNotCut();
    void keysMoveTheHandle();
    void shiftMovesByFive();
    void hostRowMovesItsLimit();
    void selectedHostHasALineAndAHandle();
    void scaleStaysWhileDragging();
    void longQueueIsCutAndSaidSo();
    void pausedViewStandsStill();
    void zoomingWhilePausedLooksCloser();
    void reducedMotionJumpsOnceASecond();
    void allTimeGrows();
    void hostsTellTheirProtocol();
    void hostsAreSortedByTheirWait();
    void hostsShowTheirLastMinute();
    void markedRangeHasFigures();
    void noteIsAskedFor();
    void manyHostsAreShownOverTime();
    void waterfallIsShownOnDemand();
    void buttonsAskForPauseAndStop();
    void progressIsAStatusLine();
    void accessible();
};

void TestLiveDock::emptyOffersActions()
{
    Fixture f;
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
    Fixture f;
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
    snapshot->p50QueuedUs = 88'000;
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
    QCOMPARE(tile(u"tileInFlight"_s), u"24 | / 24 max 24"_s);
    QCOMPARE(tile(u"tileQueued"_s), u"31 | oldest 214 ms"_s);
    QCOMPARE(tile(u"tileDone"_s), u"412/s | 2xx 411"_s);
    QCOMPARE(tile(u"tileP50"_s), u"39 ms | queue +88 ms"_s);
    QCOMPARE(tile(u"tileP95"_s), u"61 ms | "_s);
    QCOMPARE(tile(u"tileErrors"_s), u"3 | 429: 2"_s);
    QCOMPARE(tile(u"tileSockets"_s), u"24 | reused 99.6 %"_s);
}

void TestLiveDock::stallsAreTold()
{
    Fixture f;
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
    QCOMPARE(chip->text(), u"stalled 87 ms"_s);
}

void TestLiveDock::textsChangeAtMostTwiceASecond()
{
    Fixture f;
    f.play();
    const QString before = f.find<LiveTile>(u"tileDone"_s)->value();
    auto next = std::make_shared<LiveSnapshot>(*f.simulation.snapshot());
    next->donePerSecond = 7777;
    f.dock->showSnapshot(next);
    QCOMPARE(f.find<LiveTile>(u"tileDone"_s)->value(), before);
    QTRY_COMPARE(f.find<LiveTile>(u"tileDone"_s)->value(), u"7,777/s"_s);
}

void TestLiveDock::dragOfTheHandleChangesTheLimit()
{
    Fixture f;
    f.play();
    auto *chart = f.find<ConcurrencyChart>();
    LimitHandle *handle = chart->totalHandle();
    const ChartGeometry &geometry = chart->chartGeometry();
    const QPoint grip = handle->rect().center();
    const int byPixels =
        int(std::round(geometry.mapValueToY(40)) - std::round(geometry.mapValueToY(24)));
    QTest::mousePress(handle, Qt::LeftButton, {}, grip);
    QTest::mouseMove(handle, grip + QPoint(0, byPixels / 2));
    QTest::mouseMove(handle, grip + QPoint(0, byPixels) - QPoint(0, byPixels / 2));
    QVERIFY(handle->isMoving());
    QCOMPARE(f.limits.limits().total, 24); // Not before it is let go.
    const int shown = handle->shownLimit();
    QVERIFY(std::abs(shown - 40) <= 1);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    QCOMPARE(f.limits.limits().total, shown);
    QCOMPARE(f.simulation.queue().limits().total, shown); // And it really reached the queue.
    f.simulation.enqueue(0, 200);
    f.simulation.enqueue(1, 200);
    f.simulation.run(1'000'000);
    QVERIFY(f.simulation.snapshot()->peakInFlight > 24);
    f.undoStack.undo();
    QCOMPARE(f.simulation.queue().limits().total, 24);
    QCOMPARE(handle->limit(), 24);
}

void TestLiveDock::dragOfTheLineChangesTheLimit()
{
    Fixture f;
    f.play();
    auto *chart = f.find<ConcurrencyChart>();
    const ChartGeometry geometry = chart->chartGeometry();
    const int x = int(geometry.plot.center().x());
    QTest::mousePress(chart, Qt::LeftButton, {}, QPoint(x, int(geometry.mapValueToY(24))));
    QTest::mouseMove(chart, QPoint(x, int(geometry.mapValueToY(30))));
    QTest::mouseMove(chart, QPoint(x, int(std::round(geometry.mapValueToY(10)))));
    QTest::mouseRelease(chart, Qt::LeftButton, {}, QPoint(x, 0));
    QVERIFY(std::abs(f.limits.limits().total - 10) <= 1);
    QVERIFY(f.simulation.queue().snapshot().draining >= 0);
}

void TestLiveDock::escapeTakesADragBack()
{
    Fixture f;
    f.play();
    LimitHandle *handle = f.find<ConcurrencyChart>()->totalHandle();
    handle->setFocus();
    QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
    QTest::mouseMove(handle, handle->rect().center() + QPoint(0, 30));
    QVERIFY(handle->isMoving());
    QTest::keyClick(handle, Qt::Key_Escape);
    QVERIFY(!handle->isMoving());
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    QCOMPARE(f.limits.limits().total, 24);
    QCOMPARE(f.undoStack.count(), 0);
}

void TestLiveDock::dragMayActBeforeItEnds()
{
    Fixture f;
    f.play();
    f.dock->setLimitsFollowDrag(true);
    auto *chart = f.find<ConcurrencyChart>();
    LimitHandle *handle = chart->totalHandle();
    const auto drag = [&](int limit) {
        const double y = chart->chartGeometry().mapValueToY(limit);
        QTest::mouseMove(handle, handle->mapFromParent(QPoint(0, int(std::round(y)))));
    };
    const int before = f.simulation.queue().limits().total;
    QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
    drag(30);
    QCOMPARE(f.simulation.queue().limits().total, before); // Not while it moves.
    QTRY_VERIFY(std::abs(f.simulation.queue().limits().total - 30) <= 1);
    QVERIFY(handle->isMoving());
    drag(10);
    QTRY_VERIFY(std::abs(f.simulation.queue().limits().total - 10) <= 1);
    QTest::keyClick(handle, Qt::Key_Escape); // All of it.
    QCOMPARE(f.simulation.queue().limits().total, before);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    QCOMPARE(f.simulation.queue().limits().total, before);
    QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
    drag(30);
    QTRY_VERIFY(f.simulation.queue().limits().total != before);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    QVERIFY(std::abs(f.simulation.queue().limits().total - 30) <= 1);
    f.undoStack.undo();
    QCOMPARE(f.simulation.queue().limits().total, before);
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
    Fixture f({width, 340});
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
    snapshot->p50QueuedUs = 320'000;
    snapshot->p95QueuedUs = 31'200'000;
    snapshot->failed = 321;
    snapshot->limited = 123;
    f.dock->showSnapshot(snapshot);
    QTRY_COMPARE(f.find<LiveTile>(u"tileQueued"_s)->value(), u"9,876"_s);
    for (const LiveTile *tile : f.dock->findChildren<LiveTile *>()) {
        const QString shown = tile->shownNote();
        QVERIFY2(!shown.contains(u'\u2026'), qPrintable(tile->objectName() + u": "_s + shown));
        if (inFull)
            QCOMPARE(shown, tile->note());
    }
}

void TestLiveDock::keysMoveTheHandle()
{
    Fixture f;
    f.play();
    LimitHandle *handle = f.find<ConcurrencyChart>()->totalHandle();
    handle->setFocus();
    QTest::keyClick(handle, Qt::Key_Up);
    QTest::keyClick(handle, Qt::Key_Up);
    QTest::keyClick(handle, Qt::Key_Down);
    QCOMPARE(handle->shownLimit(), 25);
    QCOMPARE(f.limits.limits().total, 24);
    QTest::keyClick(handle, Qt::Key_Return);
    QCOMPARE(f.limits.limits().total, 25);
    QTest::keyClick(handle, Qt::Key_PageUp);
    QCOMPARE(handle->shownLimit(), 32);
    QTest::keyClick(handle, Qt::Key_PageUp);
    QCOMPARE(handle->shownLimit(), 48);
    QTest::keyClick(handle, Qt::Key_Escape);
    QCOMPARE(handle->shownLimit(), 25);
    QTest::keyClick(handle, Qt::Key_PageDown);
    QTest::keyClick(handle, Qt::Key_Enter);
    QCOMPARE(f.simulation.queue().limits().total, 24);
}

void TestLiveDock::shiftMovesByFive()
{
    Fixture f;
    f.play();
    LimitHandle *handle = f.find<ConcurrencyChart>()->totalHandle();
    handle->setFocus();
    QTest::keyClick(handle, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(handle->shownLimit(), 29);
    handle->cancel();
    handle->dragTo(f.find<ConcurrencyChart>()->chartGeometry().mapValueToY(33), true);
    QCOMPARE(handle->shownLimit(), 35);
    handle->cancel();
}

void TestLiveDock::hostRowMovesItsLimit()
{
    Fixture f;
    f.play();
    const QList<HostRow *> rows = f.dock->findChildren<HostRow *>();
    QCOMPARE(rows.size(), 3);
    HostRow *api = rows[0];
    QCOMPARE(api->endpoint(), u"https://api.shop.example:443"_s);
    api->setFocus();
    QTest::keyClick(api, Qt::Key_Right);
    QTest::keyClick(api, Qt::Key_Right);
    QCOMPARE(api->shownLimit(), 10);
    QTest::keyClick(api, Qt::Key_Return);
    QCOMPARE(limitForEndpoint(f.limits.limits(), api->endpoint()), 10);
    QCOMPARE(limitForEndpoint(f.limits.limits(), rows[1]->endpoint()), 12);
    QCOMPARE(limitForEndpoint(f.simulation.queue().limits(), api->endpoint()), 10);
    // By the tick, with the mouse.
    const QPointF tick(api->valueToX(10), api->barRect().center().y());
    QTest::mousePress(api, Qt::LeftButton, {}, tick.toPoint());
    const QPointF to(api->valueToX(4), tick.y());
    QTest::mouseMove(api, to.toPoint());
    QTest::mouseRelease(api, Qt::LeftButton, {}, to.toPoint());
    QCOMPARE(limitForEndpoint(f.limits.limits(), api->endpoint()), 4);
}

void TestLiveDock::selectedHostHasALineAndAHandle()
{
    Fixture f;
    f.play();
    auto *chart = f.find<ConcurrencyChart>();
    QVERIFY(!chart->hostHandle()->isVisible());
    HostRow *cdn = f.dock->findChildren<HostRow *>()[1];
    QTest::mouseClick(cdn, Qt::LeftButton, {}, QPoint(20, 10));
    QVERIFY(chart->hostHandle()->isVisible());
    QCOMPARE(chart->hostHandle()->limit(), 12);
    QVERIFY(!chart->hostHandle()->geometry().intersects(chart->totalHandle()->geometry()));
    chart->hostHandle()->applyLimit(20);
    QCOMPARE(limitForEndpoint(f.limits.limits(), cdn->endpoint()), 20);
}

void TestLiveDock::scaleStaysWhileDragging()
{
    Fixture f;
    f.play();
    auto *chart = f.find<ConcurrencyChart>();
    const double top = chart->chartGeometry().top;
    chart->totalHandle()->dragTo(chart->chartGeometry().mapValueToY(5 * top), false);
    f.simulation.enqueue(0, 3000);
    f.simulation.run(100'000);
    f.dock->showSnapshot(f.simulation.snapshot());
    QCOMPARE(chart->chartGeometry().top, top);
    chart->totalHandle()->endDrag();
    f.dock->showSnapshot(f.simulation.snapshot());
    QVERIFY(chart->chartGeometry().top > top);
}

void TestLiveDock::longQueueIsCutAndSaidSo()
{
    Fixture f;
    f.limits.load(shopLimits(16));
    f.simulation.addServer({.endpoint = u"https://api.shop.example:443"_s});
    f.simulation.enqueue(0, 10'000);
    f.simulation.run(2'000'000);
    f.dock->showSnapshot(f.simulation.snapshot());
    // The limit stays in the upper part of the lower half, however long the queue.
    const ChartGeometry &geometry = f.find<ConcurrencyChart>()->chartGeometry();
    QVERIFY(geometry.top <= 4 * 16);
    QVERIFY(geometry.top >= 2 * 16);
}

void TestLiveDock::pausedViewStandsStill()
{
    Fixture f;
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

/** A person asked for it: what comes within a second is shown at its end, in one jump. */
void TestLiveDock::reducedMotionJumpsOnceASecond()
{
    Fixture f;
    f.play();
    auto *chart = f.find<ConcurrencyChart>();
    const auto next = [&f] {
        f.simulation.run(50'000);
        f.dock->showSnapshot(f.simulation.snapshot());
    };
    next();
    QVERIFY(chart->snapshot()->atUs == f.simulation.clock().nowUs()); // It flows.
    f.dock->setReducedMotion(true);
    for (int jump = 0; jump < 2; ++jump) {
        QElapsedTimer time;
        time.start();
        const qint64 shownUs = chart->snapshot()->atUs;
        for (int i = 0; i < 5; ++i)
            next();
        QCOMPARE(chart->snapshot()->atUs, shownUs);
        // The last state is shown, though nothing comes any more.
        QTRY_COMPARE(chart->snapshot()->atUs, f.simulation.clock().nowUs());
        QVERIFY2(time.elapsed() >= 900, qPrintable(QString::number(time.elapsed())));
    }
}

void TestLiveDock::zoomingWhilePausedLooksCloser()
{
    Fixture f;
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
    Fixture f;
    f.play(); // 60 s.
    QObject::connect(f.dock, &LiveDock::viewRequested, f.dock,
                     [&f](const LiveView &view) { f.simulation.metrics().setView(view); });
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

void TestLiveDock::hostsTellTheirProtocol()
{
    Fixture f;
    f.play();
    HostRow *api = f.dock->findChildren<HostRow *>()[0];
    QVERIFY2(api->toolTip().contains(u"HTTP/1"_s), qPrintable(api->toolTip()));
    const QImage h1 = api->grab().toImage();
    LiveHost host = api->host();
    host.http2 = true;
    api->showHost(host, *f.simulation.snapshot(), 12);
    QVERIFY2(api->toolTip().contains(u"HTTP/2"_s), qPrintable(api->toolTip()));
    QVERIFY(api->grab().toImage() != h1);
}

void TestLiveDock::hostsAreSortedByTheirWait()
{
    Fixture f;
    f.play();
    const QList<HostRow *> rows = f.dock->findChildren<HostRow *>();
    auto snapshot = std::make_shared<LiveSnapshot>(*f.simulation.snapshot());
    const auto waiting = [&](const QList<int> &seconds) {
        for (int i = 0; i < 3; ++i)
            snapshot->hosts[std::size_t(i)].admission.oldestEnqueuedUs =
                seconds[i] == 0 ? 0 : snapshot->atUs - seconds[i] * 1'000'000;
        f.dock->findChild<HostLanes *>()->showSnapshot(*snapshot);
    };
    const auto order = [&] {
        QStringList names;
        for (const HostRow *row : rows)
            names << row->endpoint().section(u'/', 2).section(u'.', 0, 0);
        return names.join(u' ');
    };
    waiting({1, 3, 0});
    QCOMPARE(order(), u"api cdn auth"_s); // As they came.
    auto *button = f.find<QToolButton>(u"longestWaitFirst"_s);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    waiting({1, 3, 0});
    QCOMPARE(order(), u"cdn api auth"_s);
    QTest::keyClick(rows[1], Qt::Key_Right); // Nothing jumps under the hand.
    waiting({0, 1, 9});
    QCOMPARE(order(), u"cdn api auth"_s);
    QTest::keyClick(rows[1], Qt::Key_Escape);
    waiting({0, 1, 9});
    QCOMPARE(order(), u"auth cdn api"_s);
}

void TestLiveDock::hostsShowTheirLastMinute()
{
    Fixture f;
    f.play();
    const auto minute = [&f](int row) {
        const HostRow *host = f.dock->findChildren<HostRow *>()[row];
        const QImage picture = f.dock->findChildren<HostRow *>()[row]->grab().toImage();
        int columns = 0;
        for (int x = host->width() - 80; x < host->width(); ++x) {
            bool isUsed = false;
            for (int y = 0; y < host->height(); ++y)
                isUsed |= picture.pixelColor(x, y) == Theme::lightMode().inFlight;
            columns += isUsed;
        }
        return columns;
    };
    QVERIFY2(minute(0) >= 55, qPrintable(QString::number(minute(0)))); // Busy all the time.
    f.window.resize(1280, 340);
    QApplication::processEvents();
    QCOMPARE(minute(0), 0); // The numbers need the room.
}

void TestLiveDock::markedRangeHasFigures()
{
    Fixture f;
    f.play();
    QObject::connect(f.dock, &LiveDock::viewRequested, f.dock,
                     [&f](const LiveView &view) { f.simulation.metrics().setView(view); });
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
    Fixture f;
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

void TestLiveDock::manyHostsAreShownOverTime()
{
    Fixture f;
    f.play();
    auto *heatmap = f.find<HostHeatmap>();
    QVERIFY(!heatmap->isVisible());
    for (int i = 0; i < 12; ++i) {
        f.simulation.addServer({.endpoint = u"https://h%1.example:443"_s.arg(i)});
        f.simulation.enqueue(std::size_t(3 + i), 5);
    }
    f.simulation.run(1'000'000);
    f.dock->showSnapshot(f.simulation.snapshot());
    QVERIFY(!heatmap->isHidden());
    emit heatmap->hostSelected(u"https://h7.example:443"_s);
    QCOMPARE(f.find<ConcurrencyChart>()->selectedHost(), u"https://h7.example:443"_s);
}

void TestLiveDock::waterfallIsShownOnDemand()
{
    Fixture f({1600, 900});
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
    Fixture f;
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
    Fixture f;
    const auto *status = f.find<QLabel>(u"liveStatus"_s);
    RunProgress progress{.name = u"users × 1,000"_s, .running = true, .planned = 1000, .done = 620};
    progress.leftUs = 6'000'000;
    f.dock->showProgress(progress);
    QCOMPARE(status->text(), u"run: users × 1,000, 62 % \u00B7 6 s left"_s);
    progress.running = false;
    progress.done = 1000;
    progress.failed = 3;
    f.dock->showProgress(progress);
    QCOMPARE(status->text(), u"users × 1,000 finished, 1,000 requests, 3 failed"_s);
}

void TestLiveDock::accessible()
{
    Fixture f;
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

QTEST_MAIN(TestLiveDock)
#include "tst_livedock.moc"

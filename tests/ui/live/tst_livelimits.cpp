// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/live/livewindow.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/hostheatmap.h"
#include "ui/live/hostlanes.h"
#include "ui/live/limithandle.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

/** Limits that are moved in the live view, and the hosts that they are of. */
class TestLiveLimits final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void dragOfTheHandleChangesTheLimit();
    void dragOfTheLineChangesTheLimit();
    void escapeTakesADragBack();
    void dragMayActBeforeItEnds();
    void keysMoveTheHandle();
    void shiftMovesByFive();
    void hostRowMovesItsLimit();
    void hostRowEndsAHold();
    void aHoldShowsItsHost();
    void selectedHostHasALineAndAHandle();
    void scaleStaysWhileDragging();
    void longQueueIsCutAndSaidSo();
    void hostsTellTheirProtocol();
    void hostsAreSortedByTheirWait();
    void hostsShowTheirLastMinute();
    void manyHostsAreShownOverTime();
};

void TestLiveLimits::dragOfTheHandleChangesTheLimit()
{
    LiveWindow f;
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

void TestLiveLimits::dragOfTheLineChangesTheLimit()
{
    LiveWindow f;
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

void TestLiveLimits::escapeTakesADragBack()
{
    LiveWindow f;
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

void TestLiveLimits::dragMayActBeforeItEnds()
{
    LiveWindow f;
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

void TestLiveLimits::keysMoveTheHandle()
{
    LiveWindow f;
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

void TestLiveLimits::shiftMovesByFive()
{
    LiveWindow f;
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

void TestLiveLimits::hostRowMovesItsLimit()
{
    LiveWindow f;
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

void TestLiveLimits::hostRowEndsAHold()
{
    LiveWindow f;
    f.play();
    AdmissionQueue &queue = f.simulation.queue();
    connect(f.dock, &LiveDock::holdEndRequested, this, [&](EndpointId id) { queue.endHold(id); });
    HostRow *api = f.dock->findChildren<HostRow *>()[0];
    const EndpointId id = api->host().admission.id;
    const auto hold = [&] {
        queue.hold(id, f.simulation.clock().nowUs() + 30'000'000);
        f.run(1'000'000);
    };
    QVERIFY(!api->isOnHold());
    QTest::mouseClick(api, Qt::LeftButton, {}, api->remarkRect().center().toPoint());
    hold();
    QVERIFY(api->isOnHold());
    QVERIFY(api->toolTip().contains(u"another 29 s"_s));
    QTest::mouseClick(api, Qt::LeftButton, {}, api->remarkRect().center().toPoint());
    f.run(300'000);
    QVERIFY(!api->isOnHold());
    // By the menu, without a mouse.
    hold();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, {}, api->mapToGlobal(QPoint()));
    QApplication::sendEvent(api, &asked);
    auto *menu = api->findChild<QMenu *>();
    QVERIFY(menu);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    f.run(300'000);
    QVERIFY(!api->isOnHold());
}

/** Also where it is the only one, which has no lane else. */
void TestLiveLimits::aHoldShowsItsHost()
{
    LiveWindow f;
    f.simulation.addServer({.endpoint = u"https://api.shop.example:443"_s});
    f.simulation.enqueue(0, 100);
    f.run(100'000);
    const auto *tabs = f.find<QTabWidget>();
    const int lanes = tabs->indexOf(f.find<HostLanes>());
    QVERIFY(!tabs->isTabVisible(lanes));
    AdmissionQueue &queue = f.simulation.queue();
    queue.hold(queue.endpoint(u"https://api.shop.example:443"_s),
               f.simulation.clock().nowUs() + 5'000'000);
    f.run(500'000);
    QCOMPARE(tabs->currentIndex(), lanes);
    QVERIFY(f.find<HostRow>()->isOnHold());
    f.run(6'000'000);
    QVERIFY(!tabs->isTabVisible(lanes));
}

void TestLiveLimits::selectedHostHasALineAndAHandle()
{
    LiveWindow f;
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

void TestLiveLimits::scaleStaysWhileDragging()
{
    LiveWindow f;
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

void TestLiveLimits::longQueueIsCutAndSaidSo()
{
    LiveWindow f;
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

void TestLiveLimits::hostsTellTheirProtocol()
{
    LiveWindow f;
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

void TestLiveLimits::hostsAreSortedByTheirWait()
{
    LiveWindow f;
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

void TestLiveLimits::hostsShowTheirLastMinute()
{
    LiveWindow f;
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

void TestLiveLimits::manyHostsAreShownOverTime()
{
    LiveWindow f;
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

QTEST_MAIN(TestLiveLimits)
#include "tst_livelimits.moc"

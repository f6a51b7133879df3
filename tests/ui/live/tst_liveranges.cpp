// SPDX-License-Identifier: GPL-3.0-or-later
//
// When there is nothing, or little, to see: no requests in the time shown, a single host, a run
// that has ended; and the chips that say when the picture is not to be trusted.
#include "tests/ui/live/livewindow.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/emptyrange.h"
#include "ui/live/epochmodel.h"
#include "ui/live/epochtable.h"
#include "ui/live/hostlanes.h"
#include "ui/live/lagmeter.h"
#include "ui/live/throughputchart.h"
#include "ui/theme/mode.h"

#include <QApplication>
#include <QDateTime>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;
const QString Api = u"https://api.example:443"_s;

/** Five minutes of which only the first and the third were used. */
struct Gap : LiveWindow
{
    qint64 endedUs = 0;

    Gap() : LiveWindow({1600, 700}, totalLimit(4))
    {
        simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .jitter = 0});
        simulation.enqueue(0, 500);
        simulation.run(120 * Second);
        simulation.enqueue(0, 500);
        simulation.run(180 * Second);
        endedUs = simulation.snapshot()->lastActiveUs;
        show();
    }
    /** The picture of the simulated clock's minute before \a minute. */
    void scrollTo(qint64 endUs)
    {
        LiveView view = simulation.metrics().view();
        view.endUs = endUs;
        simulation.metrics().setView(view);
        show();
    }
};

} // namespace

class TestLiveRanges final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void timesOnTheWall_data();
    void timesOnTheWall();
    void emptyRangeIsTold();
    void buttonJumpsToTheLastActivity();
    void keyJumpsToTheLastActivity();
    void whatIsStillInSightIsNow();
    void nothingIsSaidBeforeTheFirstRequest();
    void singleHostHasNoLanes();
    void chosenTabStays();
    void lanesStayWhileTheyAreUsed();
    void finishedRunKeepsItsLastEpoch();
    void lagIsAChip();
    void stallIsAChip();
};

void TestLiveRanges::timesOnTheWall_data()
{
    QTest::addColumn<QTime>("now");
    QTest::addColumn<qint64>("beginUs");
    QTest::addColumn<qint64>("endUs");
    QTest::addColumn<QString>("text");

    QTest::newRow("whole minutes") << QTime(12, 5) << 100 * Second - 240 * Second
                                   << 100 * Second - 180 * Second << u"12:01\u201312:02"_s;
    QTest::newRow("seconds") << QTime(12, 5, 10) << -140 * Second << -80 * Second
                             << u"12:01:10\u201312:02:10"_s;
    QTest::newRow("not known") << QTime() << 70 * Second << 130 * Second << u"1:00\u20132:00"_s;
}

void TestLiveRanges::timesOnTheWall()
{
    QFETCH(QTime, now);
    QFETCH(qint64, beginUs);
    QFETCH(qint64, endUs);
    LiveSnapshot snapshot;
    snapshot.atUs = 100 * Second;
    snapshot.startedUs = 10 * Second;
    if (now.isValid())
        snapshot.wallMs = QDateTime(QDate(2026, 3, 1), now).toMSecsSinceEpoch();
    QTEST(timeRangeText(snapshot, beginUs, endUs), "text");
}

void TestLiveRanges::emptyRangeIsTold()
{
    Gap f;
    const auto *empty = f.find<EmptyRange>();
    f.scrollTo(f.endedUs);
    QVERIFY(!empty->isVisible());
    f.scrollTo(f.endedUs - 30 * Second);
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->text(), u"No requests "_s
                                + timeRangeText(*f.simulation.snapshot(), f.endedUs - 90 * Second,
                                                f.endedUs - 30 * Second));
    const QRect plot = f.find<ConcurrencyChart>()->chartGeometry().plot.toRect();
    QVERIFY(plot.contains(empty->geometry()));
    f.scrollTo(f.endedUs + 1);
    QVERIFY(!empty->isVisible());
    f.scrollTo(-1); // Now: all is over since more than a minute.
    QVERIFY(empty->isVisible());
}

void TestLiveRanges::buttonJumpsToTheLastActivity()
{
    Gap f;
    f.scrollTo(f.endedUs - 30 * Second);
    QTest::mouseClick(f.find<QPushButton>(u"jumpToActivity"_s), Qt::LeftButton);
    f.show();
    const LiveView view = f.simulation.metrics().view();
    QVERIFY(view.endUs > f.endedUs && view.endUs - view.spanUs < f.endedUs);
    QVERIFY(!f.find<EmptyRange>()->isVisible());
}

void TestLiveRanges::keyJumpsToTheLastActivity()
{
    Gap f;
    f.dock->setMoreCharts(true);
    for (TimePanel *panel : {static_cast<TimePanel *>(f.find<ConcurrencyChart>()),
                             static_cast<TimePanel *>(f.find<ThroughputChart>())}) {
        f.scrollTo(f.endedUs - 30 * Second);
        QVERIFY(f.find<EmptyRange>()->isVisible());
        QTest::keyClick(panel, Qt::Key_End, Qt::ControlModifier);
        f.show();
        QVERIFY(!f.find<EmptyRange>()->isVisible());
        QVERIFY(f.simulation.metrics().view().endUs > f.endedUs);
    }
    // By keyboard alone the button, too.
    f.scrollTo(f.endedUs - 30 * Second);
    auto *button = f.find<QPushButton>(u"jumpToActivity"_s);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QVERIFY(f.simulation.metrics().view().endUs > f.endedUs);
}

void TestLiveRanges::whatIsStillInSightIsNow()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .arrivalsPerSecond = 50});
    f.run(100 * Second);
    auto *chart = f.find<ConcurrencyChart>();
    QTest::keyClick(chart, Qt::Key_PageUp);
    QVERIFY(f.simulation.metrics().view().endUs > 0);
    f.show();
    QTest::keyClick(chart, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(f.simulation.metrics().view().endUs, qint64(-1));
}

void TestLiveRanges::nothingIsSaidBeforeTheFirstRequest()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    f.run(Second);
    QVERIFY(!f.find<EmptyRange>()->isVisibleTo(f.find<ConcurrencyChart>()));
}

void TestLiveRanges::singleHostHasNoLanes()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    auto *tabs = f.find<QTabWidget>();
    auto *lanes = f.find<HostLanes>();
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000});
    f.simulation.enqueue(0, 30);
    f.run(Second);
    QVERIFY(!tabs->isTabVisible(tabs->indexOf(lanes)));
    QVERIFY(!lanes->isVisible());
    QVERIFY(f.find<EpochTable>()->isVisible()); // It has the room.
    const QTableView *view = f.find<EpochTable>()->view();
    const QAbstractItemView *hints = view;
    for (int column = 0; column < EpochModel::ColumnCount; ++column)
        QVERIFY(view->columnWidth(column) >= hints->sizeHintForColumn(column));
    f.simulation.addServer({.endpoint = u"https://cdn.example:443"_s, .serviceUs = 20'000});
    f.simulation.enqueue(1, 30);
    f.run(Second);
    QTRY_VERIFY(tabs->isTabVisible(tabs->indexOf(lanes)));
    QVERIFY(lanes->isVisible()); // And to the front: nobody has chosen another.
    f.simulation.run(90 * Second);
    f.simulation.enqueue(0, 30);
    f.run(Second);
    QTRY_VERIFY(!lanes->isVisible()); // The second one was used long ago.
}

void TestLiveRanges::chosenTabStays()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    auto *tabs = f.find<QTabWidget>();
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000});
    f.simulation.addServer({.endpoint = u"https://cdn.example:443"_s, .serviceUs = 20'000});
    f.simulation.enqueue(0, 30);
    f.run(Second);
    tabs->setFocus();
    QTest::keyClick(tabs->tabBar(), Qt::Key_Right);
    const QWidget *chosen = tabs->currentWidget();
    f.simulation.enqueue(1, 30);
    f.run(Second);
    QTRY_VERIFY(tabs->isTabVisible(tabs->indexOf(f.find<HostLanes>())));
    QCOMPARE(tabs->currentWidget(), chosen);
}

void TestLiveRanges::lanesStayWhileTheyAreUsed()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .arrivalsPerSecond = 5});
    f.simulation.addServer({.endpoint = u"https://cdn.example:443"_s, .serviceUs = 20'000});
    f.simulation.enqueue(1, 3);
    f.run(2 * Second);
    auto *lanes = f.find<HostLanes>();
    QTRY_VERIFY(lanes->isVisible());
    QApplication::setActiveWindow(&f.window);
    f.find<HostRow>()->setFocus();
    f.run(90 * Second);
    f.run(Second);
    QVERIFY(lanes->isVisible());
}

void TestLiveRanges::finishedRunKeepsItsLastEpoch()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .jitter = 0});
    RunProgress progress{.name = u"users"_s, .running = true, .planned = 1204};
    f.dock->showProgress(progress);
    f.simulation.enqueue(0, 600);
    f.run(2 * Second);
    f.limits.edit(totalLimit(8));
    f.simulation.enqueue(0, 604);
    f.run(20 * Second);
    progress.running = false;
    progress.done = 1204;
    f.dock->showProgress(progress);
    const auto *status = f.find<QLabel>(u"liveStatus"_s);
    QVERIFY2(status->text().startsWith(u"Finished, 1,204 requests"_s), qPrintable(status->text()));
    f.run(300 * Second);
    f.run(Second);
    const EpochModel *epochs = f.find<EpochTable>()->model();
    QCOMPARE(epochs->rowCount(), 2);
    QTRY_COMPARE(epochs->index(0, EpochModel::LimitsColumn).data().toString(), u"8"_s);
    QCOMPARE(epochs->index(0, EpochModel::P95Column).data().toString(), u"20 ms"_s);
    QVERIFY(status->text().startsWith(u"Finished, 1,204 requests"_s));
}

void TestLiveRanges::lagIsAChip()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    const auto *chip = f.find<QLabel>(u"lagChip"_s);
    auto *meter = f.find<LagMeter>();
    QVERIFY(chip->isHidden());
    meter->record(120'000);
    QVERIFY(!chip->isHidden());
    QCOMPARE(chip->text(), u"UI lag 120 ms"_s);
    for (int i = 0; i < LagMeter::CalmTicks; ++i)
        meter->record(1000);
    QVERIFY(chip->isHidden());
}

void TestLiveRanges::stallIsAChip()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    const auto *chip = f.find<QLabel>(u"stalledChip"_s);
    QVERIFY(chip->isHidden());
    QVERIFY2(chip->toolTip().contains(u"not your limit"_s), qPrintable(chip->toolTip()));
    Sample sample;
    sample.status = 200;
    for (int i = 0; i < 30; ++i) {
        sample.timings.admittedUs = Second + i * 1000;
        sample.timings.sentUs = sample.timings.admittedUs + 45'000;
        sample.timings.finishedUs = sample.timings.sentUs + 1000;
        f.simulation.metrics().sampleFinished(sample);
    }
    f.simulation.addServer({.endpoint = Api});
    f.simulation.clock().advanceUs(2 * Second);
    f.show();
    QTRY_VERIFY(!chip->isHidden());
    QCOMPARE(chip->text(), u"Stalled in Qt 45 ms"_s);
}

QTEST_MAIN(TestLiveRanges)
#include "tst_liveranges.moc"

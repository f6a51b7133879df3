// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engineworker.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/epochtable.h"
#include "ui/live/livepace.h"
#include "ui/live/livetile.h"

#include <QAbstractItemModel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr qint64 Second = 1'000'000;

struct Fixture : LiveWindow
{
    Fixture() : LiveWindow({1600, 340}, totalLimit(16)) { play(); }
    /** How often \a seen() says something new while snapshots come at 10 Hz for \a seconds. */
    template<typename Seen>
    int changes(int seconds, Seen seen)
    {
        auto last = seen();
        int count = 0;
        for (int i = 0; i < 10 * seconds; ++i) {
            simulation.run(Second / 10);
            dock->showSnapshot(simulation.snapshot());
            const auto now = seen();
            count += now != last;
            last = now;
        }
        return count;
    }
};

} // namespace

/** How often what is shown; by the engine's time, never by a clock on the wall. */
class TestLivePace final : public QObject
{
    Q_OBJECT

private slots:
    void chosenRateIsClamped_data();
    void chosenRateIsClamped();
    void hiddenWindowIsToldOnceASecond();
    void engineTakesTheRate();
    void percentilesAreWorkedOutTwiceASecond();
    void chartsMoveWithEverySnapshot();
    void textsChangeTwiceASecond();
    void tablesChangeFourTimesASecond();
    void withoutMotionAllOfItJumpsOnceASecond();
    void lastStateIsShown();
};

void TestLivePace::chosenRateIsClamped_data()
{
    QTest::addColumn<int>("chosen");
    QTest::addColumn<int>("held");
    QTest::newRow("too slow") << 1 << 4;
    QTest::newRow("slowest") << 4 << 4;
    QTest::newRow("between") << 17 << 17;
    QTest::newRow("fastest") << 30 << 30;
    QTest::newRow("too fast") << 60 << 30;
}

void TestLivePace::chosenRateIsClamped()
{
    QFETCH(int, chosen);
    QWidget window;
    LivePace pace(&window);
    QCOMPARE(pace.chosen(), 10); // The usual one.
    window.show();
    QSignalSpy changed(&pace, &LivePace::changed);
    pace.choose(chosen);
    QTEST(pace.perSecond(), "held");
    QCOMPARE(changed.count(), 1);
    QTEST(changed[0][0].toInt(), "held");
}

void TestLivePace::hiddenWindowIsToldOnceASecond()
{
    QWidget window;
    LivePace pace(&window);
    QSignalSpy changed(&pace, &LivePace::changed);
    pace.choose(20);
    QCOMPARE(pace.perSecond(), 1); // It is not shown yet.
    window.show();
    QCOMPARE(pace.perSecond(), 20);
    window.setWindowState(Qt::WindowMinimized);
    QTRY_COMPARE(pace.perSecond(), 1);
    pace.choose(30); // Holds from when it is seen again.
    QCOMPARE(pace.perSecond(), 1);
    window.setWindowState(Qt::WindowNoState);
    QTRY_COMPARE(pace.perSecond(), 30);
    window.hide();
    QCOMPARE(pace.perSecond(), 1);
    QList<int> told;
    for (const QList<QVariant> &call : changed)
        told << call[0].toInt();
    QCOMPARE(told, QList<int>({1, 20, 1, 30, 1}));
}

void TestLivePace::engineTakesTheRate()
{
    EngineWorker worker;
    worker.begin();
    QCOMPARE(worker.publishIntervalMs(), 100);
    for (const auto &[perSecond, ms] : {std::pair(4, 250), std::pair(30, 33), std::pair(1, 1000)}) {
        worker.setPublishRate(perSecond);
        QCOMPARE(worker.publishIntervalMs(), ms);
    }
    // Whoever scrolls does not wait for it.
    QSignalSpy published(&worker, &EngineWorker::published);
    worker.core().setLiveView({.spanUs = 10 * Second});
    worker.publishSoon();
    QTRY_COMPARE(published.count(), 1);
    QCOMPARE(worker.take().snapshot->view.spanUs, 10 * Second);
}

void TestLivePace::percentilesAreWorkedOutTwiceASecond()
{
    LiveSimulation simulation(Limits{.total = 16});
    simulateShop(simulation);
    int changes = 0;
    double last = simulation.snapshot()->meanUs;
    for (int i = 0; i < 100; ++i) {
        simulation.run(Second / 10);
        const double mean = simulation.snapshot()->meanUs;
        changes += mean != last;
        last = mean;
    }
    QVERIFY2(changes >= 18 && changes <= 20, qPrintable(QString::number(changes)));
}

void TestLivePace::chartsMoveWithEverySnapshot()
{
    Fixture f;
    const auto *chart = f.dock->findChild<ConcurrencyChart *>();
    QCOMPARE(f.changes(3, [&] { return chart->snapshot()->atUs; }), 30);
}

void TestLivePace::textsChangeTwiceASecond()
{
    Fixture f;
    auto *tile = f.dock->findChild<LiveTile *>(u"tileDone"_s);
    int shown = 0;
    // Two values in turns, so that every time it is shown is seen.
    auto snapshot = std::make_shared<LiveSnapshot>(*f.simulation.snapshot());
    for (int i = 1; i <= 50; ++i) {
        snapshot = std::make_shared<LiveSnapshot>(*snapshot);
        snapshot->atUs += Second / 10;
        snapshot->donePerSecond = 1000 + i;
        const QString before = tile->value();
        f.dock->showSnapshot(snapshot);
        shown += tile->value() != before;
    }
    QCOMPARE(shown, 10); // In five seconds.
}

void TestLivePace::tablesChangeFourTimesASecond()
{
    Fixture f;
    const QAbstractItemModel *rows = f.dock->findChild<EpochTable *>()->view()->model();
    QSignalSpy changed(rows, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(rows, &QAbstractItemModel::modelReset);
    f.changes(6, [] { return 0; });
    // Every 250 ms, rounded up to the snapshots' 100 ms.
    QCOMPARE(changed.count() + reset.count(), 20);
}

void TestLivePace::withoutMotionAllOfItJumpsOnceASecond()
{
    Fixture f;
    f.dock->setReducedMotion(true);
    const auto *chart = f.dock->findChild<ConcurrencyChart *>();
    QCOMPARE(f.changes(5, [&] { return chart->snapshot()->atUs; }), 5);
    const QAbstractItemModel *rows = f.dock->findChild<EpochTable *>()->view()->model();
    QSignalSpy changed(rows, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(rows, &QAbstractItemModel::modelReset);
    f.changes(5, [] { return 0; });
    QCOMPARE(changed.count() + reset.count(), 5);
}

void TestLivePace::lastStateIsShown()
{
    Fixture f;
    f.dock->setReducedMotion(true);
    f.simulation.run(Second / 10);
    f.dock->showSnapshot(f.simulation.snapshot());
    const auto *chart = f.dock->findChild<ConcurrencyChart *>();
    QVERIFY(chart->snapshot()->atUs < f.simulation.clock().nowUs());
    QTRY_COMPARE_WITH_TIMEOUT(chart->snapshot()->atUs, f.simulation.clock().nowUs(), 20'000);
}

QTEST_MAIN(TestLivePace)
#include "tst_livepace.moc"

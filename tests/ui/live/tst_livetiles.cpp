// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tiles: now / most / limit, how long it has taken, and the final state at once.
#include "tests/ui/live/livewindow.h"
#include "ui/live/hostlanes.h"
#include "ui/live/livetiles.h"
#include "ui/theme/mode.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;
const QString Api = u"https://api.example:443"_s;

QString tile(const LiveWindow &f, const QString &name)
{
    const auto *found = f.find<LiveTile>(name);
    return found->note().isEmpty() ? found->value() : found->value() + u' ' + found->note();
}

} // namespace

class TestLiveTiles final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void nowMostAndLimit();
    void limitsOfQueueAndRate();
    void drainingIsTold();
    void elapsedOfTheRun();
    void elapsedWithoutARun();
    void finalStateIsShownAtOnce();
    void finalStateWaitsForWhatIsInFlight();
    void fewRequestsSayLittle_data();
    void fewRequestsSayLittle();
    void moreTilesWhereThereIsRoom();
};

void TestLiveTiles::nowMostAndLimit()
{
    LiveWindow f({1600, 700}, totalLimit(10));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 100'000, .jitter = 0, .errorShare = 1});
    f.simulation.run(Second / 2);
    f.simulation.enqueue(0, 25);
    f.simulation.run(210'000); // 20 have ended, the last 5 are in flight.
    f.show();
    QCOMPARE(tile(f, u"tileInFlight"_s), u"5 / 10 / 10"_s);
    QCOMPARE(tile(f, u"tileQueued"_s), u"0 / 15"_s);
    QTRY_VERIFY(f.find<LiveTile>(u"tileLimited"_s)->note().contains(u"20 in all"_s));
    QVERIFY(f.find<LiveTile>(u"tileErrors"_s)->note().contains(u"20 in all"_s));
    f.simulation.run(20 * Second);
    f.show();
    QTRY_COMPARE(tile(f, u"tileDone"_s), u"0 / 25"_s);
    QCOMPARE(tile(f, u"tileErrors"_s), u"0 / 25, 25 in all"_s);
    QCOMPARE(tile(f, u"tileP95"_s), u"100 ms / 100 ms"_s);
    f.limits.edit(totalLimit(4)); // The most is that of the limits in force.
    f.simulation.enqueue(0, 3);
    f.simulation.run(150'000);
    f.show();
    QTRY_COMPARE(tile(f, u"tileInFlight"_s), u"0 / 3 / 4"_s);
}

void TestLiveTiles::limitsOfQueueAndRate()
{
    Limits limits = totalLimit(2);
    limits.queueMax = 50;
    limits.rate = {.perSecond = 12.5, .burst = 1};
    LiveWindow f({1600, 700}, limits);
    f.simulation.addServer({.endpoint = Api, .serviceUs = 100'000, .jitter = 0});
    f.simulation.enqueue(0, 30);
    f.run(50'000);
    QVERIFY2(tile(f, u"tileQueued"_s).startsWith(u"29 / 30 / 50, oldest"_s)
                 || tile(f, u"tileQueued"_s).startsWith(u"29 / 29 / 50, oldest"_s),
             qPrintable(tile(f, u"tileQueued"_s)));
    QVERIFY2(tile(f, u"tileDone"_s).endsWith(u"/ 13"_s), qPrintable(tile(f, u"tileDone"_s)));
}

void TestLiveTiles::drainingIsTold()
{
    LiveWindow f({1600, 700}, totalLimit(10));
    f.simulation.addServer({.endpoint = Api, .serviceUs = Second, .jitter = 0});
    f.simulation.enqueue(0, 10);
    f.run(100'000);
    f.limits.edit(totalLimit(4));
    f.show();
    QTRY_COMPARE(tile(f, u"tileInFlight"_s), u"10 / 10 / 4, draining 6"_s);
}

void TestLiveTiles::elapsedOfTheRun()
{
    LiveWindow f({1600, 700}, totalLimit(10));
    QCOMPARE(tile(f, u"tileElapsed"_s), u"\u2013"_s);
    RunProgress progress{.name = u"users"_s, .running = true, .elapsedUs = 0};
    f.dock->showProgress(progress);
    QCOMPARE(tile(f, u"tileElapsed"_s), u"0 s"_s);
    f.simulation.addServer({.endpoint = Api, .arrivalsPerSecond = 50});
    f.run(12 * Second);
    progress.elapsedUs = 12 * Second;
    progress.leftUs = 6 * Second;
    f.dock->showProgress(progress);
    f.run(Second / 10);
    QTRY_COMPARE(tile(f, u"tileElapsed"_s), u"12 s 6 s left"_s);
    progress.running = false;
    progress.elapsedUs = 125 * Second;
    f.dock->showProgress(progress);
    QCOMPARE(tile(f, u"tileElapsed"_s), u"2 min 5 s"_s); // At once, and without what is left.
    f.run(30 * Second);
    QCOMPARE(tile(f, u"tileElapsed"_s), u"2 min 5 s"_s);
}

/** From the first request to the last, by the simulated clock. */
void TestLiveTiles::elapsedWithoutARun()
{
    LiveWindow f({1600, 700}, totalLimit(10));
    f.simulation.addServer({.endpoint = Api, .serviceUs = Second / 2, .jitter = 0});
    f.simulation.enqueue(0, 1);
    f.simulation.run(7 * Second);
    f.simulation.enqueue(0, 1);
    f.run(100'000);
    QCOMPARE(tile(f, u"tileElapsed"_s), u"7 s"_s);
    f.run(100 * Second); // It has ended long ago.
    QTRY_COMPARE(tile(f, u"tileElapsed"_s), u"8 s"_s);
}

void TestLiveTiles::finalStateIsShownAtOnce()
{
    LiveWindow f({1600, 700}, totalLimit(10));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 100'000, .jitter = 0});
    RunProgress progress{.name = u"users"_s, .running = true, .planned = 30};
    f.dock->showProgress(progress);
    f.simulation.enqueue(0, 30);
    f.run(50'000);
    QCOMPARE(f.find<LiveTile>(u"tileInFlight"_s)->value(), u"10"_s);
    f.run(350'000); // Numbers change twice a second: these are not shown yet.
    QCOMPARE(f.find<LiveTile>(u"tileInFlight"_s)->value(), u"10"_s);
    progress.running = false;
    progress.done = 1204;
    progress.elapsedUs = Second;
    f.dock->showProgress(progress);
    QCOMPARE(f.find<LiveTile>(u"tileInFlight"_s)->value(), u"0"_s);
    QCOMPARE(f.find<LiveTile>(u"tileQueued"_s)->value(), u"0"_s);
    QVERIFY(
        f.find<QLabel>(u"liveStatus"_s)->text().startsWith(u"Finished, 1,204 requests, in 1 s"_s));
}

void TestLiveTiles::finalStateWaitsForWhatIsInFlight()
{
    LiveWindow f({1600, 700}, totalLimit(10));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 100'000, .jitter = 0});
    RunProgress progress{.name = u"users"_s, .running = true};
    f.dock->showProgress(progress);
    f.simulation.enqueue(0, 10);
    f.run(50'000);
    progress.running = false; // Stopped while requests are in flight, or told before they end.
    f.dock->showProgress(progress);
    QCOMPARE(f.find<LiveTile>(u"tileInFlight"_s)->value(), u"10"_s);
    f.run(Second);
    QCOMPARE(f.find<LiveTile>(u"tileInFlight"_s)->value(), u"0"_s);
}

void TestLiveTiles::fewRequestsSayLittle_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("slow");
    QTest::addColumn<QString>("median");
    QTest::addColumn<bool>("isPale");

    QTest::newRow("19") << 19 << u"\u2013 / \u2013"_s << u"\u2013 p99 \u2013"_s << true;
    QTest::newRow("20") << 20 << u"40 ms / 40 ms"_s << u"40 ms p99 ~40 ms"_s << true;
    QTest::newRow("99") << 99 << u"40 ms / 40 ms"_s << u"40 ms p99 ~40 ms"_s << true;
    QTest::newRow("100") << 100 << u"40 ms / 40 ms"_s << u"40 ms p99 40 ms"_s << false;
}

void TestLiveTiles::fewRequestsSayLittle()
{
    QFETCH(int, count);
    QFETCH(bool, isPale);
    LiveWindow f({1900, 500}, totalLimit(10));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 40'000, .jitter = 0});
    f.simulation.addServer({.endpoint = u"https://cdn.example:443"_s, .serviceUs = 40'000});
    f.simulation.enqueue(0, count);
    f.run(2 * Second);
    const QString slow = tile(f, u"tileP95"_s);
    QTEST(slow, "slow");
    QTEST(tile(f, u"tileP50"_s), "median");
    QCOMPARE(f.find<LiveTile>(u"tileP50"_s)->isNotePale(), isPale);
    const QString tip = f.find<HostRow>()->toolTip();
    QVERIFY2(tip.contains(count < 20    ? u"p50 \u2013, p95 \u2013, p99 \u2013"_s
                          : count < 100 ? u"p95 40 ms, p99 ~40 ms"_s
                                        : u"p95 40 ms, p99 40 ms"_s),
             qPrintable(tip));
}

void TestLiveTiles::moreTilesWhereThereIsRoom()
{
    LiveWindow f({2200, 500}, totalLimit(10));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 40'000});
    f.simulation.enqueue(0, 30);
    f.run(Second);
    QApplication::processEvents();
    QVERIFY(f.find<LiveTile>(u"tileSockets"_s)->isVisible());
    QVERIFY(f.find<LiveTile>(u"tileP50"_s)->isVisible());
    f.window.resize(1280, 500);
    QTRY_VERIFY(!f.find<LiveTile>(u"tileSockets"_s)->isVisible());
    QCOMPARE(f.window.width(), 1280);
    for (const LiveTile *each : f.dock->findChildren<LiveTile *>())
        QVERIFY2(!each->isVisible() || !each->shownNote().contains(u'\u2026'),
                 qPrintable(each->objectName() + u": "_s + each->shownNote()));
    f.window.resize(2200, 500);
    QTRY_VERIFY(f.find<LiveTile>(u"tileSockets"_s)->isVisible());
}

QTEST_MAIN(TestLiveTiles)
#include "tst_livetiles.moc"

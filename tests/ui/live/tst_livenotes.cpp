// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the live view notes on the time axis by itself: drawn, listed and announced.
#include "tests/ui/live/livewindow.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/eventtable.h"
#include "ui/live/limithandle.h"
#include "ui/live/liveevents.h"
#include "ui/live/livemarks.h"
#include "ui/theme/mode.h"
#include "ui/widgets/announcer.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDateTime>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;
const QString Api = u"https://api.example:443"_s;

QStringList drawn(LiveWindow &f)
{
    QStringList texts;
    for (const ChartMark &mark : chartMarks(*f.simulation.snapshot()))
        texts << mark.text;
    return texts;
}

QStringList listed(const LiveWindow &f)
{
    QStringList texts;
    const QAbstractItemModel *model = f.find<EventTable>()->model();
    for (int row = 0; row < model->rowCount(); ++row)
        texts << model->index(row, 1).data().toString();
    return texts;
}

} // namespace

class TestLiveNotes final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void marksAreDrawnListedAndAnnounced_data();
    void marksAreDrawnListedAndAnnounced();
    void linesAreOnTheChart();
    void labelOfJustNowIsDrawn();
    void editOfTheCollectionIsNotADrag();
    void eventsAreNewestFirst();
    void eventIsGoneToByKeyboard();
    void eventsTellTheTimeOnTheWall();
    void furtherOnesAreListedButNotAnnounced();
};

void TestLiveNotes::marksAreDrawnListedAndAnnounced_data()
{
    QTest::addColumn<LiveMark>("mark");
    QTest::addColumn<QString>("drawn");
    QTest::addColumn<QString>("listed");

    const auto mark = [](LiveMark::Kind kind) {
        return LiveMark{.kind = kind, .atUs = 10 * Second + 1, .endpoint = Api};
    };
    QTest::newRow("first 429") << mark(LiveMark::Kind::FirstLimited) << u"first 429"_s
                               << u"First 429 from api.example"_s;
    LiveMark hold = mark(LiveMark::Kind::HoldBegan);
    QTest::newRow("hold") << hold << u"api.example on hold"_s << u"api.example on hold"_s;
    hold.untilUs = hold.atUs + 5 * Second;
    QTest::newRow("Retry-After") << hold << u"Retry-After 5 s: api.example"_s
                                 << u"api.example on hold for 5 s: Retry-After"_s;
    QTest::newRow("end of it") << mark(LiveMark::Kind::HoldEnded) << u"api.example goes on"_s
                               << u"api.example no longer on hold"_s;
    LiveMark down = mark(LiveMark::Kind::HostDown);
    down.error = ErrorCode::ConnectionRefused;
    QTest::newRow("refused") << down << u"api.example down"_s
                             << u"api.example is down: connection refused"_s;
    down.error = ErrorCode::HostNotFound;
    QTest::newRow("no such host") << down << u"api.example down"_s
                                  << u"api.example is down: no such host"_s;
    QTest::newRow("up again") << mark(LiveMark::Kind::HostUp) << u"api.example answers again"_s
                              << u"api.example answers again"_s;
}

void TestLiveNotes::marksAreDrawnListedAndAnnounced()
{
    QFETCH(LiveMark, mark);
    QFETCH(QString, listed);
    LiveSnapshot before;
    before.atUs = 10 * Second;
    LiveSnapshot now = before;
    now.atUs = 11 * Second;
    now.marks = {mark};
    const std::vector<ChartMark> marks = chartMarks(now);
    QCOMPARE(marks.size(), 1u);
    QTEST(marks[0].text, "drawn");
    QCOMPARE(liveEvents(&before, now), QStringList{listed});
    QVERIFY(liveEvents(&now, now).isEmpty());
    const std::vector<LiveEvent> events = eventList(now);
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0].text, listed);
}

/** From the outage in the queue to the pixels of the chart. */
void TestLiveNotes::linesAreOnTheChart()
{
    LiveWindow f({1600, 700}, totalLimit(4));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .arrivalsPerSecond = 50});
    f.run(20 * Second);
    auto *chart = f.find<ConcurrencyChart>();
    const qint64 atUs = f.simulation.clock().nowUs();
    f.simulation.server(0).error = ErrorCode::ConnectionRefused;
    f.simulation.run(20 * Second);
    const LiveSnapshotPtr with = f.simulation.snapshot();
    auto without = std::make_shared<LiveSnapshot>(*with);
    without->marks.clear();
    chart->setSnapshot(without);
    const QImage before = chart->grab().toImage();
    chart->setSnapshot(with);
    const QImage after = chart->grab().toImage();
    const int x = int(std::round(chart->chartGeometry().mapTimeToX(with->marks.at(0).atUs)));
    QVERIFY(std::abs(with->marks.at(0).atUs - atUs) < Second / 2);
    int changed = 0;
    int elsewhere = 0;
    const QRect plot = chart->chartGeometry().plot.toRect();
    for (int y = plot.top() + 60; y < plot.bottom(); ++y) {
        changed += before.pixel(x, y) != after.pixel(x, y);
        elsewhere += before.pixel(x - 20, y) != after.pixel(x - 20, y);
    }
    QVERIFY2(changed > (plot.height() - 60) / 4, qPrintable(QString::number(changed)));
    QCOMPARE(elsewhere, 0);
    f.show();
    QTRY_COMPARE(listed(f), QStringList{u"api.example is down: connection refused"_s});
    QCOMPARE(f.find<Announcer>(u"liveEvent"_s)->text(),
             u"api.example is down: connection refused"_s);
}

/** Where there is no room right of its line, a label stands left of it. */
void TestLiveNotes::labelOfJustNowIsDrawn()
{
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 70 * Second;
    snapshot->startedUs = Second;
    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.resize(900, 300);
    chart.setSnapshot(snapshot);
    const QImage before = chart.grab().toImage();
    auto marked = std::make_shared<LiveSnapshot>(*snapshot);
    marked->marks = {{LiveMark::Kind::HostDown, 69 * Second, Api}};
    chart.setSnapshot(marked);
    const QImage after = chart.grab().toImage();
    const int x = int(chart.chartGeometry().mapTimeToX(69 * Second));
    const int top = int(chart.chartGeometry().plot.top());
    QVERIFY(before.copy(x - 80, top, 70, 14) != after.copy(x - 80, top, 70, 14));
}

void TestLiveNotes::editOfTheCollectionIsNotADrag()
{
    LiveWindow f({1600, 700}, totalLimit(16));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .arrivalsPerSecond = 50});
    f.run(2 * Second);
    LimitHandle *handle = f.find<ConcurrencyChart>()->totalHandle();
    handle->setFocus();
    QTest::keyClick(handle, Qt::Key_Up);
    QTest::keyClick(handle, Qt::Key_Return);
    QCOMPARE(f.simulation.queue().limits().total, 17);
    f.run(2 * Second);
    f.limits.load(totalLimit(24)); // As when the file changes, or its history is gone through.
    f.run(2 * Second);
    f.undoStack.undo();
    f.run(2 * Second);
    QCOMPARE(drawn(f),
             (QStringList{u"16 \u2192 17"_s, u"collection: 17 \u2192 24"_s, u"24 \u2192 16"_s}));
    QTRY_COMPARE(listed(f), (QStringList{u"Total limit 24 \u2192 16"_s,
                                         u"Collection edited: total limit 17 \u2192 24"_s,
                                         u"Total limit 16 \u2192 17"_s}));
}

void TestLiveNotes::eventsAreNewestFirst()
{
    LiveWindow f({1600, 700}, totalLimit(16));
    auto *table = f.find<EventTable>();
    const QAbstractItemModelTester tester(table->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .arrivalsPerSecond = 50});
    f.run(2 * Second);
    f.simulation.metrics().addNote(f.simulation.clock().nowUs(), u"cache is cold"_s);
    f.run(2 * Second);
    QTRY_COMPARE(listed(f), QStringList{u"Note: cache is cold"_s});
    const QPersistentModelIndex note = table->model()->index(0, 1);
    f.simulation.queue().pause();
    f.run(2 * Second);
    QTRY_COMPARE(listed(f), (QStringList{u"Dispatch paused"_s, u"Note: cache is cold"_s}));
    QCOMPARE(note.row(), 1); // What is read stays where it is in the list.
}

void TestLiveNotes::eventIsGoneToByKeyboard()
{
    LiveWindow f({1600, 700}, totalLimit(16));
    f.simulation.addServer({.endpoint = Api, .serviceUs = 20'000, .arrivalsPerSecond = 50});
    f.run(10 * Second);
    const qint64 atUs = f.simulation.clock().nowUs();
    f.simulation.metrics().addNote(atUs, u"cache is cold"_s);
    f.run(200 * Second);
    auto *table = f.find<EventTable>();
    QTRY_COMPARE(table->model()->rowCount(), 1);
    auto *tabs = f.find<QTabWidget>();
    tabs->setCurrentWidget(table);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    const LiveView view = f.simulation.metrics().view();
    QCOMPARE(view.endUs - view.spanUs / 2, atUs);
}

void TestLiveNotes::eventsTellTheTimeOnTheWall()
{
    EventTable table;
    LiveSnapshot snapshot;
    snapshot.atUs = 100 * Second;
    snapshot.startedUs = 10 * Second;
    snapshot.marks = {{LiveMark::Kind::Paused, 75 * Second}};
    table.showSnapshot(snapshot);
    QCOMPARE(table.model()->index(0, 0).data().toString(), u"1:05"_s);
    const QDateTime now(QDate(2026, 3, 1), QTime(12, 2, 25));
    snapshot.wallMs = now.toMSecsSinceEpoch();
    table.showSnapshot(snapshot);
    QCOMPARE(table.model()->index(0, 0).data().toString(), u"12:02:00"_s);
}

void TestLiveNotes::furtherOnesAreListedButNotAnnounced()
{
    LiveSnapshot before;
    LiveSnapshot now;
    now.atUs = 11 * Second;
    now.marks = {{LiveMark::Kind::Limited, Second, Api},
                 {LiveMark::Kind::Note, Second, {}, u"x"_s}};
    QVERIFY(liveEvents(&before, now).isEmpty());
    QCOMPARE(eventList(now).size(), 2u);
    QCOMPARE(eventList(now)[0].text, u"429 from api.example again"_s);
}

QTEST_MAIN(TestLiveNotes)
#include "tst_livenotes.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"
#include "tests/support/livesimulation.h"
#include "ui/live/chartcolumns.h"
#include "ui/live/liveevents.h"
#include "ui/live/livetablemodel.h"
#include "ui/live/livetext.h"
#include "ui/live/throughputchart.h"
#include "ui/widgets/announcementgate.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr qint64 Second = 1'000'000;

Limits total(int limit)
{
    Limits limits;
    limits.total = limit;
    return limits;
}

} // namespace

/** What the live view tells those who do not see its charts. */
class TestLiveTwin final : public QObject
{
    Q_OBJECT

private slots:
    void rowsSayWhatTheChartsShow();
    void cellsSayWhatIsDrawn();
    void rowsKeepTheirPlaceWhileNewOnesCome();
    void anotherSpanIsAnotherTable();
    void announcesAtMostEveryFiveSeconds();
    void tellsLimitsAndTheFirst429();
};

void TestLiveTwin::rowsSayWhatTheChartsShow()
{
    LiveSimulation simulation(total(4));
    simulation.addServer({.endpoint = u"https://a.example:443"_s,
                          .serviceUs = 50'000,
                          .arrivalsPerSecond = 100,
                          .errorShare = 0.25});
    simulation.run(10 * Second);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const std::vector<LiveTableRow> rows = liveTableRows(*snapshot);
    QVERIFY(rows.size() >= 10);
    int mostInFlight = 0;
    int mostWaiting = 0;
    quint64 done = 0;
    quint64 failed = 0;
    for (const LiveTableRow &row : rows) {
        mostInFlight = std::max(mostInFlight, row.gauges[std::size_t(LiveGauge::InFlight)].max);
        mostWaiting = std::max(mostWaiting, row.gauges[std::size_t(LiveGauge::WaitingTotal)].max);
        done += quint64(row.done);
        failed += quint64(row.failed);
    }
    QCOMPARE(mostInFlight, 4);
    QCOMPARE(mostWaiting, snapshot->peakQueued);
    QCOMPARE(done, snapshot->done);
    QCOMPARE(failed, snapshot->failed);
    QVERIFY(rows[5].p50Us > 0);
}

/** Cell by cell: the bars, the points and the columns that the charts are painted from. */
void TestLiveTwin::cellsSayWhatIsDrawn()
{
    LiveSimulation simulation(total(4));
    simulation.addServer({.endpoint = u"https://a.example:443"_s,
                          .serviceUs = 50'000,
                          .arrivalsPerSecond = 100,
                          .errorShare = 0.25});
    simulation.run(20 * Second);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    LiveTableModel model;
    model.setSnapshot(snapshot);
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    const std::vector<LiveTableRow> rows = liveTableRows(*snapshot);
    const auto bars = throughputBars(snapshot->series, Second, snapshot->atUs);
    QVERIFY(bars.size() >= 20);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        QCOMPARE(bars[i].beginUs, rows[i].beginUs);
        QCOMPARE(cell(int(i), LiveTableModel::DoneColumn), rateText(bars[i].sum()));
        QCOMPARE(cell(int(i), LiveTableModel::FailedColumn), rateText(bars[i].failed()));
    }
    std::size_t known = 0;
    for (const LatencyPoint &point : snapshot->latency.points) {
        const auto row = std::ranges::find(rows, point.beginUs, &LiveTableRow::beginUs);
        QVERIFY(row != rows.end());
        const std::tuple<int, double, qint64> cells[] = {
            {LiveTableModel::P50Column, 50, point.p50Us},
            {LiveTableModel::P95Column, 95, point.p95Us},
            {LiveTableModel::P99Column, 99, point.p99Us},
            {LiveTableModel::P50TotalColumn, 50, point.p50TotalUs},
            {LiveTableModel::P95TotalColumn, 95, point.p95TotalUs},
            {LiveTableModel::P99TotalColumn, 99, point.p99TotalUs}};
        for (const auto &[column, percent, us] : cells)
            QCOMPARE(cell(int(row - rows.begin()), column),
                     percentileText(us, percent, point.count));
        known += point.p50TotalUs > point.p50Us;
    }
    QVERIFY(known > 10);    // The queue is in them.
    ChartGeometry geometry; // A column a second, on whole seconds.
    geometry.plot = QRectF(0, 0, 20, 100);
    geometry.spanUs = 20 * Second;
    geometry.endUs = rows.back().beginUs + Second;
    std::vector<ChartColumn> columns;
    fillColumns(snapshot->series, geometry, snapshot->atUs, columns);
    for (std::size_t i = 1; i + 1 < columns.size(); ++i) {
        const qint64 beginUs = geometry.beginUs() + qint64(i) * Second;
        const auto row = std::ranges::find(rows, beginUs, &LiveTableRow::beginUs);
        QVERIFY(row != rows.end());
        for (std::size_t gauge = 0; gauge < LiveGaugeCount; ++gauge) {
            QCOMPARE(row->gauges[gauge].max, columns[i].max[gauge]);
            QCOMPARE(row->gauges[gauge].min, columns[i].min[gauge]);
        }
    }
}

void TestLiveTwin::rowsKeepTheirPlaceWhileNewOnesCome()
{
    LiveSimulation simulation(total(4));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = 50'000, .arrivalsPerSecond = 60});
    LiveTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    simulation.run(50 * Second);
    model.setSnapshot(simulation.snapshot());
    const QPersistentModelIndex reading(model.index(20, LiveTableModel::DoneColumn));
    const auto timeOf = [](const QModelIndex &at) {
        return at.siblingAtColumn(LiveTableModel::TimeColumn).data().toString();
    };
    const QString time = timeOf(reading);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    simulation.run(20 * Second); // The oldest seconds leave the minute that is shown.
    model.setSnapshot(simulation.snapshot());
    QCOMPARE(reset.count(), 0);
    QVERIFY(reading.isValid() && reading.row() < 20);
    QCOMPARE(timeOf(reading), time);
    model.setSnapshot(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestLiveTwin::anotherSpanIsAnotherTable()
{
    LiveSimulation simulation(total(4));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = 50'000, .arrivalsPerSecond = 60});
    simulation.run(30 * Second);
    LiveTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto late = std::make_shared<LiveSnapshot>(*simulation.snapshot());
    model.setSnapshot(late);
    const int all = model.rowCount();
    auto early = std::make_shared<LiveSnapshot>(*late);
    early->series.buckets.resize(early->series.buckets.size() / 2);
    model.setSnapshot(early);
    QVERIFY(model.rowCount() < all);
    model.setSnapshot(late);
    QCOMPARE(model.rowCount(), all);
}

void TestLiveTwin::announcesAtMostEveryFiveSeconds()
{
    FakeClock clock;
    AnnouncementGate gate(clock);
    QCOMPARE(gate.waitUs(), qint64(-1));
    gate.add(u"limit 8"_s);
    QCOMPARE(gate.take(), u"limit 8"_s);
    gate.add(u"limit 9"_s);
    gate.add(u"first 429"_s);
    gate.add(u"limit 9"_s);
    QVERIFY(!gate.take());
    clock.advanceUs(AnnouncementGate::IntervalUs - 1);
    QVERIFY(!gate.take());
    QCOMPARE(gate.waitUs(), qint64(1));
    clock.advanceUs(1);
    QCOMPARE(gate.take(), u"limit 9. first 429"_s);
    QVERIFY(!gate.take());
    QCOMPARE(gate.waitUs(), qint64(-1));
}

void TestLiveTwin::tellsLimitsAndTheFirst429()
{
    LiveSnapshot before;
    before.atUs = 10 * Second;
    before.epochs = {{.number = 1, .limits = total(16)}};
    LiveSnapshot now = before;
    now.atUs = 11 * Second;
    QVERIFY(liveEvents(&before, now).isEmpty());
    now.epochs.push_back({.number = 2, .limits = total(24)});
    now.marks = {{LiveMark::Kind::FirstLimited, 10 * Second + 1, u"https://a.example:443"_s}};
    const QStringList events = liveEvents(&before, now);
    QCOMPARE(events.size(), 2);
    QVERIFY2(events[0].contains(u"16"_s) && events[0].contains(u"24"_s), qPrintable(events[0]));
    QCOMPARE(events[1], u"First 429 from a.example"_s);
    QVERIFY(liveEvents(&now, now).isEmpty());
}

QTEST_GUILESS_MAIN(TestLiveTwin)
#include "tst_livetwin.moc"

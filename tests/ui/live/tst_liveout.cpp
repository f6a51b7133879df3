// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/chartexport.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/epochmodel.h"
#include "ui/live/epochtable.h"
#include "ui/live/hostheatmap.h"
#include "ui/live/latencychart.h"
#include "ui/live/rangebar.h"
#include "ui/live/rangeexport.h"
#include "ui/live/waterfall.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

} // namespace

/** What is taken out of the live view: numbers, pictures and what sets of limits brought. */
class TestLiveOut final : public QObject
{
    Q_OBJECT

private slots:
    void epochsAreCompared();
    void exportsNumbersAndPictures();
    void everyPanelExportsWhatItShows();
    void rangeIsExported();
    void twoEpochsAreComparedInALine();
};

void TestLiveOut::epochsAreCompared()
{
    LiveSimulation simulation(totalLimit(2));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = 40'000, .jitter = 0});
    simulation.enqueue(0, 4000);
    simulation.run(10 * Second);
    simulation.setLimits(totalLimit(8));
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
    QVERIFY(!model.index(1, EpochModel::P99Column).data(Qt::ForegroundRole).isValid());
    const QStringList csv = model.toCsv().split(u'\n');
    QCOMPARE(csv.size(), 4);
    QVERIFY(csv[1].startsWith(u"1,2,0,0,10000000,"_s));
}

void TestLiveOut::exportsNumbersAndPictures()
{
    LiveSimulation simulation(totalLimit(16));
    simulateShop(simulation);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const QStringList lines = seriesCsv(*snapshot).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), qsizetype(snapshot->series.buckets.size()) + 1);
    const auto cells = lines[0].count(u',') + 1;
    QCOMPARE(cells, qsizetype(1 + 3 * LiveGaugeCount + ReplyClassCount + 6));
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

void TestLiveOut::everyPanelExportsWhatItShows()
{
    LiveSimulation simulation(totalLimit(16));
    simulateShop(simulation);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    LiveCrosshair crosshair;
    LatencyChart latency(&crosshair);
    HostHeatmap hosts(&crosshair);
    Waterfall requests(&crosshair);
    for (TimePanel *panel : std::initializer_list<TimePanel *>{&latency, &hosts, &requests}) {
        panel->resize(900, 240);
        panel->setSnapshot(snapshot);
    }
    const auto linesOf = [&](const TimePanel &panel) {
        return panel.csv(*snapshot).split(u'\n', Qt::SkipEmptyParts);
    };
    const QStringList steps = linesOf(latency);
    QCOMPARE(steps.size(), qsizetype(snapshot->latency.points.size()) + 1);
    QCOMPARE(steps[0], u"seconds,count,p50_us,p95_us,p99_us,p50_with_queue_us,"
                       "p95_with_queue_us,p99_with_queue_us"_s);
    const LatencyPoint &last = snapshot->latency.points.back();
    QVERIFY(last.p50Us > 0 && last.p99TotalUs >= last.p99Us);
    QVERIFY2(steps.last().endsWith(u",%1,%2,%3,%4,%5,%6"_s.arg(last.p50Us)
                                       .arg(last.p95Us)
                                       .arg(last.p99Us)
                                       .arg(last.p50TotalUs)
                                       .arg(last.p95TotalUs)
                                       .arg(last.p99TotalUs)),
             qPrintable(steps.last()));
    // The steps of the series carry them, too.
    const QStringList series = seriesCsv(*snapshot).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(std::ranges::any_of(series, [&](const QString &line) {
        return line.endsWith(
            u",%1,%2,%3"_s.arg(last.p50TotalUs).arg(last.p95TotalUs).arg(last.p99TotalUs));
    }));
    QVERIFY(linesOf(hosts)[1].contains(u"https://api.shop.example:443"_s));
    QVERIFY(linesOf(requests)[0].startsWith(u"seq,request,endpoint"_s));
    QVERIFY(linesOf(requests).size() > 1000);
}

void TestLiveOut::rangeIsExported()
{
    LiveSimulation simulation(totalLimit(16));
    simulateShop(simulation);
    const qint64 nowUs = simulation.clock().nowUs();
    simulation.metrics().setView(
        {.rangeBeginUs = nowUs - 3 * Second, .rangeEndUs = nowUs - Second});
    const LiveSnapshotPtr recent = simulation.snapshot();
    QVERIFY(recent->range.isExact);
    const QStringList requests = rangeCsv(*recent).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(requests.size(), qsizetype(recent->range.done) + 1);
    QVERIFY(requests[0].startsWith(u"seq,request,endpoint"_s));
    const QString text = rangeText(recent->range);
    QVERIFY(text.contains(u"Little's law"_s));
    QVERIFY(text.contains(u"p95"_s));
    simulation.metrics().setView(
        {.rangeBeginUs = nowUs - 50 * Second, .rangeEndUs = nowUs - 40 * Second});
    const LiveSnapshotPtr past = simulation.snapshot();
    QVERIFY(!past->range.isExact);
    const QStringList steps = rangeCsv(*past).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(steps[0].startsWith(u"seconds,"_s));
    QVERIFY(steps.size() > 200 && steps.size() < qsizetype(past->series.buckets.size()));
}

void TestLiveOut::twoEpochsAreComparedInALine()
{
    LiveSimulation simulation(totalLimit(2));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = 40'000, .jitter = 0});
    simulation.enqueue(0, 4000);
    simulation.run(10 * Second);
    simulation.setLimits(totalLimit(8));
    simulation.run(10 * Second);
    EpochTable table;
    const QAbstractItemModelTester tester(table.view()->model());
    table.setSnapshot(simulation.snapshot());
    QVERIFY(table.comparison().contains(u"Select two"_s));
    table.view()->selectAll();
    QVERIFY2(
        table.comparison().startsWith(
            u"2 \u2192 8: done 50/s \u2192 200/s (+300 %) \u00B7 p50 40 ms \u2192 40 ms (same)"_s),
        qPrintable(table.comparison()));
    // A third set of limits comes in on top; what is selected stays.
    simulation.setLimits(totalLimit(4));
    simulation.run(2 * Second);
    table.setSnapshot(simulation.snapshot());
    QCOMPARE(table.view()->model()->rowCount(), 3);
    QVERIFY(table.comparison().startsWith(u"2 \u2192 8"_s));
    QSignalSpy ranges(&table, &EpochTable::rangeRequested);
    emit table.view()->activated(table.view()->model()->index(1, 0));
    QCOMPARE(ranges.first()[1].toLongLong() - ranges.first()[0].toLongLong(), 10 * Second);
}

QTEST_MAIN(TestLiveOut)
#include "tst_liveout.moc"

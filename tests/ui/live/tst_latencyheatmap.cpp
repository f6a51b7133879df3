// SPDX-License-Identifier: GPL-3.0-or-later
//
// The latency chart: what its modes draw, the heatmap by mouse and keyboard, its numbers elsewhere,
// and how little is said of percentiles of few requests.
#include "tests/ui/live/livefixture.h"
#include "ui/live/chartexport.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/epochmodel.h"
#include "ui/live/latencycellsmodel.h"
#include "ui/live/latencychart.h"
#include "ui/live/liveaccessible.h"
#include "ui/live/livetable.h"
#include "ui/live/livetext.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <cmath>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

Limits total(int limit)
{
    Limits limits;
    limits.total = limit;
    return limits;
}

/** A minute in which every second had the same percentiles, of \a count requests. */
std::shared_ptr<LiveSnapshot> steady(quint64 count)
{
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 70 * Second;
    snapshot->startedUs = Second;
    for (qint64 second = 10; second < 70; ++second)
        snapshot->latency.points.push_back({.beginUs = second * Second,
                                            .count = count,
                                            .p50Us = 40'000,
                                            .p95Us = 60'000,
                                            .p99Us = 100'000,
                                            .p50TotalUs = 300'000,
                                            .p95TotalUs = 500'000,
                                            .p99TotalUs = 800'000});
    return snapshot;
}

/** Two seconds of a heatmap: 1 and 100 requests in the one, 10 in the other. */
LiveSnapshotPtr heated()
{
    auto snapshot = steady(200);
    const auto bucket = [](qint64 us) { return quint8(LatencyBuckets::of(us)); };
    auto map = std::make_shared<LatencyHeatmap>();
    map->columns = {
        {40 * Second, {{bucket(20'000), 1}, {bucket(35'000), 100}}, {{bucket(500'000), 101}}},
        {50 * Second, {{bucket(50'000), 10}}, {{bucket(900'000), 10}}},
    };
    snapshot->heatmap = map;
    return snapshot;
}

/** How the row of pixels at \a y of the plot is covered by \a color: pixels, and stretches. */
std::pair<int, int> coverage(const QImage &picture, const QRectF &plot, double y,
                             const QColor &color, int near = 90)
{
    int pixels = 0;
    int stretches = 0;
    bool was = false;
    const auto isNear = [&color, near](const QColor &other) {
        return std::abs(color.red() - other.red()) + std::abs(color.green() - other.green())
                   + std::abs(color.blue() - other.blue())
               < near;
    };
    for (int x = int(plot.left()) + 40; x < int(plot.right()) - 40; ++x) {
        bool is = false;
        for (int by = -1; by <= 1; ++by)
            is = is || isNear(picture.pixelColor(x, int(std::round(y)) + by));
        pixels += is;
        stretches += is && !was;
        was = is;
    }
    return {pixels, stretches};
}

double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
           + 0.0722 * linear(color.blueF());
}

struct Chart
{
    LiveCrosshair crosshair;
    LatencyChart chart{&crosshair};

    explicit Chart(LatencyChart::Mode mode, LiveSnapshotPtr snapshot)
    {
        chart.resize(900, 240);
        chart.show();
        chart.setMode(mode);
        chart.setSnapshot(std::move(snapshot));
    }
    QPoint cell(qint64 atUs, qint64 us) const
    {
        return chart.heatmap()
            .cellRect(chart.chartGeometry(), chart.heatmap().range(), atUs, LatencyBuckets::of(us))
            .center()
            .toPoint();
    }
};

} // namespace

class TestLatencyHeatmap final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeMode::Light);
        installLiveAccessibility();
    }
    void init() { qApp->setPalette(Theme::lightMode().palette()); }
    void inclQueueIsDotted_data();
    void inclQueueIsDotted();
    void modeIsChosenByKeyboard();
    void cellsAreColoured_data();
    void cellsAreColoured();
    void coloursStandOutAndDiffer();
    void hoverTellsRangeAndCount();
    void keysGoThroughTheCells();
    void keysBeginAtTheNewest();
    void summaryTellsWhatIsShown();
    void numbersAndPicturesGoOut();
    void tableHasTheSameNumbers();
    void tableKeepsItsPlace();
    void tableOfTheChartThatHasTheKeyboard();
    void hiddenHeatmapIsNotWorkedOut();
    void fewRequestsSayLittle_data();
    void fewRequestsSayLittle();
    void epochsSayLittleOfFew();
    void bucketsHaveNames_data();
    void bucketsHaveNames();
};

void TestLatencyHeatmap::inclQueueIsDotted_data()
{
    QTest::addColumn<LatencyChart::Mode>("mode");
    QTest::addColumn<bool>("onWire");
    QTest::addColumn<bool>("dotted");

    QTest::newRow("on the wire") << LatencyChart::Mode::OnWire << true << false;
    QTest::newRow("incl. queue") << LatencyChart::Mode::WithQueue << false << false;
    QTest::newRow("both") << LatencyChart::Mode::Both << true << true;
}

void TestLatencyHeatmap::inclQueueIsDotted()
{
    QFETCH(LatencyChart::Mode, mode);
    QFETCH(bool, onWire);
    QFETCH(bool, dotted);
    Chart c(mode, steady(500));
    const QImage picture = c.chart.grab().toImage();
    const QRectF plot = c.chart.chartGeometry().plot;
    const LogRange range = mode == LatencyChart::Mode::OnWire ? LogRange::around(40'000, 100'000)
                           : mode == LatencyChart::Mode::Both ? LogRange::around(40'000, 800'000)
                                                              : LogRange::around(300'000, 800'000);
    const auto y = [&](double us) { return plot.bottom() - range.fraction(us) * plot.height(); };
    const int all = int(plot.width()) - 80;
    const auto [wire, wireParts] = coverage(picture, plot, y(100'000), Theme::lightMode().p99);
    if (onWire)
        QVERIFY2(wire > all - 4 && wireParts < 4, qPrintable(QString::number(wire)));
    if (mode == LatencyChart::Mode::OnWire)
        return;
    // Small dots blend with the paper.
    const auto [queued, queuedParts] =
        coverage(picture, plot, y(800'000), Theme::lightMode().p99, 300);
    if (dotted)
        QVERIFY2(queuedParts > all / 12 && queued < all * 2 / 3,
                 qPrintable(u"%1 in %2"_s.arg(queued).arg(queuedParts)));
    else
        QVERIFY(queued > all - 4);
}

void TestLatencyHeatmap::modeIsChosenByKeyboard()
{
    LiveFixture f(total(8));
    f.dock->setMoreCharts(true);
    f.simulation.addServer({.endpoint = u"https://a.example:443"_s});
    f.simulation.enqueue(0, 300);
    f.run(5 * Second);
    auto *button = f.find<QToolButton>(u"latencyMode"_s);
    QVERIFY(button->focusPolicy() & Qt::TabFocus);
    button->setFocus();
    // The menu is modal: what is typed has to be on its way before.
    QTimer::singleShot(0, button, [button] {
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Down, Qt::Key_Down})
            QTest::keyClick(button->menu(), key);
        QTest::keyClick(button->menu(), Qt::Key_Return);
    });
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_COMPARE(button->text(), u"heatmap"_s);
    auto *chart = f.find<LatencyChart>();
    QVERIFY(chart->isHeatmap());
    chart->setMode(LatencyChart::Mode::QueueHeatmap);
    QCOMPARE(button->text(), u"queue heatmap"_s);
    chart->setMode(LatencyChart::Mode::Heatmap);
    QVERIFY(f.simulation.metrics().view().wantsHeatmap);
    f.show();
    QVERIFY(!chart->heatmap().isEmpty());
    QCOMPARE(chart->heatmap().count(), quint64(300));
    // Zooming and scrolling take it along.
    QTest::keyClick(chart, Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(f.simulation.metrics().view().wantsHeatmap);
    QTest::keyClick(chart, Qt::Key_0, Qt::ControlModifier);
    QVERIFY(f.simulation.metrics().view().wantsHeatmap);
}

void TestLatencyHeatmap::cellsAreColoured_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestLatencyHeatmap::cellsAreColoured()
{
    QFETCH(bool, dark);
    const Theme &theme = dark ? Theme::darkMode() : Theme::lightMode();
    qApp->setPalette(theme.palette());
    Chart c(LatencyChart::Mode::Heatmap, heated());
    QImage picture = c.chart.grab().toImage();
    QCOMPARE(picture.pixelColor(c.cell(40 * Second, 20'000)), heatColor(theme, 0));
    QCOMPARE(picture.pixelColor(c.cell(40 * Second, 35'000)), heatColor(theme, 1));
    // Half of the way in ratio; shades are steps.
    const QRgb middle = picture.pixel(c.cell(50 * Second, 50'000));
    QVERIFY(middle == heatColor(theme, 7 / 15.0).rgb()
            || middle == heatColor(theme, 8 / 15.0).rgb());
    QVERIFY(picture.pixelColor(c.cell(45 * Second, 35'000)) != heatColor(theme, 1));
    c.chart.setMode(LatencyChart::Mode::QueueHeatmap);
    picture = c.chart.grab().toImage();
    QCOMPARE(picture.pixelColor(c.cell(40 * Second, 500'000)), heatColor(theme, 1));
}

void TestLatencyHeatmap::coloursStandOutAndDiffer()
{
    for (const Theme *theme : {&Theme::lightMode(), &Theme::darkMode()}) {
        const double paper = luminance(theme->background);
        double before = 0;
        for (int i = 0; i <= 15; ++i) {
            const double ink = luminance(heatColor(*theme, i / 15.0));
            const double contrast = (std::max(ink, paper) + 0.05) / (std::min(ink, paper) + 0.05);
            QVERIFY2(contrast >= 3, qPrintable(u"%1 %2"_s.arg(i).arg(contrast)));
            QVERIFY2(contrast > before, "brightness tells the order");
            before = contrast;
        }
    }
}

void TestLatencyHeatmap::hoverTellsRangeAndCount()
{
    Chart c(LatencyChart::Mode::Heatmap, heated());
    QTest::mouseMove(&c.chart, c.cell(40 * Second, 35'000));
    QCOMPARE(c.chart.crosshairText(40 * Second),
             QStringList{u"33\u201339 ms: 100 of 101 requests"_s});
    QVERIFY(c.crosshair.x().has_value());
    QTest::mouseMove(&c.chart, c.cell(40 * Second, 25'000));
    QCOMPARE(c.chart.crosshairText(40 * Second),
             QStringList{u"22\u201327 ms: 0 of 101 requests"_s});
    QCOMPARE(c.chart.crosshairText(45 * Second), QStringList{u"no requests ended"_s});
    const QImage pointed = c.chart.grab().toImage();
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&c.chart, &leave);
    QVERIFY(!c.chart.bucket());
    QVERIFY(c.chart.grab().toImage() != pointed);
    QCOMPARE(c.chart.crosshairText(40 * Second),
             (QStringList{u"101 requests"_s, u"most in 33\u201339 ms: 100"_s}));
}

void TestLatencyHeatmap::keysGoThroughTheCells()
{
    Chart c(LatencyChart::Mode::Heatmap, heated());
    const ChartGeometry geometry = c.chart.chartGeometry();
    c.crosshair.setX(geometry.mapTimeToX(40 * Second + Second / 2) - geometry.plot.left());
    QTest::keyClick(&c.chart, Qt::Key_Up); // Where most of them are.
    QCOMPARE(*c.chart.bucket(), LatencyBuckets::of(35'000));
    QTest::keyClick(&c.chart, Qt::Key_Up);
    QCOMPARE(*c.chart.bucket(), LatencyBuckets::of(40'000));
    for (int i = 0; i < 9; ++i)
        QTest::keyClick(&c.chart, Qt::Key_Down);
    QCOMPARE(*c.chart.bucket(), LatencyBuckets::of(20'000)); // No further than there are any.
    QCOMPARE(c.chart.crosshairText(40 * Second),
             QStringList{u"18\u201322 ms: 1 of 101 requests"_s});
    const QString reading =
        QAccessible::queryAccessibleInterface(&c.chart)->text(QAccessible::Description);
    QVERIFY2(reading.contains(u" ago, 18\u201322 ms: 1 of 101 requests. Heatmap of"_s),
             qPrintable(reading));
    const double before = *c.crosshair.x();
    QTest::keyClick(&c.chart, Qt::Key_Right);
    QVERIFY(*c.crosshair.x() > before);
    QTest::keyClick(&c.chart, Qt::Key_Escape);
    QVERIFY(!c.chart.bucket() && !c.crosshair.x());
}

/** Without a crosshair the keys begin at the newest step that has any. */
void TestLatencyHeatmap::keysBeginAtTheNewest()
{
    Chart c(LatencyChart::Mode::Heatmap, heated());
    QTest::keyClick(&c.chart, Qt::Key_Down);
    QCOMPARE(*c.chart.bucket(), LatencyBuckets::of(50'000));
    const ChartGeometry geometry = c.chart.chartGeometry();
    QCOMPARE(geometry.mapXToTime(geometry.plot.left() + *c.crosshair.x()) / Second, qint64(50));
}

void TestLatencyHeatmap::summaryTellsWhatIsShown()
{
    Chart c(LatencyChart::Mode::Heatmap, heated());
    QCOMPARE(c.chart.accessibleName(), u"Latency heatmap"_s);
    QCOMPARE(c.chart.summary(), u"Heatmap of latencies on the wire: 111 requests between 18 ms and "
                                "56 ms, most of them in 33\u201339 ms."_s);
    c.chart.setMode(LatencyChart::Mode::QueueHeatmap);
    QVERIFY2(c.chart.summary().contains(u"with the wait in the queue: 111"_s),
             qPrintable(c.chart.summary()));
}

void TestLatencyHeatmap::numbersAndPicturesGoOut()
{
    Chart c(LatencyChart::Mode::Heatmap, heated());
    const QStringList lines = c.chart.csv(*c.chart.snapshot()).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines, (QStringList{u"seconds,from_us,to_us,on_wire,with_queue"_s,
                                 u"39.000,18000,22000,1,0"_s, u"39.000,33000,39000,100,0"_s,
                                 u"39.000,470000,560000,0,101"_s, u"49.000,47000,56000,10,0"_s,
                                 u"49.000,820000,1000000,0,10"_s}));
    const QTemporaryDir folder;
    QVERIFY(savePicture(c.chart, folder.filePath(u"a.png"_s)));
    QVERIFY(savePicture(c.chart, folder.filePath(u"a.svg"_s)));
    const QImage picture(folder.filePath(u"a.png"_s));
    QCOMPARE(picture.pixelColor(c.cell(40 * Second, 35'000)), heatColor(Theme::lightMode(), 1));
    QFile svg(folder.filePath(u"a.svg"_s));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QVERIFY(svg.readAll().contains(heatColor(Theme::lightMode(), 1).name().toLatin1()));
}

void TestLatencyHeatmap::tableHasTheSameNumbers()
{
    LatencyCellsModel model;
    model.setSnapshot(heated(), false);
    QCOMPARE(model.rowCount(), 2);
    QStringList titles;
    for (int column = 0; column < model.columnCount(); ++column)
        titles << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    QCOMPARE(titles, (QStringList{u"From"_s, u"Requests"_s, u"18\u201322 ms"_s, u"22\u201327 ms"_s,
                                  u"27\u201333 ms"_s, u"33\u201339 ms"_s, u"39\u201347 ms"_s,
                                  u"47\u201356 ms"_s}));
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.index(0, column).data().toString();
    QCOMPARE(cells, (QStringList{u"0:39"_s, u"101"_s, u"1"_s, {}, {}, u"100"_s, {}, {}}));
}

void TestLatencyHeatmap::tableKeepsItsPlace()
{
    LiveSimulation simulation(total(8));
    simulation.addServer(
        {.endpoint = u"https://a.example:443"_s, .serviceUs = 40'000, .arrivalsPerSecond = 100});
    simulation.metrics().setView({.spanUs = 10 * Second, .wantsHeatmap = true});
    LatencyCellsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    simulation.run(8 * Second);
    model.setSnapshot(simulation.snapshot(), true);
    const QPersistentModelIndex third = model.index(2, 0);
    const QString time = third.data().toString();
    for (int i = 0; i < 5; ++i) {
        simulation.run(Second / 2);
        model.setSnapshot(simulation.snapshot(), true);
    }
    QVERIFY(third.isValid());
    QCOMPARE(third.data().toString(), time);
    const LatencyHeatmap &map = *simulation.snapshot()->heatmap;
    QCOMPARE(model.rowCount(), int(map.columns.size()));
    model.setSnapshot(nullptr, true);
    QCOMPARE(model.rowCount(), 0);
}

void TestLatencyHeatmap::tableOfTheChartThatHasTheKeyboard()
{
    LiveFixture f(total(8));
    f.dock->setMoreCharts(true);
    f.simulation.addServer({.endpoint = u"https://a.example:443"_s});
    f.simulation.enqueue(0, 300);
    auto *chart = f.find<LatencyChart>();
    chart->setMode(LatencyChart::Mode::Heatmap);
    f.run(5 * Second);
    QApplication::setActiveWindow(&f.window);
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_D, Qt::ControlModifier);
    auto *table = f.find<LiveTable>(u"heatmapTable"_s);
    QVERIFY(table->isVisible());
    QVERIFY(table->hasFocus());
    QVERIFY(table->model()->rowCount() > 0);
    QVERIFY2(table->selectedText().contains(u" ms"_s), qPrintable(table->selectedText()));
    QTest::keyClick(table, Qt::Key_Escape);
    QVERIFY(chart->isVisible() && chart->hasFocus());
    auto *other = f.find<ConcurrencyChart>();
    other->setFocus();
    QTest::keyClick(other, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(f.find<LiveTable>(u"liveTable"_s)->isVisible());
    QVERIFY(!table->isVisible());
}

void TestLatencyHeatmap::hiddenHeatmapIsNotWorkedOut()
{
    LiveFixture f(total(8));
    f.dock->setMoreCharts(true);
    f.find<LatencyChart>()->setMode(LatencyChart::Mode::Heatmap);
    QVERIFY(f.simulation.metrics().view().wantsHeatmap);
    f.dock->setMoreCharts(false);
    QVERIFY(!f.simulation.metrics().view().wantsHeatmap);
    f.dock->setMoreCharts(true);
    QVERIFY(f.simulation.metrics().view().wantsHeatmap);
    f.find<LatencyChart>()->setMode(LatencyChart::Mode::OnWire);
    QVERIFY(!f.simulation.metrics().view().wantsHeatmap);
}

void TestLatencyHeatmap::fewRequestsSayLittle_data()
{
    QTest::addColumn<quint64>("count");
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<bool>("isPale");

    QTest::newRow("many") << quint64(100)
                          << QStringList{u"p50 40 ms, incl. queue 300 ms"_s,
                                         u"p95 60 ms, incl. queue 500 ms"_s,
                                         u"p99 100 ms, incl. queue 800 ms"_s}
                          << false;
    QTest::newRow("few") << quint64(99)
                         << QStringList{u"p50 40 ms, incl. queue 300 ms"_s,
                                        u"p95 60 ms, incl. queue 500 ms"_s,
                                        u"p99 ~100 ms, incl. queue ~800 ms"_s,
                                        u"of only 99 requests"_s}
                         << true;
    QTest::newRow("too few") << quint64(19)
                             << QStringList{u"p50 \u2013, incl. queue \u2013"_s,
                                            u"p95 \u2013, incl. queue \u2013"_s,
                                            u"p99 \u2013, incl. queue \u2013"_s,
                                            u"of only 19 requests"_s}
                             << true;
}

void TestLatencyHeatmap::fewRequestsSayLittle()
{
    QFETCH(quint64, count);
    QFETCH(bool, isPale);
    Chart c(LatencyChart::Mode::OnWire, steady(count));
    QTEST(c.chart.crosshairText(40 * Second), "texts");
    const QImage picture = c.chart.grab().toImage();
    const QRectF plot = c.chart.chartGeometry().plot;
    const double y =
        plot.bottom() - LogRange::around(40'000, 100'000).fraction(100'000) * plot.height();
    const int all = int(plot.width()) - 80;
    const int full = coverage(picture, plot, y, Theme::lightMode().p99).first;
    const int pale = coverage(picture, plot, y, Theme::lightMode().disabled).first;
    if (count < 20)
        return; // Points of so few have no percentiles; here they were given some.
    QVERIFY2((isPale ? pale : full) > all - 4, qPrintable(u"%1 %2"_s.arg(full).arg(pale)));
    QVERIFY((isPale ? full : pale) < all / 4);
}

void TestLatencyHeatmap::epochsSayLittleOfFew()
{
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 10 * Second;
    snapshot->epochs = {{.number = 1,
                         .endUs = Second,
                         .done = 500, // Of those, not all were sent.
                         .sent = 99,
                         .p50Us = 40'000,
                         .p95Us = 60'000,
                         .p99Us = 100'000},
                        {.number = 2, .beginUs = Second, .done = 500, .sent = 12},
                        {.number = 3,
                         .beginUs = 2 * Second,
                         .sent = 100,
                         .p50Us = 40'000,
                         .p95Us = 60'000,
                         .p99Us = 100'000}};
    EpochModel model;
    model.setSnapshot(snapshot);
    const auto text = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    const auto isPale = [&model](int row) {
        return model.index(row, EpochModel::P99Column).data(Qt::ForegroundRole).isValid();
    };
    QCOMPARE(text(2, EpochModel::P99Column), u"~100 ms"_s);
    QVERIFY(isPale(2));
    QCOMPARE(text(2, EpochModel::P95Column), u"60 ms"_s);
    QCOMPARE(text(1, EpochModel::P50Column), u"\u2013"_s);
    QCOMPARE(text(1, EpochModel::P99Column), u"\u2013"_s);
    QCOMPARE(text(0, EpochModel::P99Column), u"100 ms"_s);
    QVERIFY(!isPale(0));
}

void TestLatencyHeatmap::bucketsHaveNames_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QString>("text");

    QTest::newRow("shortest") << qint64(3) << u"below 10 µs"_s;
    QTest::newRow("one unit") << qint64(35'000) << u"33\u201339 ms"_s;
    QTest::newRow("two units") << qint64(900) << u"820 µs\u20131 ms"_s;
    QTest::newRow("seconds") << 4 * Second << u"3.9\u20134.7 s"_s;
}

void TestLatencyHeatmap::bucketsHaveNames()
{
    QFETCH(qint64, us);
    QTEST(bucketText(LatencyBuckets::of(us)), "text");
}

QTEST_MAIN(TestLatencyHeatmap)
#include "tst_latencyheatmap.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The latency chart's heatmap: what it draws, by mouse and keyboard, and its numbers elsewhere.
#include "tests/ui/live/latencychartwindow.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/chartexport.h"
#include "ui/live/concurrencychart.h"
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
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

/** Two seconds of a heatmap: 1 and 100 requests in the one, 10 in the other. */
LiveSnapshotPtr heated()
{
    auto snapshot = steadyLatencies(200);
    const auto bucket = [](qint64 us) { return quint8(LatencyBuckets::of(us)); };
    auto map = std::make_shared<LatencyHeatmap>();
    map->columns = {
        {40 * Second, {{bucket(20'000), 1}, {bucket(35'000), 100}}, {{bucket(500'000), 101}}},
        {50 * Second, {{bucket(50'000), 10}}, {{bucket(900'000), 10}}},
    };
    snapshot->heatmap = map;
    return snapshot;
}

double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
           + 0.0722 * linear(color.blueF());
}

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
    void bucketsHaveNames_data();
    void bucketsHaveNames();
};

void TestLatencyHeatmap::modeIsChosenByKeyboard()
{
    LiveWindow f({1600, 700}, totalLimit(8));
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
    LatencyChartWindow c(LatencyChart::Mode::Heatmap, heated());
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
    LatencyChartWindow c(LatencyChart::Mode::Heatmap, heated());
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
    LatencyChartWindow c(LatencyChart::Mode::Heatmap, heated());
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
    LatencyChartWindow c(LatencyChart::Mode::Heatmap, heated());
    QTest::keyClick(&c.chart, Qt::Key_Down);
    QCOMPARE(*c.chart.bucket(), LatencyBuckets::of(50'000));
    const ChartGeometry geometry = c.chart.chartGeometry();
    QCOMPARE(geometry.mapXToTime(geometry.plot.left() + *c.crosshair.x()) / Second, qint64(50));
}

void TestLatencyHeatmap::summaryTellsWhatIsShown()
{
    LatencyChartWindow c(LatencyChart::Mode::Heatmap, heated());
    QCOMPARE(c.chart.accessibleName(), u"Latency heatmap"_s);
    QCOMPARE(c.chart.summary(), u"Heatmap of latencies on the wire: 111 requests between 18 ms and "
                                "56 ms, most of them in 33\u201339 ms."_s);
    c.chart.setMode(LatencyChart::Mode::QueueHeatmap);
    QVERIFY2(c.chart.summary().contains(u"with the wait in the queue: 111"_s),
             qPrintable(c.chart.summary()));
}

void TestLatencyHeatmap::numbersAndPicturesGoOut()
{
    LatencyChartWindow c(LatencyChart::Mode::Heatmap, heated());
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
    LiveSimulation simulation(totalLimit(8));
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
    LiveWindow f({1600, 700}, totalLimit(8));
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
    LiveWindow f({1600, 700}, totalLimit(8));
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

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each row of the notes' table of keys (section 6), by the keyboard alone. Those of a limit's
// handle are in tst_livelimits, those of the window in tests/integration/desktop.
#include "tests/ui/live/livewindow.h"
#include "ui/live/latencychart.h"
#include "ui/live/limithandle.h"
#include "ui/live/livetable.h"
#include "ui/live/livetile.h"
#include "ui/live/throughputchart.h"
#include "ui/live/waterfall.h"
#include "ui/theme/mode.h"

#include <QAccessible>
#include <QApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr qint64 Second = 1'000'000;

/** All panels, the keyboard in the first of them, and another widget for it to come from. */
struct Fixture : LiveWindow
{
    Fixture() : LiveWindow({1600, 1000}, totalLimit(16))
    {
        auto *edit = new QLineEdit(&window);
        edit->setObjectName(u"url"_s);
        window.setCentralWidget(edit);
        dock->setMoreCharts(true);
        dock->setWaterfallShown(true);
        window.activateWindow();
        QObject::connect(dock, &LiveDock::viewRequested, dock,
                         [this] { dock->showSnapshot(simulation.snapshot()); });
        play();
        chart()->setFocus();
    }
    LiveCrosshair &crosshair() const { return *dock->findChild<LiveCrosshair *>(); }
    const LiveView &view() { return simulation.metrics().view(); }
    double x() const { return crosshair().x().value_or(-1); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    double right() const { return chart()->chartGeometry().plot.width() - 1; }
};

} // namespace

class TestLiveKeys final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void rows_data();
    void rows();
    void sampleIsWhatTheChartHas_data();
    void sampleIsWhatTheChartHas();
    void seriesIsChosen_data();
    void seriesIsChosen();
    void chosenSeriesIsTold();
    void escapeTakesBackThenLeaves();
    void tabGoesFromTilesToTheTable();
};

void TestLiveKeys::rows_data()
{
    using Check = std::function<bool(Fixture &)>;
    QTest::addColumn<QList<QKeyCombination>>("keys");
    QTest::addColumn<Check>("check");

    const auto row = [](const char *name, const QList<QKeyCombination> &keys, const Check &check) {
        QTest::newRow(name) << keys << check;
    };
    using namespace Qt;
    row("Left", {Key_Left}, [](Fixture &f) { return f.x() == f.right() - 1; });
    row("Right", {Key_Home, Key_Right}, [](Fixture &f) { return f.x() == 1; });
    row("Ctrl+Left", {CTRL | Key_Left}, [](Fixture &f) { return f.x() == f.right() - 10; });
    row("Ctrl+Right", {Key_Home, CTRL | Key_Right}, [](Fixture &f) { return f.x() == 10; });
    row("Home", {Key_Home}, [](Fixture &f) { return f.x() == 0; });
    row("End, live", {Key_PageUp, Key_Left, Key_End},
        [](Fixture &f) { return f.x() == -1 && f.view().endUs == -1; });
    row("Up", {Key_Up}, [](Fixture &f) { return f.chart()->chosenSeries() == 0; });
    row("Up Up", {Key_Up, Key_Up},
        [](Fixture &f) { return f.chart()->chosenSeries() == f.chart()->series()[1].id; });
    row("Down from the top", {Key_Down},
        [](Fixture &f) { return f.chart()->chosenSeries() == f.chart()->series().back().id; });
    row("Shift+Left", {CTRL | Key_Left, SHIFT | Key_Left},
        [](Fixture &f) { return f.crosshair().range().has_value() && f.x() == f.right() - 11; });
    row("Shift+Right", {Key_Home, CTRL | Key_Right, CTRL | Key_Right, SHIFT | Key_Right},
        [](Fixture &f) { return f.x() == 21; });
    row("Ctrl+Shift+Left", {CTRL | SHIFT | Key_Left, CTRL | SHIFT | Key_Left}, [](Fixture &f) {
        const auto &range = f.crosshair().range();
        const double columns =
            range ? double(range->endUs - range->beginUs) / f.chart()->chartGeometry().columnUs()
                  : 0;
        return std::abs(columns - 20) < 1.5;
    });
    row("Ctrl++", {CTRL | Key_Plus}, [](Fixture &f) { return f.view().spanUs == 30 * Second; });
    row("Ctrl+-", {CTRL | Key_Minus}, [](Fixture &f) { return f.view().spanUs == 300 * Second; });
    row("Ctrl+0", {CTRL | Key_Minus, CTRL | Key_0},
        [](Fixture &f) { return f.view().spanUs == LiveView{}.spanUs; });
    row("Space", {Key_Space}, [](Fixture &f) { return f.dock->isViewPaused(); });
    row("Space twice", {Key_Space, Key_Space}, [](Fixture &f) { return !f.dock->isViewPaused(); });
    row("Ctrl+D, to the table", {CTRL | Key_D}, [](Fixture &f) {
        return f.dock->isTableShown() && qobject_cast<LiveTable *>(QApplication::focusWidget());
    });
    row("Ctrl+D, and back", {CTRL | Key_D, CTRL | Key_D},
        [](Fixture &f) { return !f.dock->isTableShown() && f.chart()->hasFocus(); });
    row("Ctrl+M", {CTRL | Key_M},
        [](Fixture &f) { return f.dock->findChild<QInputDialog *>() != nullptr; });
    const Check hasMenu = [](Fixture &f) {
        const auto menus = f.chart()->findChildren<QMenu *>(QString(), FindDirectChildrenOnly);
        return menus.size() == 1 && menus[0]->isVisible();
    };
    row("Menu", {Key_Menu}, hasMenu);
    row("Shift+F10", {SHIFT | Key_F10}, hasMenu);
    row("Esc takes the crosshair back", {Key_Left, Key_Escape},
        [](Fixture &f) { return f.x() == -1 && f.chart()->hasFocus(); });
    row("Esc leaves", {Key_Escape}, [](Fixture &f) { return !f.chart()->hasFocus(); });
    row("Tab to the next chart", {Key_Tab},
        [](Fixture &f) { return f.dock->findChild<ThroughputChart *>()->hasFocus(); });
}

void TestLiveKeys::rows()
{
    QFETCH(QList<QKeyCombination>, keys);
    QFETCH(std::function<bool(Fixture &)>, check);
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    for (const QKeyCombination key : keys)
        f.press(key.key(), key.keyboardModifiers());
    QVERIFY(check(f));
}

void TestLiveKeys::sampleIsWhatTheChartHas_data()
{
    QTest::addColumn<QString>("chart");
    QTest::addColumn<qint64>("sampleUs"); // -1 = a column of pixels.
    QTest::newRow("concurrency") << u"Concurrency chart"_s << qint64(-1);
    QTest::newRow("throughput") << u"Throughput chart"_s << Second;
    QTest::newRow("latency") << u"Latency chart"_s << Second;
}

void TestLiveKeys::sampleIsWhatTheChartHas()
{
    QFETCH(QString, chart);
    QFETCH(qint64, sampleUs);
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    for (TimePanel *panel : f.dock->findChildren<TimePanel *>()) {
        if (panel->accessibleName() != chart)
            continue;
        panel->setFocus();
        f.press(Qt::Key_Left, Qt::ControlModifier); // Ten, from the right edge.
        const ChartGeometry &geometry = panel->chartGeometry();
        const double us =
            (geometry.plot.width() - 1 - f.x()) * double(geometry.spanUs) / geometry.plot.width();
        const double expected =
            sampleUs < 0 ? double(geometry.spanUs) / geometry.plot.width() : double(sampleUs);
        QVERIFY2(std::abs(us / 10 / expected - 1) < 0.02, qPrintable(QString::number(us)));
    }
}

void TestLiveKeys::seriesIsChosen_data()
{
    QTest::addColumn<QString>("chart");
    QTest::addColumn<QStringList>("names"); // From the bottom.
    QTest::newRow("concurrency") << u"Concurrency chart"_s
                                 << QStringList{u"in flight"_s, u"waiting for total"_s};
    QTest::newRow("throughput") << u"Throughput chart"_s << QStringList{u"2xx"_s};
    QTest::newRow("latency") << u"Latency chart"_s << QStringList{u"p50"_s, u"p95"_s, u"p99"_s};
}

void TestLiveKeys::seriesIsChosen()
{
    QFETCH(QString, chart);
    QFETCH(QStringList, names);
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    for (TimePanel *panel : f.dock->findChildren<TimePanel *>()) {
        if (panel->accessibleName() != chart)
            continue;
        panel->setFocus();
        f.press(Qt::Key_Left, Qt::ControlModifier);
        QImage before = panel->grab().toImage();
        for (const QString &name : names) {
            f.press(Qt::Key_Up);
            QVERIFY2(panel->reading().startsWith(name + u' '), qPrintable(panel->reading()));
            QVERIFY(!panel->reading().contains(u"not known"_s));
            QAccessibleInterface *told = QAccessible::queryAccessibleInterface(panel);
            QVERIFY(told->text(QAccessible::Description).startsWith(panel->reading()));
            QCOMPARE(told->text(QAccessible::Value), panel->reading());
            const QImage after = panel->grab().toImage(); // It stands out.
            QVERIFY(after != before);
            before = after;
        }
        f.press(Qt::Key_Down);
        if (names.size() > 1)
            QVERIFY(panel->reading().startsWith(names[names.size() - 2]));
    }
}

/** Moving along a chosen series tells it sample by sample. */
void TestLiveKeys::chosenSeriesIsTold()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    f.press(Qt::Key_Up);
    QSet<QString> told;
    for (int i = 0; i < 30; ++i) {
        f.press(Qt::Key_Left, Qt::ControlModifier);
        told << QAccessible::queryAccessibleInterface(f.chart())->text(QAccessible::Value);
    }
    QCOMPARE(told.size(), 30); // Each at its own time.
}

void TestLiveKeys::escapeTakesBackThenLeaves()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    auto *url = f.window.findChild<QLineEdit *>(u"url"_s);
    url->setFocus();
    f.chart()->setFocus();
    f.press(Qt::Key_Up);
    f.press(Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(f.crosshair().range().has_value());
    f.press(Qt::Key_Escape);
    QVERIFY(!f.crosshair().range().has_value());
    QCOMPARE(f.chart()->chosenSeries(), -1);
    QVERIFY(f.chart()->hasFocus());
    f.press(Qt::Key_Escape);
    QVERIFY(url->hasFocus()); // Where it came from.
}

void TestLiveKeys::tabGoesFromTilesToTheTable()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    QList<QWidget *> reached;
    f.dock->findChildren<LiveTile *>().first()->setFocus();
    for (int i = 0; i < 80 && !reached.contains(QApplication::focusWidget()); ++i) {
        reached << QApplication::focusWidget();
        f.press(Qt::Key_Tab);
    }
    const auto place = [&reached](const QWidget *widget) { return reached.indexOf(widget); };
    qsizetype before = -1;
    for (const QWidget *next : std::initializer_list<QWidget *>{
             f.dock->findChildren<LiveTile *>().first(), f.dock->findChildren<LiveTile *>().last(),
             f.chart(), f.dock->findChild<ThroughputChart *>(), f.dock->findChild<LatencyChart *>(),
             f.dock->findChild<Waterfall *>(), f.chart()->totalHandle()}) {
        QVERIFY2(place(next) > before, qPrintable(next->objectName() + next->accessibleName()));
        before = place(next);
    }
    // In the charts' place, the table comes where they were: before the hosts.
    f.dock->setTableShown(true);
    auto *table = f.dock->findChild<LiveTable *>(u"liveTable"_s);
    f.dock->findChildren<LiveTile *>().last()->setFocus();
    for (int i = 0; i < 10 && !table->hasFocus(); ++i)
        f.press(Qt::Key_Tab);
    QVERIFY(table->hasFocus());
}

QTEST_MAIN(TestLiveKeys)
#include "tst_livekeys.moc"

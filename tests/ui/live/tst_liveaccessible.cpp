// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/latencychart.h"
#include "ui/theme/mode.h"

#include <QAccessible>
#include <QMetaEnum>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

/** A line for everything with a name, deeper ones further to the right: "  Chart Latency chart". */
void listTree(QAccessibleInterface *parent, int depth, QStringList &lines)
{
    for (int i = 0; i < parent->childCount(); ++i) {
        QAccessibleInterface *child = parent->child(i);
        if (!child || child->state().invisible)
            continue;
        // What comes after are figures.
        const QString name = child->text(QAccessible::Name).section(u": "_s, 0, 0);
        const auto role = QMetaEnum::fromType<QAccessible::Role>().valueToKey(child->role());
        const bool isRow = child->tableCellInterface() || child->role() == QAccessible::Row;
        if (!name.isEmpty() && !isRow)
            lines << QString(2 * depth, u' ') + QString::fromLatin1(role) + u' ' + name;
        if (!child->tableInterface())
            listTree(child, name.isEmpty() ? depth : depth + 1, lines);
    }
}

} // namespace

/** The live view as assistive technology finds it. */
class TestLiveAccessible final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void treeIsAsItIs();
    void everyPartSaysWhatItShows();
};

void TestLiveAccessible::treeIsAsItIs()
{
    LiveWindow f({1600, 1000});
    f.dock->setMoreCharts(true);
    f.dock->setWaterfallShown(true);
    f.play();
    QVERIFY(QTest::qWaitForWindowExposed(&f.window));
    QStringList lines;
    listTree(QAccessible::queryAccessibleInterface(f.dock), 0, lines);
    const QStringList expected{
        u"StaticText In flight"_s,
        u"StaticText Queued"_s,
        u"StaticText Done/s"_s,
        u"StaticText p95 (10 s)"_s,
        u"StaticText Errors/s"_s,
        u"StaticText 429+503/s"_s,
        u"StaticText Elapsed"_s,
        u"CheckBox Pause view"_s,
        u"CheckBox Pause dispatch"_s,
        u"Button Stop"_s,
        u"Chart Concurrency chart"_s,
        u"  Slider Limit of requests in flight, all hosts"_s,
        u"Chart Throughput chart"_s,
        u"Chart Latency chart"_s,
        u"  ButtonMenu What the latency counts"_s,
        u"Chart Request waterfall"_s,
        u"  ButtonMenu Requests shown in the waterfall"_s,
        u"Client Hosts, limits and events"_s,
        u"  Client Hosts"_s,
        u"    CheckBox Longest wait first"_s,
        u"    Slider api.shop.example"_s,
        u"    Slider cdn.shop.example"_s,
        u"    Slider auth.shop.example"_s,
        u"  PageTabList Hosts"_s,
        u"    PageTab Hosts"_s,
        u"    PageTab Limits tried"_s,
        u"    PageTab Events"_s,
        u"Client Legend"_s,
        u"StaticText Live"_s,
        u"CheckBox Throughput and latency"_s,
        u"CheckBox Requests"_s,
        u"CheckBox Hosts over time"_s,
        u"CheckBox Table"_s,
        u"ComboBox 60 s"_s,
    };
    for (qsizetype i = 0; i < std::max(lines.size(), expected.size()); ++i)
        QCOMPARE(lines.value(i), expected.value(i));
}

void TestLiveAccessible::everyPartSaysWhatItShows()
{
    LiveWindow f({1600, 1000});
    f.dock->setMoreCharts(true);
    f.dock->setWaterfallShown(true);
    f.play();
    for (TimePanel *panel : f.dock->findChildren<TimePanel *>()) {
        QAccessibleInterface *told = QAccessible::queryAccessibleInterface(panel);
        QCOMPARE(told->role(), QAccessible::Chart);
        QVERIFY2(told->text(QAccessible::Description).endsWith(u'.'),
                 qPrintable(told->text(QAccessible::Description)));
    }
}

QTEST_MAIN(TestLiveAccessible)
#include "tst_liveaccessible.moc"

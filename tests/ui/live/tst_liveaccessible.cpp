// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "tests/ui/live/livewindow.h"
#include "ui/live/latencychart.h"
#include "ui/theme/mode.h"

#include <QAccessible>
#include <QMetaEnum>
#include <QTest>

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
        const QString name = child->text(QAccessible::Name);
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
        u"?"_s,
    };
    QVERIFY2(lines == expected, qPrintable(u"it is now\n        u\""_s
                                           + lines.join(u"\"_s,\n        u\""_s) + u"\"_s,"_s));
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

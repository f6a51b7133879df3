// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/hostheatmap.h"
#include "ui/live/latencychart.h"
#include "ui/live/limithandle.h"
#include "ui/live/throughputchart.h"
#include "ui/live/waterfall.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QScrollBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

/** Where people write from right to left: sides change, time goes on to the right. */
class TestLiveMirrored final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void sidesChangeAndTimeDoesNot_data();
    void sidesChangeAndTimeDoesNot();
    void handleIsOnTheLeftAndMoves();
};

void TestLiveMirrored::sidesChangeAndTimeDoesNot_data()
{
    QTest::addColumn<QString>("chart");
    for (const char *chart : {"concurrency", "throughput", "latency", "hosts", "requests"})
        QTest::newRow(chart) << QString::fromLatin1(chart);
}

void TestLiveMirrored::sidesChangeAndTimeDoesNot()
{
    QFETCH(QString, chart);
    LiveCrosshair crosshair;
    std::unique_ptr<TimePanel> panel;
    if (chart == u"concurrency"_s)
        panel = std::make_unique<ConcurrencyChart>(&crosshair);
    else if (chart == u"throughput"_s)
        panel = std::make_unique<ThroughputChart>(&crosshair);
    else if (chart == u"latency"_s)
        panel = std::make_unique<LatencyChart>(&crosshair);
    else if (chart == u"hosts"_s)
        panel = std::make_unique<HostHeatmap>(&crosshair);
    else
        panel = std::make_unique<Waterfall>(&crosshair);
    LiveSimulation simulation(Limits{.total = 16});
    simulateShop(simulation);
    const qint64 earlyUs = simulation.clock().nowUs() - 40'000'000;
    const qint64 lateUs = simulation.clock().nowUs() - 10'000'000;
    panel->resize(900, 240);
    panel->setSnapshot(simulation.snapshot());
    const QRectF ltr = panel->chartGeometry().plot;
    // Pixels beside the plot that are not paper.
    const auto inked = [&panel](const QImage &picture, const QRectF &plot, bool left) {
        const QColor paper = Theme::of(panel->palette()).background;
        int count = 0;
        for (int y = 0; y < int(plot.bottom()); ++y) {
            for (int x = left ? 0 : int(plot.right()) + 2;
                 x < (left ? int(plot.left()) - 2 : picture.width()); ++x)
                count += picture.pixelColor(x, y) != paper;
        }
        return count;
    };
    const QImage before = panel->grab().toImage();
    panel->setLayoutDirection(Qt::RightToLeft);
    const QRectF rtl = panel->chartGeometry().plot;
    QCOMPARE(rtl.left(), 900 - ltr.right());
    QCOMPARE(rtl.width(), ltr.width());
    QVERIFY(panel->chartGeometry().mapTimeToX(earlyUs) < panel->chartGeometry().mapTimeToX(lateUs));
    const QImage after = panel->grab().toImage();
    // What stood on one side stands on the other; letters may sit half a pixel off.
    const auto alike = [](int a, int b) { return std::abs(a - b) <= std::max(12, a / 4); };
    QVERIFY(inked(after, rtl, true) > 0 || inked(before, ltr, false) == 0);
    QVERIFY2(alike(inked(before, ltr, true), inked(after, rtl, false)),
             qPrintable(u"%1 %2"_s.arg(inked(before, ltr, true)).arg(inked(after, rtl, false))));
    QVERIFY2(alike(inked(before, ltr, false), inked(after, rtl, true)),
             qPrintable(u"%1 %2"_s.arg(inked(before, ltr, false)).arg(inked(after, rtl, true))));
    // Controls, too.
    for (const QWidget *control : panel->findChildren<QAbstractButton *>())
        QVERIFY(control->geometry().right() <= int(rtl.left()));
    for (const QWidget *bar : panel->findChildren<QScrollBar *>())
        QVERIFY(bar->isHidden() || bar->geometry().right() <= int(rtl.left()));
}

void TestLiveMirrored::handleIsOnTheLeftAndMoves()
{
    LiveCrosshair crosshair;
    ConcurrencyChart chart(&crosshair);
    chart.setLayoutDirection(Qt::RightToLeft);
    LiveSimulation simulation(Limits{.total = 16});
    simulateShop(simulation);
    chart.resize(900, 240);
    chart.setLimits(Limits{.total = 16});
    chart.setSnapshot(simulation.snapshot());
    chart.show();
    LimitHandle *handle = chart.totalHandle();
    QVERIFY(handle->geometry().right() <= int(chart.chartGeometry().plot.left()));
    int chosen = 0;
    connect(&chart, &ConcurrencyChart::totalLimitChosen, &chart,
            [&chosen](int limit) { chosen = limit; });
    const QPoint grip = handle->rect().center();
    const double by = chart.chartGeometry().mapValueToY(10) - chart.chartGeometry().mapValueToY(16);
    QTest::mousePress(handle, Qt::LeftButton, {}, grip);
    QTest::mouseMove(handle, grip + QPoint(0, int(by)));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    QVERIFY2(std::abs(chosen - 10) <= 1, qPrintable(QString::number(chosen)));
}

QTEST_MAIN(TestLiveMirrored)
#include "tst_livemirrored.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/plotscale.h"
#include "ui/tuning/staircase.h"

#include <QTest>

#include <algorithm>

using namespace Sluice;

class TestPlotScale final : public QObject
{
    Q_OBJECT

private slots:
    void spacesLimitsByTheirRatio();
    void findsTheNearestLimit_data();
    void findsTheNearestLimit();
    void clampsValues();
    void placesTicks_data();
    void placesTicks();
    void labelsWhatFits();
    void copesWithLittle();
    void standsStepsOnOneLine();
    void findsSteps();
};

static const QRectF Area(100, 20, 310, 200);
static const std::vector<int> Limits{1, 2, 4, 8, 16, 32};

void TestPlotScale::spacesLimitsByTheirRatio()
{
    const PlotScale scale(Area, Limits, 0, 200, PlotScale::Axis::Linear);
    QCOMPARE(scale.x(1), 100.0);
    QCOMPARE(scale.x(32), 410.0);
    QCOMPARE(scale.x(2) - scale.x(1), scale.x(32) - scale.x(16));
}

void TestPlotScale::findsTheNearestLimit_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<int>("limit");

    QTest::newRow("left of all") << -50.0 << 1;
    QTest::newRow("on the first") << 100.0 << 1;
    QTest::newRow("between, nearer the second") << 140.0 << 2;
    QTest::newRow("right of all") << 1000.0 << 32;
}

void TestPlotScale::findsTheNearestLimit()
{
    QFETCH(double, x);
    const PlotScale scale(Area, Limits, 0, 200, PlotScale::Axis::Linear);
    QTEST(scale.limitNear(x), "limit");
}

void TestPlotScale::clampsValues()
{
    const PlotScale linear(Area, Limits, 50, 200, PlotScale::Axis::Linear);
    QCOMPARE(linear.y(0), 220.0);
    QCOMPARE(linear.y(100), 120.0);
    QCOMPARE(linear.y(1000), 20.0);
    const PlotScale logarithmic(Area, Limits, 10, 1000, PlotScale::Axis::Logarithmic);
    QCOMPARE(logarithmic.y(10), 220.0);
    QCOMPARE(logarithmic.y(100), 120.0);
    QCOMPARE(logarithmic.y(0), 220.0);
}

using Values = std::vector<double>;

void TestPlotScale::placesTicks_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<PlotScale::Axis>("axis");
    QTest::addColumn<Values>("ticks");

    QTest::newRow("0 to 230") << 0.0 << 230.0 << PlotScale::Axis::Linear
                              << Values{0, 50, 100, 150, 200};
    QTest::newRow("0 to 9") << 0.0 << 9.0 << PlotScale::Axis::Linear << Values{0, 2, 4, 6, 8};
    QTest::newRow("40 to 480, log")
        << 40.0 << 480.0 << PlotScale::Axis::Logarithmic << Values{50, 100, 200};
    QTest::newRow("three decades, log")
        << 1.0 << 2000.0 << PlotScale::Axis::Logarithmic << Values{1, 10, 100, 1000};
}

void TestPlotScale::placesTicks()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(PlotScale::Axis, axis);
    QTEST(PlotScale(Area, Limits, low, high, axis).valueTicks(), "ticks");
}

void TestPlotScale::labelsWhatFits()
{
    const PlotScale scale(Area, {1, 2, 4, 6, 8, 10, 12, 16, 24, 32}, 0, 1, PlotScale::Axis::Linear);
    const std::vector<int> ticks = scale.limitTicks(30);
    QCOMPARE(ticks.front(), 1);
    for (std::size_t i = 1; i < ticks.size(); ++i)
        QVERIFY(scale.x(ticks[i]) - scale.x(ticks[i - 1]) >= 30);
    QVERIFY(ticks.size() < 10);
}

void TestPlotScale::copesWithLittle()
{
    const PlotScale none(Area, {}, 0, 0, PlotScale::Axis::Linear);
    QCOMPARE(none.limitNear(10), 0);
    QVERIFY(none.limitTicks(20).empty());
    QVERIFY(!none.valueTicks().empty());
    const PlotScale one(Area, {8}, 0, 0, PlotScale::Axis::Logarithmic);
    QCOMPARE(one.x(8), Area.center().x());
    QCOMPARE(one.limitNear(0), 8);
}

void TestPlotScale::standsStepsOnOneLine()
{
    Staircase stairs;
    stairs.resize(400, 100);
    stairs.setLevels({{.limit = 1}, {.limit = 8}, {.limit = 32}});
    QVERIFY(stairs.stepRect(0).height() > 0);
    QVERIFY(stairs.stepRect(0).height() < stairs.stepRect(1).height());
    QVERIFY(stairs.stepRect(1).height() < stairs.stepRect(2).height());
    QCOMPARE(stairs.stepRect(0).bottom(), 100.0);
    QCOMPARE(stairs.stepRect(2).bottom(), 100.0);
    stairs.setRunning(64);
    QVERIFY(stairs.stepRect(2).height() < stairs.stepRect(3).height());
}

void TestPlotScale::findsSteps()
{
    Staircase stairs;
    stairs.resize(400, 100);
    stairs.setLevels({{.limit = 1}, {.limit = 8}});
    QCOMPARE(stairs.stepAt({5, 90}), 0);
    QCOMPARE(stairs.stepAt({65, 90}), 1);
    QCOMPARE(stairs.stepAt({300, 90}), -1);
}

QTEST_MAIN(TestPlotScale)
#include "tst_plotscale.moc"

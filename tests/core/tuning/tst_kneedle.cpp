// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/kneedle.h"

#include <QTest>

#include <vector>

using namespace Sluice;

class TestKneedle final : public QObject
{
    Q_OBJECT

private slots:
    void findsKnee_data();
    void findsKnee();
};

void TestKneedle::findsKnee_data()
{
    QTest::addColumn<std::vector<double>>("xs");
    QTest::addColumn<std::vector<double>>("ys");
    QTest::addColumn<CurveShape>("shape");
    QTest::addColumn<double>("knee"); // 0 = none.

    const std::vector<double> limits{1, 2, 4, 6, 8, 12, 16, 24, 32};
    QTest::newRow("throughput of eight workers")
        << limits << std::vector<double>{25, 50, 100, 150, 200, 200, 200, 200, 200}
        << CurveShape::ConcaveIncreasing << 8.0;
    QTest::newRow("throughput that falls after the knee")
        << limits << std::vector<double>{25, 50, 100, 150, 195, 190, 180, 160, 140}
        << CurveShape::ConcaveIncreasing << 8.0;
    QTest::newRow("latency of eight workers")
        << limits << std::vector<double>{40, 40, 40, 40, 40, 60, 80, 120, 160}
        << CurveShape::ConvexIncreasing << 8.0;
    QTest::newRow("the paper's example, y = 5 - 1/(x + 0.1) over 9 x")
        << std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
        << std::vector<double>{-5, 0.26, 1.90, 2.69, 3.16, 3.48, 3.70, 3.86, 3.99, 4.09}
        << CurveShape::ConcaveIncreasing << 2.0;
    QTest::newRow("linear") << limits << limits << CurveShape::ConcaveIncreasing << 0.0;
    QTest::newRow("flat") << limits << std::vector<double>(9, 7.0) << CurveShape::ConcaveIncreasing
                          << 0.0;
    QTest::newRow("too few") << std::vector<double>{1, 2, 3, 4} << std::vector<double>{1, 9, 9, 9}
                             << CurveShape::ConcaveIncreasing << 0.0;
}

void TestKneedle::findsKnee()
{
    QFETCH(std::vector<double>, xs);
    QFETCH(std::vector<double>, ys);
    QFETCH(CurveShape, shape);
    QFETCH(double, knee);
    std::vector<CurvePoint> points;
    for (std::size_t i = 0; i < xs.size(); ++i)
        points.push_back({xs[i], ys[i]});
    QCOMPARE(findKnee(points, shape).value_or(0), knee);
}

QTEST_GUILESS_MAIN(TestKneedle)
#include "tst_kneedle.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/littlelaw.h"
#include "core/tuning/usl.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace Sluice;

class TestUsl final : public QObject
{
    Q_OBJECT

private slots:
    void findsExactParameters_data();
    void findsExactParameters();
    void resistsOutliers();
    void hasNoPeakWithoutCoherence();
    void needsSixLevels_data();
    void needsSixLevels();
    void checksLittle_data();
    void checksLittle();
};

static const std::vector<int> Levels{1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96};

void TestUsl::findsExactParameters_data()
{
    QTest::addColumn<double>("lambda");
    QTest::addColumn<double>("sigma");
    QTest::addColumn<double>("kappa");

    QTest::newRow("peak at 44") << 20.0 << 0.03 << 0.0005;
    QTest::newRow("peak at 14") << 50.0 << 0.02 << 0.005;
    QTest::newRow("contention only") << 20.0 << 0.02 << 0.0;
    QTest::newRow("linear") << 25.0 << 0.0 << 0.0;
}

void TestUsl::findsExactParameters()
{
    QFETCH(double, lambda);
    QFETCH(double, sigma);
    QFETCH(double, kappa);
    const UslFit truth{lambda, sigma, kappa};
    std::vector<UslPoint> points;
    for (int n : Levels)
        points.push_back({double(n), truth.throughput(n)});
    const std::optional<UslFit> fit = fitUsl(points);
    QVERIFY(fit);
    QVERIFY(std::abs(fit->lambda - lambda) < 1e-6 * lambda);
    QVERIFY(std::abs(fit->sigma - sigma) < 1e-6);
    QVERIFY(std::abs(fit->kappa - kappa) < 1e-8);
    QCOMPARE(fit->peak().has_value(), kappa > 0);
}

// A tenth of the measurements lost up to 60 % of their throughput: nine peaks of ten still lie
// within 15 % of the true one.
void TestUsl::resistsOutliers()
{
    const UslFit truth{20, 0.03, 0.0005};
    std::mt19937 random(1);
    std::normal_distribution<double> noise(0, 0.05);
    std::uniform_real_distribution<double> part(0, 1);
    std::vector<double> peaks;
    for (int sweep = 0; sweep < 200; ++sweep) {
        std::vector<UslPoint> points;
        for (int n : Levels) {
            for (int repeat = 0; repeat < 3; ++repeat) {
                double x = truth.throughput(n) * std::exp(noise(random));
                if (part(random) < 0.1)
                    x *= 0.4 + 0.4 * part(random);
                points.push_back({double(n), x});
            }
        }
        const std::optional<UslFit> fit = fitUsl(points);
        QVERIFY(fit);
        peaks.push_back(fit->peak().value_or(1e9));
    }
    const double peak = *truth.peak();
    const auto near = std::ranges::count_if(
        peaks, [peak](double p) { return std::abs(p - peak) <= 0.15 * peak; });
    QVERIFY2(near >= 180, qPrintable(QString::number(near)));
}

void TestUsl::hasNoPeakWithoutCoherence()
{
    QVERIFY(!UslFit({20, 0.02, 0}).peak());
    QVERIFY(!UslFit({20, 1.2, 0.01}).peak());
}

void TestUsl::needsSixLevels_data()
{
    QTest::addColumn<std::vector<int>>("levels");
    QTest::addColumn<bool>("fits");

    QTest::newRow("five") << std::vector{1, 2, 4, 8, 16} << false;
    QTest::newRow("six, two of them equal") << std::vector{1, 2, 4, 8, 16, 16} << false;
    QTest::newRow("six without one") << std::vector{2, 4, 8, 16, 24, 32} << false;
    QTest::newRow("six") << std::vector{1, 2, 4, 8, 16, 24} << true;
    QTest::newRow("none") << std::vector<int>() << false;
}

void TestUsl::needsSixLevels()
{
    QFETCH(std::vector<int>, levels);
    std::vector<UslPoint> points;
    for (int n : levels)
        points.push_back({double(n), UslFit{20, 0.03, 0.0005}.throughput(n)});
    QTEST(fitUsl(points).has_value(), "fits");
}

void TestUsl::checksLittle_data()
{
    QTest::addColumn<double>("inFlight");
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("latencyUs");
    QTest::addColumn<bool>("holds");

    QTest::newRow("exact") << 8.0 << 200.0 << 40'000.0 << true;
    QTest::newRow("4 % off") << 8.0 << 192.0 << 40'000.0 << true;
    QTest::newRow("samples lost") << 8.0 << 180.0 << 40'000.0 << false;
    QTest::newRow("nothing") << 0.0 << 0.0 << 0.0 << true;
}

void TestUsl::checksLittle()
{
    QFETCH(double, inFlight);
    QFETCH(double, perSecond);
    QFETCH(double, latencyUs);
    QTEST(checkLittle(inFlight, perSecond, latencyUs).holds(), "holds");
}

QTEST_GUILESS_MAIN(TestUsl)
#include "tst_usl.moc"

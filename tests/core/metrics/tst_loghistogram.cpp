// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/loghistogram.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <random>

using namespace Sluice;

using Draw = std::function<double(std::mt19937_64 &)>;

class TestLogHistogram final : public QObject
{
    Q_OBJECT

private slots:
    void emptyIsZero();
    void smallValuesAreExact();
    void extremesAreClamped();
    void percentilesAgreeWithExactOnes_data();
    void percentilesAgreeWithExactOnes();
    void mergeEqualsRecordingAll();
};

void TestLogHistogram::emptyIsZero()
{
    const LogHistogram histogram;
    QCOMPARE(histogram.count(), 0u);
    QCOMPARE(histogram.meanUs(), 0.0);
    QCOMPARE(histogram.percentileUs(99), qint64(0));
    QCOMPARE(histogram.maxUs(), qint64(0));
}

void TestLogHistogram::smallValuesAreExact()
{
    LogHistogram histogram;
    for (qint64 us = 1; us <= 20; ++us)
        histogram.record(us);
    QCOMPARE(histogram.percentileUs(0), qint64(1));
    QCOMPARE(histogram.percentileUs(50), qint64(10));
    QCOMPARE(histogram.percentileUs(95), qint64(19));
    QCOMPARE(histogram.percentileUs(100), qint64(20));
    QCOMPARE(histogram.meanUs(), 10.5);
    QCOMPARE(histogram.minUs(), qint64(1));
}

void TestLogHistogram::extremesAreClamped()
{
    LogHistogram histogram;
    histogram.record(-5);
    histogram.record(LogHistogram::MaxUs * 3);
    QCOMPARE(histogram.minUs(), qint64(0));
    QCOMPARE(histogram.maxUs(), LogHistogram::MaxUs);
    QCOMPARE(histogram.percentileUs(50), qint64(0));
}

void TestLogHistogram::percentilesAgreeWithExactOnes_data()
{
    QTest::addColumn<Draw>("draw");

    const auto row = [](const char *name, Draw draw) { QTest::newRow(name) << draw; };
    row("constant", [](auto &) { return 4321.0; });
    row("uniform",
        [d = std::uniform_real_distribution(1.0, 1e6)](auto &g) mutable { return d(g); });
    row("narrow uniform",
        [d = std::uniform_real_distribution(4e4, 4.2e4)](auto &g) mutable { return d(g); });
    row("exponential 1 ms",
        [d = std::exponential_distribution(1e-3)](auto &g) mutable { return d(g); });
    row("exponential 10 s",
        [d = std::exponential_distribution(1e-7)](auto &g) mutable { return d(g); });
    row("normal", [d = std::normal_distribution(5e4, 5e3)](auto &g) mutable { return d(g); });
    row("lognormal", [d = std::lognormal_distribution(9.0, 1.0)](auto &g) mutable { return d(g); });
    row("heavy tail",
        [d = std::lognormal_distribution(7.0, 3.0)](auto &g) mutable { return d(g); });
    row("bimodal", [d = std::uniform_real_distribution(0.0, 1.0)](auto &g) mutable {
        return d(g) < 0.9 ? 500 + 50 * d(g) : 9e5 + 1e5 * d(g);
    });
    row("gamma", [d = std::gamma_distribution(2.0, 3e3)](auto &g) mutable { return d(g); });
}

void TestLogHistogram::percentilesAgreeWithExactOnes()
{
    QFETCH(Draw, draw);
    std::mt19937_64 generator(20240607);
    LogHistogram histogram;
    std::vector<qint64> values;
    for (int i = 0; i < 20'000; ++i) {
        const double drawn = std::clamp(draw(generator), 0.0, double(LogHistogram::MaxUs));
        values.push_back(qint64(drawn));
        histogram.record(values.back());
    }
    std::ranges::sort(values);
    for (const double percent : {1.0, 10.0, 50.0, 90.0, 95.0, 99.0, 99.9, 100.0}) {
        const auto rank = std::size_t(std::ceil(percent / 100 * double(values.size()) - 1e-6));
        const qint64 exact = values[rank - 1];
        const qint64 found = histogram.percentileUs(percent);
        QVERIFY2(
            std::abs(found - exact) <= std::max<qint64>(1, exact / 128),
            qPrintable(QStringLiteral("p%1: %2, exactly %3").arg(percent).arg(found).arg(exact)));
    }
}

void TestLogHistogram::mergeEqualsRecordingAll()
{
    std::mt19937_64 generator(7);
    std::lognormal_distribution slow(11.0, 1.0);
    std::exponential_distribution fast(1e-2);
    LogHistogram all;
    LogHistogram first;
    LogHistogram second;
    for (int i = 0; i < 5000; ++i) {
        const qint64 a = qint64(slow(generator));
        const qint64 b = qint64(fast(generator));
        first.record(a);
        second.record(b);
        all.record(a);
        all.record(b);
    }
    second.merge(first);
    second.merge(LogHistogram());
    QCOMPARE(second.count(), all.count());
    QCOMPARE(second.meanUs(), all.meanUs());
    QCOMPARE(second.minUs(), all.minUs());
    QCOMPARE(second.maxUs(), all.maxUs());
    for (const double percent : {1.0, 25.0, 50.0, 75.0, 99.0})
        QCOMPARE(second.percentileUs(percent), all.percentileUs(percent));
}

QTEST_GUILESS_MAIN(TestLogHistogram)
#include "tst_loghistogram.moc"

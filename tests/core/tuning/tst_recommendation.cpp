// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/verdict.h"

#include <QTest>

#include <cmath>

using namespace Sluice;
using namespace Qt::StringLiterals;

class TestRecommendation final : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void lowersForTheTarget();
    void prefersASlotTooManyInNoise();
    void saysWhatIsUnsure();
    void poolsRepeats();
    void seesDrift();
    void ratesConfidence();
    void neverSaysTheUslPeak();
};

namespace {

/** Eight workers of 40 ms, as a table of levels without noise. */
std::vector<SweepLevel> eightWorkers(const std::vector<int> &limits)
{
    std::vector<SweepLevel> levels;
    for (int limit : limits) {
        const double throughput = std::min(limit, 8) * 25.0 * (limit > 16 ? 0.85 : 1);
        const double latencyUs = limit / throughput * 1e6;
        levels.push_back({.limit = limit,
                          .completed = 300,
                          .sent = 300,
                          .throughput = throughput,
                          .ciHalfWidth = 0.03 * throughput,
                          .meanUs = latencyUs,
                          .p50Us = qint64(latencyUs),
                          .p95Us = qint64(latencyUs * 1.5),
                          .p99Us = qint64(latencyUs * 2),
                          .steady = true});
    }
    return levels;
}

std::vector<SweepLevel> thrice(const std::vector<SweepLevel> &levels)
{
    std::vector<SweepLevel> all;
    for (int block = 0; block < 3; ++block) {
        for (SweepLevel level : levels) {
            level.block = block;
            all.push_back(level);
        }
    }
    return all;
}

} // namespace

struct Case
{
    std::vector<int> limits{1, 2, 4, 6, 8, 12, 16, 24, 32};
    qint64 targetP95Us = 0;
    int harmfulAt = 0;
    SweepStop harm = SweepStop::Rejections;
    ClientLoad client;
};
Q_DECLARE_METATYPE(Case)

void TestRecommendation::finds_data()
{
    QTest::addColumn<Case>("given");
    QTest::addColumn<SweepFinding>("finding");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("verdict");

    QTest::newRow("the knee")
        << Case{} << SweepFinding::Knee << 8
        << u"Use 8 connections to api (good range 6–8). 12 gives +0 % throughput for +50 % median "
           "latency. From 24 on the server slows down. No 429 or 503 up to 32. Confidence: high, 3 "
           "repeats agree."_s;
    QTest::newRow("no knee")
        << Case{.limits = {1, 2, 4, 6, 8}} << SweepFinding::NoKnee << 0
        << u"No knee up to 8: api can do more. Throughput still rose at the highest level. Sweep "
           "further up to find the limit."_s;
    QTest::newRow("latency target")
        << Case{.targetP95Us = 70'000} << SweepFinding::Knee << 8 << QString();
    QTest::newRow("latency target in the rise")
        << Case{.limits = {1, 2, 4, 6}, .targetP95Us = 61'000} << SweepFinding::NoKnee << 0
        << QString();
    QTest::newRow("no level meets the target")
        << Case{.targetP95Us = 50'000} << SweepFinding::TargetMissed << 0
        << u"api misses the latency target even at 1 connection. The 95th percentile there is 60 "
           "ms."_s;
    QTest::newRow("rejections below the knee")
        << Case{.limits = {1, 2, 4, 6}, .harmfulAt = 6} << SweepFinding::Knee << 4
        << u"Use 4 connections to api. The server refuses requests (429 or 503) from 6 on. "
           "Confidence: high, 3 repeats agree."_s;
    QTest::newRow("rejections above the knee")
        << Case{.limits = {1, 2, 4, 6, 8, 12, 16}, .harmfulAt = 16} << SweepFinding::Knee << 8
        << QString();
    QTest::newRow("nothing works")
        << Case{.limits = {1}, .harmfulAt = 1, .harm = SweepStop::Errors}
        << SweepFinding::AlwaysHarmful << 0
        << u"api does not take this load at all. Requests fail from 1 on."_s;
    QTest::newRow("one level") << Case{.limits = {1}} << SweepFinding::TooFewLevels << 0
                               << QString();
    QTest::newRow("this machine's processor")
        << Case{.client = {.cpuShare = 0.95}} << SweepFinding::ClientIsLimit << 0
        << u"This machine is the bottleneck, not api. Sluice itself could not send faster, so the "
           "sweep says nothing about the server. Close other programs, or run the sweep from "
           "another machine."_s;
    QTest::newRow("this machine's event loop")
        << Case{.client = {.loopLagUs = 30'000}} << SweepFinding::ClientIsLimit << 0 << QString();
    QTest::newRow("requests held before the wire")
        << Case{.client = {.stalledUs = 20'000}} << SweepFinding::ClientIsLimit << 0 << QString();
    QTest::newRow("a busy machine, no knee")
        << Case{.limits = {1, 2, 4, 6, 8}, .client = {.cpuShare = 0.95}}
        << SweepFinding::ClientIsLimit << 0 << QString();
}

void TestRecommendation::finds()
{
    QFETCH(Case, given);
    QFETCH(QString, verdict);
    std::vector<SweepLevel> levels = thrice(eightWorkers(given.limits));
    for (SweepLevel &level : levels) {
        level.client = given.client;
        if (level.limit == given.harmfulAt)
            level.stop = given.harm;
    }
    const Recommendation found = recommend(levels, {.targetP95Us = given.targetP95Us});
    QTEST(found.finding, "finding");
    QTEST(found.limit.value_or(0), "limit");
    const QString text = sweepVerdict(found, levels, u"api"_s).text();
    if (!verdict.isEmpty())
        QCOMPARE(text, verdict);
}

void TestRecommendation::lowersForTheTarget()
{
    std::vector<SweepLevel> levels = thrice(eightWorkers({1, 2, 4, 6, 8, 12, 16}));
    for (SweepLevel &level : levels)
        level.p95Us = 50'000 + level.limit * 2'000;
    QCOMPARE(recommend(levels, {.targetP95Us = 66'000}).limit.value_or(0), 8);
    const Recommendation found = recommend(levels, {.targetP95Us = 65'000});
    QCOMPARE(found.limit.value_or(0), 6);
    QVERIFY(found.loweredForTarget);
    QCOMPARE(found.goodTo, 6);
    QVERIFY(sweepVerdict(found, levels, u"api"_s).details.contains("miss the latency target"_L1));
}

/** Levels (limit, throughput) that were measured three times each, with confidence \a ci. */
static std::vector<SweepLevel> measured(const std::vector<std::pair<int, double>> &levels,
                                        double ci)
{
    std::vector<SweepLevel> all;
    for (const auto &[limit, throughput] : levels) {
        const double us = limit / throughput * 1e6;
        all.push_back({.limit = limit,
                       .completed = 1000,
                       .throughput = throughput,
                       .ciHalfWidth = ci * throughput,
                       .meanUs = us,
                       .p50Us = qint64(us)});
    }
    return thrice(all);
}

// Nothing waits at 8, so 9 must bring more than was measured; when that is noise, 9 is the answer.
void TestRecommendation::prefersASlotTooManyInNoise()
{
    const std::vector<std::pair<int, double>> levels{{1, 25},  {2, 50},  {4, 100},  {6, 150},
                                                     {8, 200}, {9, 198}, {12, 190}, {16, 180}};
    QCOMPARE(recommend(measured(levels, 0.04), {}).limit.value_or(0), 9);
    QCOMPARE(recommend(measured(levels, 0.002), {}).limit.value_or(0), 8);
}

void TestRecommendation::saysWhatIsUnsure()
{
    std::vector<std::pair<int, double>> levels{{1, 25},  {2, 50},  {4, 100},  {6, 150},
                                               {8, 200}, {9, 205}, {12, 200}, {16, 195}};
    QVERIFY(recommend(measured(levels, 0.005), {}).unsure.empty());
    // 9 may well have 5 % less than 8.
    levels[4].second = 198;
    QCOMPARE(recommend(measured(levels, 0.01), {}).unsure, std::vector<int>{});
    QCOMPARE(recommend(measured(levels, 0.12), {}).unsure, (std::vector{8, 9}));
    // Nothing waits at 8 and nobody has looked a little above.
    levels.erase(levels.begin() + 5);
    QCOMPARE(recommend(measured(levels, 0.005), {}).unsure, std::vector{9});
}

void TestRecommendation::poolsRepeats()
{
    const std::vector<SweepLevel> repeats{
        {.limit = 8, .completed = 100, .throughput = 100, .meanUs = 80, .p50Us = 80, .p95Us = 300},
        {.limit = 8, .completed = 300, .throughput = 200, .meanUs = 40, .p50Us = 40, .p95Us = 100},
        {.limit = 8, .completed = 100, .throughput = 150, .meanUs = 60, .p50Us = 60, .p95Us = 120},
        {.limit = 8, .rejected = 1, .stop = SweepStop::Rejections},
    };
    const SweepPoint point = poolRepeats(8, repeats);
    QCOMPARE(point.repeats, 3);
    QCOMPARE(point.throughput, 170.0);
    QCOMPARE(point.meanUs, 52.0);
    QCOMPARE(point.p50Us, 60);
    QCOMPARE(point.p95Us, 120);
    QCOMPARE(point.rejected, 1);
    QCOMPARE(point.harm, SweepStop::Rejections);
    QVERIFY(std::abs(point.spread - 100.0 / 170) < 1e-9);
}

void TestRecommendation::seesDrift()
{
    std::vector<SweepLevel> levels = thrice(eightWorkers({1, 2, 4, 6, 8, 12, 16}));
    QVERIFY(!recommend(levels, {}).drifted);
    for (SweepLevel &level : levels) {
        if (level.limit == 1 && level.block == 2)
            level.throughput *= 0.8;
    }
    const Recommendation found = recommend(levels, {});
    QVERIFY(found.drifted);
    QVERIFY(found.confidence != Confidence::High);
    QVERIFY(sweepVerdict(found, levels, u"api"_s).details.contains("changed during"_L1));
}

void TestRecommendation::ratesConfidence()
{
    const std::vector<SweepLevel> once = eightWorkers({1, 2, 4, 6, 8, 12, 16, 24, 32});
    QCOMPARE(recommend(thrice(once), {}).confidence, Confidence::High);
    QCOMPARE(recommend(once, {}).confidence, Confidence::Medium);
    std::vector<SweepLevel> apart = thrice(once);
    for (SweepLevel &level : apart)
        level.throughput *= 1 + 0.1 * level.block;
    QVERIFY(recommend(apart, {}).confidence == Confidence::Low);
}

// The peak of the curve lies far beyond the knee; a sweep that recommended it would only make
// requests wait.
void TestRecommendation::neverSaysTheUslPeak()
{
    const std::vector<SweepLevel> levels =
        thrice(eightWorkers({1, 2, 4, 6, 8, 12, 16, 24, 32, 48}));
    const Recommendation found = recommend(levels, {});
    QVERIFY(found.usl && found.usl->peak());
    QVERIFY2(*found.usl->peak() > 11, qPrintable(QString::number(*found.usl->peak())));
    QCOMPARE(found.limit.value_or(0), 8);
}

QTEST_GUILESS_MAIN(TestRecommendation)
#include "tst_recommendation.moc"

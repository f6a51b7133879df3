// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/recommendation.h"

#include "core/tuning/kneechoice.h"
#include "core/tuning/kneedle.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr double Plateau = 0.97; ///< Of the best throughput: as good as the best.
constexpr double FarBelow = 0.4; ///< Of the knee: nothing waits there.
constexpr double SameLatency = 0.15;
constexpr double GoodPower = 0.75;  ///< Of the recommended limit's power.
constexpr double StillRising = 0.5; ///< Part of linear growth over the last step.
constexpr double NearTop = 0.8;
constexpr double WorseThan = 0.93; ///< Of the best throughput: the server slows down.
constexpr double Drift = 0.10;

/**
 * The throughput at the top: the mean over the plateau, because the largest of several noisy values
 * is too large.
 */
double topThroughput(const std::vector<SweepPoint> &points)
{
    const double best = std::ranges::max(points, {}, &SweepPoint::throughput).throughput;
    double sum = 0;
    int count = 0;
    for (const SweepPoint &point : points) {
        if (point.throughput >= Plateau * best) {
            sum += point.throughput;
            ++count;
        }
    }
    return sum / count;
}

/**
 * The latency of a server that does not queue: that of the lowest level, together with the levels
 * well below the knee whose latency is the same, because the more requests the surer the mean.
 */
double baseLatencyUs(const std::vector<SweepPoint> &points, double top)
{
    const double lowestUs = points.front().meanUs;
    const double knee = top * lowestUs / 1e6;
    double sum = 0;
    double completed = 0;
    for (const SweepPoint &point : points) {
        const bool isFlat = std::abs(point.meanUs - lowestUs) <= SameLatency * lowestUs;
        if (&point == &points.front() || (point.limit <= FarBelow * knee && isFlat)) {
            sum += point.completed * point.meanUs;
            completed += point.completed;
        }
    }
    return sum / completed;
}

bool stillRises(const std::vector<SweepPoint> &points, double littleKnee)
{
    if (points.size() < 2 || littleKnee < NearTop * points.back().limit)
        return false;
    const SweepPoint &top = points.back();
    const SweepPoint &below = points[points.size() - 2];
    const double growth = std::log(top.throughput / below.throughput);
    return growth > StillRising * std::log(double(top.limit) / below.limit);
}

/** True when this machine, not the server, decided the throughput of \a point. */
bool clientIsLimit(const SweepPoint &point)
{
    const double latencyUs = point.meanUs;
    return point.client.cpuShare > 0.85
           || double(point.client.loopLagUs) > std::max(10'000.0, 0.25 * latencyUs)
           || double(point.client.stalledUs) > std::max(5'000.0, 0.20 * latencyUs);
}

bool baselineDrifted(const std::vector<SweepLevel> &levels)
{
    const auto isBase = [&levels](const SweepLevel &level) {
        return level.limit == levels.front().limit && level.completed > 0;
    };
    std::vector<SweepLevel> base;
    std::ranges::copy_if(levels, std::back_inserter(base), isBase);
    if (base.size() < 2)
        return false;
    const auto [low, high] = std::ranges::minmax(base, {}, &SweepLevel::throughput);
    const double change = high.throughput - low.throughput;
    return change > Drift * high.throughput && change > low.ciHalfWidth + high.ciHalfWidth;
}

/** Around \a at, the recommended one of \a points. */
void setGoodRange(Recommendation &found, const std::vector<SweepPoint> &points,
                  std::vector<SweepPoint>::const_iterator at)
{
    const double least = GoodPower * at->power();
    auto from = at;
    while (from != points.begin() && std::prev(from)->power() >= least)
        --from;
    auto to = at;
    while (std::next(to) != points.end() && std::next(to)->power() >= least)
        ++to;
    found.goodFrom = from->limit;
    found.goodTo = found.loweredForTarget ? at->limit : to->limit;
}

void judgeConfidence(Recommendation &found, const SweepPoint &point)
{
    const bool kneedleAgrees = found.kneedle && *found.kneedle <= 1.6 * found.littleKnee
                               && *found.kneedle >= found.littleKnee / 1.6;
    const int doubts = int(point.repeats < 3) + int(point.spread > Drift) + int(found.drifted)
                       + int(!kneedleAgrees && !found.loweredForHarm && !found.loweredForTarget)
                       + int(point.littleDeviation > Drift);
    found.confidence = doubts == 0   ? Confidence::High
                       : doubts == 1 ? Confidence::Medium
                                     : Confidence::Low;
}

void markWhereItHurts(Recommendation &found, const std::vector<SweepPoint> &points)
{
    const auto best = std::ranges::max_element(points, {}, &SweepPoint::throughput);
    for (auto point = best; point != points.end(); ++point) {
        if (point->throughput < WorseThan * best->throughput) {
            found.worseFrom = point->limit;
            return;
        }
    }
}

/** Takes the limit down to the highest level that meets the latency target. */
void lowerForTarget(Recommendation &found, const std::vector<SweepPoint> &points, qint64 targetUs)
{
    if (targetUs <= 0)
        return;
    const auto meets = [targetUs](const SweepPoint &point) { return point.p95Us <= targetUs; };
    if (!meets(points.front())) {
        found.finding = SweepFinding::TargetMissed;
        found.limit.reset();
        return;
    }
    int highest = points.front().limit;
    for (const SweepPoint &point : points) {
        if (!meets(point))
            break;
        highest = point.limit;
    }
    const bool everyLevelMeets = std::ranges::all_of(points, meets);
    if (found.limit.value_or(highest + 1) <= highest || everyLevelMeets)
        return;
    found.finding = SweepFinding::Knee;
    found.limit = highest;
    found.loweredForTarget = true;
    found.unsure.clear();
}

/** The limit before the latency target is looked at. */
void findKneeLimit(Recommendation &found, const std::vector<SweepPoint> &points)
{
    found.finding = SweepFinding::Knee;
    if (!stillRises(points, found.littleKnee)) {
        const SweepPoint &knee = chooseKnee(points, found.littleKnee);
        found.limit = knee.limit;
        found.unsure = unsureLevels(knee, points, found.littleKnee);
        if (clientIsLimit(knee)) {
            found.finding = SweepFinding::ClientIsLimit;
            found.limit.reset();
            found.unsure.clear();
        }
        return;
    }
    if (found.harmfulAt) {
        found.limit = points.back().limit;
        found.loweredForHarm = true;
    } else if (clientIsLimit(points.back())) {
        found.finding = SweepFinding::ClientIsLimit;
    } else {
        found.finding = SweepFinding::NoKnee;
    }
}

} // namespace

Recommendation recommend(const std::vector<SweepLevel> &levels, const SweepSettings &settings)
{
    Recommendation found;
    std::vector<SweepPoint> points = poolLevels(levels);
    for (const SweepPoint &point : points) {
        if (point.harm != SweepStop::None && !found.harmfulAt) {
            found.harmfulAt = point.limit;
            found.harm = point.harm;
        }
    }
    std::erase_if(points, [&found](const SweepPoint &point) {
        return point.throughput <= 0 || (found.harmfulAt && point.limit >= *found.harmfulAt);
    });
    if (points.size() < 2) {
        found.finding = points.empty() && found.harmfulAt ? SweepFinding::AlwaysHarmful
                                                          : SweepFinding::TooFewLevels;
        return found;
    }
    found.highestMeasured = points.back().limit;
    const double top = topThroughput(points);
    found.littleKnee = top * baseLatencyUs(points, top) / 1e6;
    std::vector<UslPoint> uslPoints;
    for (const SweepLevel &level : levels) {
        if (!isHarmful(level.stop))
            uslPoints.push_back({double(level.limit), level.throughput});
    }
    std::vector<CurvePoint> curve;
    for (const SweepPoint &point : points)
        curve.push_back({double(point.limit), point.throughput});
    found.usl = fitUsl(uslPoints);
    found.kneedle = findKnee(curve, CurveShape::ConcaveIncreasing);
    found.drifted = baselineDrifted(levels);
    markWhereItHurts(found, points);
    findKneeLimit(found, points);
    lowerForTarget(found, points, settings.targetP95Us);
    const auto at = std::ranges::find_if(
        points, [&found](const SweepPoint &point) { return found.limit == point.limit; });
    if (at != points.end()) {
        setGoodRange(found, points, at);
        judgeConfidence(found, *at);
    }
    return found;
}

} // namespace Sluice

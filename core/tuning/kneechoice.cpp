// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/kneechoice.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace Sluice {

namespace {

constexpr double LeastThroughput = 0.98; ///< Of the best near the knee, that the limit must keep.
constexpr double SamePower = 0.95;       ///< As good as the largest power: throughput decides.
constexpr double LowestNeighbour = 0.75;
constexpr double HighestNeighbour = 1.25;
constexpr double MostLoss = 0.05;    ///< Of the throughput near the knee, that a limit may cost.
constexpr double HardlyWaits = 1.04; ///< Of the latency below: a further slot brings its share.
constexpr double WorthASlot = 1.03;  ///< Of the throughput: what a level above would have to add.
constexpr double LittleAbove = 1.12; ///< Of the limit, where the level above is measured
constexpr double JustAbove = 1.18;   ///< and up to where one stands for it.
constexpr double FarAbove = 1.5;

bool isNear(const SweepPoint &point, double littleKnee)
{
    return point.limit >= LowestNeighbour * littleKnee
           && point.limit <= HighestNeighbour * littleKnee;
}

/** The measured neighbour of the knee with the largest power that keeps the throughput there. */
const SweepPoint &refined(const std::vector<SweepPoint> &points, double littleKnee)
{
    std::vector<const SweepPoint *> near;
    double top = 0;
    for (const SweepPoint &point : points) {
        if (isNear(point, littleKnee)) {
            near.push_back(&point);
            top = std::max(top, point.throughput);
        }
    }
    std::erase_if(
        near, [top](const SweepPoint *point) { return point->throughput < LeastThroughput * top; });
    double power = 0;
    for (const SweepPoint *point : near)
        power = std::max(power, point->power());
    const SweepPoint *best = nullptr;
    for (const SweepPoint *point : near) {
        if (point->power() >= SamePower * power && (!best || point->throughput > best->throughput))
            best = point;
    }
    if (best)
        return *best;
    return *std::ranges::min_element(points, {}, [littleKnee](const SweepPoint &point) {
        return std::abs(std::log(point.limit / littleKnee));
    });
}

/**
 * True when requests wait no longer at \a at than at the levels below it, all of them together: one
 * latency of many requests, where that of the lowest level alone is too noisy.
 */
bool nothingWaits(const SweepPoint &at, const std::vector<SweepPoint> &points)
{
    double sum = 0;
    double completed = 0;
    for (const SweepPoint &point : points) {
        if (point.limit < at.limit) {
            sum += point.completed * point.meanUs;
            completed += point.completed;
        }
    }
    return completed > 0 && at.meanUs < HardlyWaits * sum / completed;
}

/**
 * Up from \a at while nothing waits there and a level a little above may have more throughput, for
 * all that the measurements can tell: a slot too few costs throughput, one too many hardly
 * anything.
 */
const SweepPoint &raised(const SweepPoint &at, const std::vector<SweepPoint> &points)
{
    const SweepPoint *highest = &at;
    for (const SweepPoint &point : points) {
        const double noise = point.ciHalfWidth + highest->ciHalfWidth;
        if (point.limit > highest->limit && point.limit <= JustAbove * at.limit
            && nothingWaits(*highest, points)
            && point.throughput + noise >= WorthASlot * highest->throughput)
            highest = &point;
    }
    return *highest;
}

} // namespace

const SweepPoint &chooseKnee(const std::vector<SweepPoint> &points, double littleKnee)
{
    return raised(refined(points, littleKnee), points);
}

std::vector<int> unsureLevels(const SweepPoint &at, const std::vector<SweepPoint> &points,
                              double littleKnee)
{
    std::set<int> levels;
    bool knowsAbove = false;
    bool isBeaten = false;
    for (const SweepPoint &point : points) {
        isBeaten = isBeaten
                   || (point.limit <= FarAbove * at.limit
                       && at.throughput < (1 - MostLoss) * point.throughput);
        const bool isAbove = point.limit > at.limit && point.limit <= JustAbove * at.limit;
        knowsAbove = knowsAbove || (isAbove && point.repeats > 1);
        if (&point == &at || !(isAbove || isNear(point, littleKnee)))
            continue;
        const double noise = std::hypot(point.ciHalfWidth, at.ciHalfWidth);
        if (at.throughput - noise < (1 - MostLoss) * point.throughput)
            levels.insert({at.limit, point.limit});
    }
    const int above = std::max(at.limit + 1, int(std::lround(at.limit * LittleAbove)));
    if (!knowsAbove && above <= JustAbove * at.limit && (isBeaten || nothingWaits(at, points)))
        levels.insert(above);
    return {levels.begin(), levels.end()};
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/sweeppoint.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace Sluice {

namespace {

/** Percentiles of repeats cannot be averaged; their median is one of them. */
qint64 medianOf(std::vector<SweepLevel> &repeats, qint64 SweepLevel::*percentile)
{
    const auto middle = repeats.begin() + std::ssize(repeats) / 2;
    std::ranges::nth_element(repeats, middle, {}, percentile);
    return std::invoke(percentile, *middle);
}

} // namespace

SweepPoint poolRepeats(int limit, const std::vector<SweepLevel> &repeats)
{
    SweepPoint point{.limit = limit};
    double weights = 0;
    double variance = 0;
    std::vector<SweepLevel> measured;
    for (const SweepLevel &level : repeats) {
        point.errors += level.errors;
        point.rejected += level.rejected;
        if (isHarmful(level.stop))
            point.harm = level.stop;
        if (level.completed == 0)
            continue;
        measured.push_back(level);
        const double weight = level.completed;
        weights += weight;
        point.completed += level.completed;
        point.throughput += weight * level.throughput;
        variance += std::pow(weight * level.ciHalfWidth, 2);
        point.meanUs += weight * level.meanUs;
        point.littleDeviation += weight * level.littleDeviation;
        point.client.cpuShare = std::max(point.client.cpuShare, level.client.cpuShare);
        point.client.loopLagUs = std::max(point.client.loopLagUs, level.client.loopLagUs);
        point.client.stalledUs = std::max(point.client.stalledUs, level.client.stalledUs);
    }
    if (measured.empty())
        return point;
    point.repeats = int(measured.size());
    point.throughput /= weights;
    point.ciHalfWidth = std::sqrt(variance) / weights;
    point.meanUs /= weights;
    point.littleDeviation /= weights;
    point.p50Us = medianOf(measured, &SweepLevel::p50Us);
    point.p95Us = medianOf(measured, &SweepLevel::p95Us);
    point.p99Us = medianOf(measured, &SweepLevel::p99Us);
    const auto [low, high] = std::ranges::minmax(measured, {}, &SweepLevel::throughput);
    point.spread = (high.throughput - low.throughput) / point.throughput;
    return point;
}

std::vector<SweepPoint> poolLevels(const std::vector<SweepLevel> &levels)
{
    std::map<int, std::vector<SweepLevel>> byLimit;
    for (const SweepLevel &level : levels)
        byLimit[level.limit].push_back(level);
    std::vector<SweepPoint> points;
    for (const auto &[limit, repeats] : byLimit)
        points.push_back(poolRepeats(limit, repeats));
    return points;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweeppoint.h"
#include "core/tuning/usl.h"

namespace Sluice {

enum class SweepFinding {
    Knee,          ///< A limit can be recommended.
    NoKnee,        ///< Throughput still rose at the highest level.
    ClientIsLimit, ///< This machine, not the server, stopped the rise.
    TargetMissed,  ///< Even the lowest level is over the latency target.
    AlwaysHarmful, ///< 429, 503 or errors at the lowest level already.
    TooFewLevels,  ///< Stopped before anything could be said.
};

enum class Confidence { Low, Medium, High };

/** What a sweep says. */
struct Recommendation
{
    SweepFinding finding = SweepFinding::TooFewLevels;
    std::optional<int> limit; ///< Set for Knee only.
    int goodFrom = 0;         ///< The good range, both ends included.
    int goodTo = 0;
    double littleKnee = 0; ///< N* = Xmax·R1.
    std::optional<double> kneedle;
    std::optional<UslFit> usl;
    std::optional<int> worseFrom;     ///< From this measured level on throughput falls.
    std::optional<int> harmfulAt;     ///< Lowest level that a guard rail cut short,
    SweepStop harm = SweepStop::None; ///< and which.
    bool loweredForTarget = false;
    bool loweredForHarm = false;
    bool drifted = false; ///< The baseline's throughput changed by more than 10 %.
    int highestMeasured = 0;
    Confidence confidence = Confidence::Low;
    /**
     * Levels to measure again, or for the first time, before it is sure that `limit` keeps 95 % of
     * the throughput to be had near it; ascending, empty when it is.
     */
    std::vector<int> unsure;
};

/**
 * Finds the knee of \a levels: N* = Xmax·R1 by Little's law, where R1 is the mean latency at the
 * lowest level; refined to the measured neighbour with the largest power, and where noise leaves it
 * open rather to a slot too many than to one too few; then lowered until the latency target holds
 * and no 429 or 503 came. Never above what was measured, and never the peak of the USL curve, which
 * lies beyond the knee.
 */
Recommendation recommend(const std::vector<SweepLevel> &levels, const SweepSettings &settings);

} // namespace Sluice

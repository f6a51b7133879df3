// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweeptypes.h"

namespace Sluice {

/** All measurements of one limit pooled. */
struct SweepPoint
{
    int limit = 0;
    int repeats = 0;
    int completed = 0;
    double throughput = 0;
    double ciHalfWidth = 0;
    double meanUs = 0;
    qint64 p50Us = 0;
    qint64 p95Us = 0;
    qint64 p99Us = 0;
    int errors = 0;
    int rejected = 0;
    double littleDeviation = 0;
    SweepStop harm = SweepStop::None; ///< The guard rail that cut it short.
    ClientLoad client;
    double spread = 0; ///< Highest less lowest throughput of its repeats, as a part of the mean.

    /** Throughput over median latency: what a request gains for what it waits. */
    double power() const { return p50Us > 0 ? throughput / double(p50Us) : 0; }
};

/** \a repeats of the same limit pooled, weighted by their completions. */
SweepPoint poolRepeats(int limit, const std::vector<SweepLevel> &repeats);
/** The levels by limit, ascending, repeats pooled. */
std::vector<SweepPoint> poolLevels(const std::vector<SweepLevel> &levels);

} // namespace Sluice

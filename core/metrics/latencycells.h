// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/loghistogram.h"

#include <memory>
#include <vector>

namespace Sluice {

/**
 * The ranges of latency that a picture counts: below 10 µs, then twelve a decade at the preferred
 * numbers of the E12 series (10 12 15 18 22 27 33 39 47 56 68 82; IEC 60063) up to 1000 s. They
 * have the two significant digits of the histograms that they are filled from.
 */
namespace LatencyBuckets {

inline constexpr int Count = 97;

/** 0…Count-1; of what is longer than all, the last. */
int of(qint64 us);
qint64 lowUs(int bucket);
/** The first value that is no longer in it. */
qint64 highUs(int bucket);

} // namespace LatencyBuckets

/** So many requests in one bucket. */
struct LatencyCount
{
    quint8 bucket = 0;
    quint32 count = 0;

    bool operator==(const LatencyCount &) const = default;
};
using LatencyCells = std::vector<LatencyCount>; ///< By bucket, upwards; those with a count only.

/** The counts of \a histogram in the buckets. */
LatencyCells latencyCells(const PackedHistogram &histogram);

/** What ended in one step of time. */
struct LatencyColumn
{
    qint64 beginUs = 0;
    LatencyCells onWire;
    LatencyCells total; ///< With the wait in the queue.
};

/** Latencies over time, oldest first; steps in which nothing ended are left out. */
struct LatencyHeatmap
{
    qint64 stepUs = 1'000'000;
    std::vector<LatencyColumn> columns;

    std::size_t bytes() const;
};
using LatencyHeatmapPtr = std::shared_ptr<const LatencyHeatmap>;

} // namespace Sluice

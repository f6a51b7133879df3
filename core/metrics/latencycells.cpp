// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/latencycells.h"

#include <algorithm>
#include <array>

namespace Sluice {

namespace {

/** Where each bucket begins, and where the last one ends. */
constexpr auto Bounds = [] {
    constexpr std::array<qint64, 12> E12{10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82};
    std::array<qint64, LatencyBuckets::Count + 1> bounds{};
    std::size_t at = 1;
    for (qint64 factor = 1; at + E12.size() < bounds.size(); factor *= 10) {
        for (const qint64 number : E12)
            bounds[at++] = number * factor;
    }
    bounds[at] = bounds[at - E12.size()] * 10;
    return bounds;
}();

} // namespace

int LatencyBuckets::of(qint64 us)
{
    const auto *above = std::ranges::upper_bound(Bounds, us);
    return std::clamp(int(above - Bounds.begin()) - 1, 0, Count - 1);
}

qint64 LatencyBuckets::lowUs(int bucket)
{
    return Bounds[std::size_t(bucket)];
}

qint64 LatencyBuckets::highUs(int bucket)
{
    return Bounds[std::size_t(bucket) + 1];
}

LatencyCells latencyCells(const PackedHistogram &histogram)
{
    LatencyCells cells;
    histogram.forEach([&cells](qint64 us, quint32 count) {
        const auto bucket = quint8(LatencyBuckets::of(us)); // The values come in order.
        if (cells.empty() || cells.back().bucket != bucket)
            cells.push_back({bucket, 0});
        cells.back().count += count;
    });
    cells.shrink_to_fit();
    return cells;
}

std::size_t LatencyHeatmap::bytes() const
{
    std::size_t bytes = columns.capacity() * sizeof(LatencyColumn);
    for (const LatencyColumn &column : columns)
        bytes += (column.onWire.capacity() + column.total.capacity()) * sizeof(LatencyCount);
    return bytes;
}

} // namespace Sluice

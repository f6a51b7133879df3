// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/percentiletrust.h"

#include <QtGlobal>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <vector>

namespace Sluice {

/**
 * A histogram that is only kept: four bytes for each bucket in use, a few hundred bytes for a
 * second of requests. A value; any thread.
 */
struct PackedHistogram
{
    std::vector<quint32> entries; ///< Bucket in the lower 12 bits, count in the upper 20.
    quint64 count = 0;
    qint64 sumUs = 0;
    qint64 minUs = 0;
    qint64 maxUs = 0;

    /** Calls \a take(value in µs, count) upwards, to two significant digits; a value may come
     * twice. */
    template<typename Take>
    void forEach(const Take &take) const;

    std::size_t bytes() const { return sizeof *this + entries.capacity() * sizeof(quint32); }
};

/**
 * A histogram of durations in microseconds, from 1 µs to 10 min, with two significant digits: a
 * value lands in a bucket no wider than 1/128 of it (the bucket layout of HdrHistogram). Recording
 * is a shift and an increment. Histograms merge exactly, so percentiles are never averaged.
 *
 * Memory: eight bytes a bucket up to the largest value seen, at most 25 KB. A value; any thread.
 */
class LogHistogram
{
public:
    static constexpr qint64 MaxUs = 600'000'000; ///< 10 min; larger values count as this.

    /** Negative values count as 0. */
    void record(qint64 us)
    {
        us = std::clamp<qint64>(us, 0, MaxUs);
        const std::size_t index = bucketOf(us);
        if (index >= m_counts.size())
            m_counts.resize(index + 1);
        ++m_counts[index];
        m_min = m_count == 0 ? us : std::min(m_min, us);
        m_max = std::max(m_max, us);
        ++m_count;
        m_sum += us;
    }
    void merge(const LogHistogram &other);
    void merge(const PackedHistogram &other);
    PackedHistogram packed() const;
    void clear() { *this = {}; }

    quint64 count() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }
    qint64 minUs() const { return m_min; } ///< Exact; 0 when empty.
    qint64 maxUs() const { return m_max; } ///< Exact; 0 when empty.
    double meanUs() const;                 ///< Exact; 0 when empty.

    /**
     * The smallest recorded value that at least \a percent of all values do not exceed (nearest
     * rank), to two significant digits; 0 when empty. \a percent is 0…100; 100 is maxUs().
     */
    qint64 percentileUs(double percent) const;
    /** percentileUs(); -1 when there are fewer values than say anything about one. */
    qint64 knownPercentileUs(double percent) const
    {
        return percentileTrust(percent, m_count) == PercentileTrust::None ? -1
                                                                          : percentileUs(percent);
    }

    std::size_t bytes() const { return sizeof *this + m_counts.capacity() * sizeof(quint64); }
    static constexpr std::size_t maxBytes()
    {
        return sizeof(LogHistogram) + 2 * (bucketOf(MaxUs) + 1) * sizeof(quint64);
    }

private:
    friend struct PackedHistogram;

    static constexpr int EntryBits = 12; ///< Of an entry of PackedHistogram, for its bucket.
    static constexpr quint32 EntryMask = (quint32(1) << EntryBits) - 1;
    static constexpr int SubBits = 8; ///< Values below 2^8 have a bucket each.
    static constexpr quint64 HalfCount = quint64(1) << (SubBits - 1);

    static constexpr std::size_t bucketOf(qint64 us)
    {
        const quint64 value = quint64(us);
        const int shift = std::max(0, int(std::bit_width(value)) - SubBits);
        return std::size_t(quint64(shift) * HalfCount + (value >> shift));
    }
    static qint64 middleOf(std::size_t bucket);

    std::vector<quint64> m_counts;
    quint64 m_count = 0;
    qint64 m_sum = 0;
    qint64 m_min = 0;
    qint64 m_max = 0;
};

template<typename Take>
void PackedHistogram::forEach(const Take &take) const
{
    for (const quint32 entry : entries)
        take(LogHistogram::middleOf(entry & LogHistogram::EntryMask),
             entry >> LogHistogram::EntryBits);
}

} // namespace Sluice

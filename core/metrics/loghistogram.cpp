// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/loghistogram.h"

#include <cmath>

namespace Sluice {

void LogHistogram::merge(const LogHistogram &other)
{
    if (other.isEmpty())
        return;
    if (other.m_counts.size() > m_counts.size())
        m_counts.resize(other.m_counts.size());
    for (std::size_t i = 0; i < other.m_counts.size(); ++i)
        m_counts[i] += other.m_counts[i];
    m_min = isEmpty() ? other.m_min : std::min(m_min, other.m_min);
    m_max = std::max(m_max, other.m_max);
    m_count += other.m_count;
    m_sum += other.m_sum;
}

void LogHistogram::merge(const PackedHistogram &other)
{
    if (other.count == 0)
        return;
    // Buckets are in order, so the last one is the largest.
    const std::size_t needed = std::size_t(other.entries.back() & EntryMask) + 1;
    if (needed > m_counts.size())
        m_counts.resize(needed);
    for (const quint32 entry : other.entries)
        m_counts[entry & EntryMask] += entry >> EntryBits;
    m_min = isEmpty() ? other.minUs : std::min(m_min, other.minUs);
    m_max = std::max(m_max, other.maxUs);
    m_count += other.count;
    m_sum += other.sumUs;
}

PackedHistogram LogHistogram::packed() const
{
    static_assert(bucketOf(MaxUs) <= EntryMask);
    constexpr quint64 MostInEntry = (quint64(1) << (32 - EntryBits)) - 1;
    PackedHistogram packed{{}, m_count, m_sum, m_min, m_max};
    const auto used = std::ranges::count_if(m_counts, [](quint64 count) { return count > 0; });
    packed.entries.reserve(std::size_t(used));
    for (std::size_t bucket = 0; bucket < m_counts.size(); ++bucket) {
        for (quint64 left = m_counts[bucket]; left > 0;) { // More than an entry counts to is rare.
            const quint64 part = std::min(left, MostInEntry);
            packed.entries.push_back(quint32(part) << EntryBits | quint32(bucket));
            left -= part;
        }
    }
    return packed;
}

double LogHistogram::meanUs() const
{
    return isEmpty() ? 0 : double(m_sum) / double(m_count);
}

qint64 LogHistogram::percentileUs(double percent) const
{
    if (isEmpty())
        return 0;
    const double share = std::clamp(percent, 0.0, 100.0) / 100.0;
    // The tolerance keeps e.g. 0.95 * 20 from being rounded up to rank 20.
    const quint64 rank =
        std::max<quint64>(1, quint64(std::ceil(share * double(m_count) - 1e-9 * double(m_count))));
    if (rank >= m_count)
        return m_max;
    quint64 seen = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        seen += m_counts[i];
        if (seen >= rank)
            return std::clamp(middleOf(i), m_min, m_max);
    }
    return m_max;
}

qint64 LogHistogram::middleOf(std::size_t bucket)
{
    const quint64 index = bucket;
    if (index < 2 * HalfCount)
        return qint64(index);
    const quint64 shift = index / HalfCount - 1;
    const quint64 low = (index - shift * HalfCount) << shift;
    return qint64(low + (quint64(1) << shift) / 2);
}

} // namespace Sluice

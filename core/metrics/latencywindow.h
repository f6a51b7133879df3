// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/loghistogram.h"

#include <array>

namespace Sluice {

/**
 * Durations of the last ten seconds: one histogram a second, merged when asked, so percentiles are
 * those of all values and never averages of averages. At most maxBytes(), half a megabyte. One
 * thread.
 */
class LatencyWindow
{
public:
    static constexpr qint64 Seconds = 10;

    /** A duration of \a us that ended at \a atUs. */
    void record(qint64 atUs, qint64 us);
    /** All durations that ended in the ten seconds up to \a nowUs, the running second included. */
    LogHistogram merged(qint64 nowUs) const;
    /** The durations that ended in \a second of the clock; empty when it is too long ago. */
    const LogHistogram &of(qint64 second) const;

    std::size_t bytes() const; ///< Held now.
    static constexpr std::size_t maxBytes()
    {
        return std::size_t(Seconds) * (sizeof(qint64) + LogHistogram::maxBytes());
    }

private:
    struct Slot
    {
        qint64 second = -1;
        LogHistogram histogram;
    };

    std::array<Slot, Seconds> m_slots;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <algorithm>

namespace Sluice {

/**
 * The history of one host for the heatmap, from transitions: steps of 1 s, each level above four
 * times as wide, the newest 256 steps of each; 1,024 s in the end, which is three days. 20 KB. One
 * thread.
 */
class HostSeries
{
public:
    static constexpr int Levels = 6;
    static constexpr qint64 Capacity = 256; ///< Steps kept of each level.

    HostSeries();

    /** From \a atUs on. Times never go backwards. */
    void set(qint64 atUs, int inFlight, int queued)
    {
        advance(atUs);
        m_inFlight = inFlight;
        m_open.maxInFlight = std::max(m_open.maxInFlight, narrow(inFlight));
        m_open.maxQueued = std::max(m_open.maxQueued, narrow(queued));
        m_queued = queued;
    }
    void setLimit(int limit) { m_limit = limit; }
    /** A reply 429 or 503, now. */
    void countLimited() { m_open.limited = narrow(m_open.limited + 1); }
    /** Nothing changed until \a nowUs. */
    void advance(qint64 nowUs);

    /** The finest level that a \a spanUs long window that began at \a beginUs is kept on. */
    static int levelFor(qint64 beginUs, qint64 spanUs, qint64 nowUs);
    static constexpr qint64 widthUs(int level) { return 1'000'000LL << (2 * level); }
    /** \a count cells from \a beginUs on; those that are not kept are empty. */
    std::vector<HostCell> window(int level, qint64 beginUs, int count) const;

    std::size_t bytes() const { return sizeof *this + m_cells.capacity() * sizeof(Step); }

private:
    struct Step
    {
        qint64 index = -1;
        HostCell cell; ///< `meanInFlight` is a sum over seconds.
    };

    static quint16 narrow(int value) { return quint16(std::clamp(value, 0, 65535)); }
    void finishSecond();
    Step &at(int level, qint64 index)
    {
        return m_cells[std::size_t(level * Capacity + index % Capacity)];
    }

    std::vector<Step> m_cells;
    HostCell m_open; ///< The second that is filling.
    double m_integral = 0;
    qint64 m_second = -1;
    qint64 m_atUs = -1;
    int m_inFlight = 0;
    int m_queued = 0;
    int m_limit = 0;
};

} // namespace Sluice

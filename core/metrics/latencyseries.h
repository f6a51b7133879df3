// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/latencywindow.h"
#include "core/metrics/livesnapshot.h"

#include <deque>

namespace Sluice {

/**
 * Percentiles over time. By the second they are rolling ones, of the ten seconds up to there; by
 * ten seconds, a minute and ten minutes those of the step itself, from merged histograms: nothing
 * is ever averaged. Kept for 15 minutes, 3 hours, 25 hours and a week. Below 1 MB. One thread.
 */
class LatencySeries
{
public:
    /** A request ended at \a atUs; \a totalUs is its time on the wire and in the queue. */
    void record(qint64 atUs, qint64 onWireUs, qint64 totalUs);
    /** Nothing ended until \a nowUs. */
    void advance(qint64 nowUs);
    /** The steps that begin inside \a view, seen at \a nowUs. */
    LiveLatency window(const LiveView &view, qint64 nowUs) const;

    const LatencyWindow &onWire() const { return m_onWire; }

private:
    static constexpr int Levels = 4;

    /** Steps of one width. */
    struct Level
    {
        std::deque<LatencyPoint> points;
        LogHistogram onWire; ///< Of the step that is still open.
        LogHistogram total;
        qint64 index = -1;
    };

    void finishSecond(qint64 second);
    void add(int level, qint64 index, const LogHistogram &onWire, const LogHistogram &total);
    void finishStep(int level);
    void keep(int level, const LatencyPoint &point);

    LatencyWindow m_onWire;
    LatencyWindow m_total;
    std::array<Level, Levels> m_levels;
    qint64 m_second = -1;     ///< That is still open.
    qint64 m_lastRecord = -1; ///< The second of the newest sample.
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/latencycells.h"
#include "core/metrics/latencywindow.h"
#include "core/metrics/livesnapshot.h"

#include <deque>

namespace Sluice {

/** The latencies of everything that ended in a range of time. */
struct LatencyRange
{
    qint64 beginUs = 0; ///< Whole steps.
    qint64 endUs = 0;
    LogHistogram onWire;
    LogHistogram total; ///< With the wait in the queue.
};

/**
 * Percentiles over time. By the second they are rolling ones, of the ten seconds up to there; by
 * ten seconds, a minute and ten minutes those of the step itself, from merged histograms: nothing
 * is ever averaged. Kept for 15 minutes, 3 hours, 25 hours and a week.
 *
 * The steps' own histograms are kept too, for the percentiles of any range; at most HistoryBytes
 * for each width, of which the oldest are dropped first. At most maxBytes() in all. One thread.
 */
class LatencySeries
{
public:
    static constexpr std::size_t HistoryBytes = 5'000'000;

    /** A request ended at \a atUs; \a totalUs is its time on the wire and in the queue. */
    void record(qint64 atUs, qint64 onWireUs, qint64 totalUs);
    /** Nothing ended until \a nowUs. */
    void advance(qint64 nowUs);
    /** The steps that begin inside \a view, seen at \a nowUs. */
    LiveLatency window(const LiveView &view, qint64 nowUs) const;

    /**
     * What ended in the steps of window(), each one's own requests by how long they took; the open
     * step so far, too. Steps whose histograms are dropped already are left out.
     */
    LatencyHeatmap heatmap(const LiveView &view, qint64 nowUs) const;

    /** \a beginUs to \a endUs, widened to whole steps of the finest width that still knows it. */
    LatencyRange range(qint64 beginUs, qint64 endUs) const;

    std::size_t bytes() const; ///< Held now.
    static std::size_t maxBytes();
    /** What heatmap() takes at most. */
    static std::size_t maxHeatmapBytes();

    const LatencyWindow &onWire() const { return m_onWire; }

private:
    static constexpr int Levels = 4;

    struct Step
    {
        qint64 beginUs = 0;
        PackedHistogram onWire;
        PackedHistogram total;

        std::size_t bytes() const { return sizeof beginUs + onWire.bytes() + total.bytes(); }
    };
    /** Steps of one width. */
    struct Level
    {
        std::deque<LatencyPoint> points;
        LogHistogram onWire; ///< Of the step that is still open.
        LogHistogram total;
        qint64 index = -1;
        std::deque<Step> history; ///< By time.
        std::size_t historyBytes = 0;
        qint64 forgottenUs = 0; ///< Steps that began before this are not in the history.
    };

    void finishSecond(qint64 second);
    void add(int level, qint64 index, const LogHistogram &onWire, const LogHistogram &total);
    void finishStep(int level);
    void keep(int level, const LatencyPoint &point);
    void keepHistory(int level, qint64 beginUs, const LogHistogram &onWire,
                     const LogHistogram &total);
    std::size_t levelKnowing(qint64 beginUs) const;
    std::size_t levelShown(const LiveView &view, qint64 nowUs) const;
    void addPending(LatencyHeatmap &map, std::size_t level, qint64 endUs) const;

    LatencyWindow m_onWire;
    LatencyWindow m_total;
    std::array<Level, Levels> m_levels;
    qint64 m_second = -1;     ///< That is still open.
    qint64 m_lastRecord = -1; ///< The second of the newest sample.
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/chartgeometry.h"

namespace Sluice {

/** What one column of device pixels shows. */
struct ChartColumn
{
    std::array<float, LiveGaugeCount> mean{}; ///< Indexed by LiveGauge; the stack.
    std::array<int, LiveGaugeCount> min{};
    std::array<int, LiveGaugeCount> max{};
    int allMax = 0;
    int sockets = -1;    ///< The most that were open; -1 = not known.
    int limited = 0;     ///< Replies 429 and 503.
    float coveredUs = 0; ///< 0 = nothing is known of this time.

    bool isKnown() const { return coveredUs > 0; }
    float sum() const;
};

/**
 * Spreads \a series over the columns of \a geometry: extremes of every bucket that a column
 * touches, so none is lost, and means weighted by time. Reuses \a columns.
 */
void fillColumns(const LiveSeries &series, const ChartGeometry &geometry, qint64 nowUs,
                 std::vector<ChartColumn> &columns);

/** "14 (3 to 24)", or one number when it did not change. */
QString gaugeText(const ChartColumn &column, LiveGauge gauge);

} // namespace Sluice

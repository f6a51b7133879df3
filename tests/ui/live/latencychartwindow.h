// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/latencychart.h"

namespace Sluice::Test {

/** A minute in which every second had the same percentiles, of \a count requests. */
inline std::shared_ptr<LiveSnapshot> steadyLatencies(quint64 count)
{
    constexpr qint64 Second = 1'000'000;
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 70 * Second;
    snapshot->startedUs = Second;
    for (qint64 second = 10; second < 70; ++second)
        snapshot->latency.points.push_back({.beginUs = second * Second,
                                            .count = count,
                                            .p50Us = 40'000,
                                            .p95Us = 60'000,
                                            .p99Us = 100'000,
                                            .p50TotalUs = 300'000,
                                            .p95TotalUs = 500'000,
                                            .p99TotalUs = 800'000});
    return snapshot;
}

/** A latency chart alone, shown. */
struct LatencyChartWindow
{
    LiveCrosshair crosshair;
    LatencyChart chart{&crosshair};

    explicit LatencyChartWindow(LatencyChart::Mode mode, LiveSnapshotPtr snapshot)
    {
        chart.resize(900, 240);
        chart.show();
        chart.setMode(mode);
        chart.setSnapshot(std::move(snapshot));
    }
    QPoint cell(qint64 atUs, qint64 us) const
    {
        return chart.heatmap()
            .cellRect(chart.chartGeometry(), chart.heatmap().range(), atUs, LatencyBuckets::of(us))
            .center()
            .toPoint();
    }
};

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/theme/theme.h"

#include <QList>

#include <array>

namespace Sluice {

/** A line of the latency chart. */
struct LatencyPercentile
{
    const char *name;
    double percent;
    qint64 LatencyPoint::*onWire;
    qint64 LatencyPoint::*total;
    QColor Theme::*color;
    QList<qreal> dashes; ///< Empty = solid.
};

/** From the lowest up. */
inline const std::array<LatencyPercentile, 3> &latencyPercentiles()
{
    static const std::array<LatencyPercentile, 3> all{{
        {"p50", 50, &LatencyPoint::p50Us, &LatencyPoint::p50TotalUs, &Theme::p50, {1, 2}},
        {"p95", 95, &LatencyPoint::p95Us, &LatencyPoint::p95TotalUs, &Theme::p95, {4, 2}},
        {"p99", 99, &LatencyPoint::p99Us, &LatencyPoint::p99TotalUs, &Theme::p99, {}},
    }};
    return all;
}

} // namespace Sluice

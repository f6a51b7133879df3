// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/ticket.h"
#include "core/metrics/livesnapshot.h"

#include <deque>
#include <functional>
#include <vector>

namespace Sluice {

/**
 * What adaptive limits decided over time: the latest 1,024 steps each of the 32 endpoints that were
 * adaptive first.
 */
class LimitSeries
{
public:
    void add(EndpointId endpoint, const LimitStep &step);
    /** In force for \a endpoint; 0 when its limit is not adaptive. */
    int limitOf(EndpointId endpoint) const;
    /** The steps that are in force somewhere between \a fromUs and \a toUs. */
    std::vector<LiveAdaptiveLimit>
    window(qint64 fromUs, qint64 toUs,
           const std::function<QString(EndpointId)> &endpointName) const;

private:
    struct Row
    {
        EndpointId endpoint = EndpointId::None;
        std::deque<LimitStep> steps;
    };

    std::vector<Row> m_rows;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runstatistics.h"
#include "core/run/runplan.h"

#include <memory>
#include <vector>

namespace Sluice {

/** All that is known of a run once it has ended, without its single requests. */
struct RunOutcome
{
    RunProgress progress;
    RunStatistics statistics;
    quint64 checksPassed = 0;
    quint64 checksFailed = 0;
    std::vector<QString> endpoints; ///< `scheme://host:port` by EndpointId.

    QString endpointName(EndpointId id) const
    {
        const auto index = std::size_t(id);
        return index < endpoints.size() ? endpoints[index] : QString();
    }
};

using RunOutcomePtr = std::shared_ptr<const RunOutcome>;

} // namespace Sluice

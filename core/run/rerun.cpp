// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/rerun.h"

#include <set>

namespace Sluice {

RunPlan failedPlan(const RunPlan &plan, const RunRows &rows)
{
    std::set<quint32> requests;
    std::set<quint32> iterations;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RunRow &row = rows.at(i);
        if (!row.hasFailed || row.request >= plan.requests.size())
            continue;
        requests.insert(row.request);
        iterations.insert(row.iteration);
    }
    RunPlan failed = plan;
    failed.requests.clear();
    failed.data.clear();
    for (const quint32 request : requests)
        failed.requests.push_back(plan.requests[request]);
    if (!plan.data.empty()) {
        for (const quint32 iteration : iterations)
            failed.data.push_back(plan.data[iteration % plan.data.size()]);
    }
    failed.iterations = int(iterations.size());
    failed.durationUs = 0;
    return failed;
}

} // namespace Sluice

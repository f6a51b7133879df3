// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runplan.h"

#include "core/run/judge.h"

#include <algorithm>

namespace Sluice {

RunPlan::Order resolvedOrder(const RunPlan &plan)
{
    if (plan.order != RunPlan::Order::Auto)
        return plan.order;
    const auto hasActions = [](const RequestInContext &request) {
        return !effectiveActions(request).empty();
    };
    const bool isChained = plan.delayUs > 0 || std::ranges::any_of(plan.requests, hasActions);
    return isChained ? RunPlan::Order::Iterations : RunPlan::Order::All;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/environment/variablescopes.h"
#include "core/run/requestbuilder.h"
#include "core/run/runplan.h"

#include <optional>
#include <vector>

namespace Sluice {

/** What of one request of a run is the same for every iteration. */
struct RunItem
{
    std::optional<Result<SharedRequest>> constant; ///< Built once, when nothing in it varies.
    EndpointId endpoint = EndpointId::None;        ///< Of `constant`.
    VariableScopes scopes;
    bool mustPrepare = false; ///< It has actions before it is sent,
    bool mustJudge = false;   ///< assertions or captures.
};

/**
 * One for each request of \a plan. A request is constant unless it names a variable that an action
 * of the run sets or its data has, or one that is new each time.
 */
std::vector<RunItem> runItems(const RunPlan &plan, RequestBuilder &builder, Dispatcher &dispatcher);

} // namespace Sluice

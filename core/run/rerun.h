// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runrows.h"

namespace Sluice {

/**
 * A run of what failed in \a rows: the requests of \a plan that failed at least once, as many
 * iterations as had a failure, with the data of those iterations. Without any failure it is empty.
 */
RunPlan failedPlan(const RunPlan &plan, const RunRows &rows);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/loadplan.h"

namespace Sluice {

// What of a run every load generator loses, one sentence each.

QStringList lostVariables(const ScriptTexts &texts);
QStringList lostLimits(const Limits &limits);
QStringList lostOptions(const RunPlan &plan);

} // namespace Sluice

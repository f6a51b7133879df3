// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/loadplan.h"

namespace Sluice {

/**
 * \a request as a script sends it: inherited headers, settings and authentication put in. What a
 * script cannot do goes to \a notes.
 */
LoadCall loadCall(const RequestInContext &request, const VariableScopes &scopes,
                  const SendOptions &options, ScriptTexts &texts, QStringList &notes);

} // namespace Sluice

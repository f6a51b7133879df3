// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/loadplan.h"

namespace Sluice {

/**
 * What \a call has to find in its reply as lines of Python that set variables and append to
 * `failures`; empty without any. What Python cannot say goes to \a notes.
 */
QString locustChecks(const LoadCall &call, QStringList &notes);

} // namespace Sluice

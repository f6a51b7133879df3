// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/loadplan.h"

namespace Sluice {

/** The captures of \a call as lines that set variables; empty without any. */
QString k6Captures(const LoadCall &call);

/** The assertions of \a call as a k6 `check()`; with \a bail a failed one ends the run. */
QString k6Checks(const LoadCall &call, bool bail);

/** \a assertions and \a captures as a test script of Postman. */
QString postmanTests(const std::vector<AssertionSpec> &assertions,
                     const std::vector<CaptureSpec> &captures);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"

namespace Sluice {

/** The verdict on one assertion. */
struct CheckResult
{
    AssertionSpec assertion;
    bool passed = false;
    QString message; ///< Why not; also set when a side that failed made the check pass.
};

} // namespace Sluice

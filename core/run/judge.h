// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checker.h"
#include "core/collection/collection.h"
#include "core/environment/variablescopes.h"

namespace Sluice {

/** A variable that a response set. */
struct CapturedVariable
{
    QString name;
    VariableValue value;
};

/** What a response was found to be. */
struct Judgement
{
    std::vector<CheckResult> checks;
    std::vector<CapturedVariable> captured;
};

/**
 * Reads the captures of \a request from \a response, into \a scopes too, then judges its
 * assertions. A capture that cannot be read counts as a failed check.
 */
Judgement judge(Checker &checker, const RequestInContext &request, const Response &response,
                VariableScopes &scopes);

/** The captures of \a request that are switched on: inherited ones first, then its own. */
std::vector<CaptureSpec> effectiveCaptures(const RequestInContext &request);

} // namespace Sluice

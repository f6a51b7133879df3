// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checker.h"
#include "core/run/capturedvariables.h"

namespace Sluice {

/** What a request's actions set, and what a response was found to be. */
struct Judgement
{
    std::vector<CheckResult> checks;
    std::vector<CapturedVariable> captured;
    QStringList secrets; ///< The captured values that are declared secret.

    void add(Judgement &&later);
};

/**
 * Runs the actions of \a request that come before it is sent, into \a scopes too. They see the
 * variables; one that cannot be evaluated counts as a failed check.
 */
Judgement prepare(Checker &checker, const RequestInContext &request, VariableScopes &scopes);

/**
 * Reads the captures of \a request from \a response, into \a scopes too, then judges its
 * assertions. A capture that cannot be read counts as a failed check.
 */
Judgement judge(Checker &checker, const RequestInContext &request, const Response &response,
                VariableScopes &scopes);

/** A capture with its place: how deep in the defaults it stands. */
struct EffectiveCapture
{
    CaptureSpec spec;
    std::size_t depth = 0; ///< 0 = the collection's; the size of the defaults = the request's own.
};

/**
 * The actions of \a request in \a phase (none = in any) that are switched on: inherited ones first,
 * then its own.
 */
std::vector<EffectiveCapture> effectiveActions(const RequestInContext &request,
                                               std::optional<CaptureSpec::Phase> phase = {});

/** What effectiveActions() has for after the response. */
std::vector<CaptureSpec> effectiveCaptures(const RequestInContext &request);

} // namespace Sluice

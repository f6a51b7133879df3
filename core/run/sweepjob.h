// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/endpoint.h"
#include "core/run/runplan.h"
#include "core/tuning/sweepresult.h"

namespace Sluice {

class RequestBuilder;

/** A host other than this machine must not see more requests at once, */
inline constexpr int ForeignHostCap = 32;
/** nor more in all, unless the user sets another budget. */
inline constexpr int ForeignHostBudget = 10'000;

/** What to sweep, and what the user allows. */
struct SweepJob
{
    std::vector<RequestInContext> requests; ///< Sent in turns; each level sees the same mix.
    VariableInputs variables;
    SendOptions options;
    SweepSettings settings;
    /** A host as HostLimit::pattern; only requests to it are sent. Empty = all of them. */
    QString host;
    /** When not empty the total limit is swept, while these hold for the hosts. */
    std::vector<HostLimit> fixedHosts;
    bool allowUnsafeMethods = false; ///< Methods that are not idempotent, too.
    bool allowForeignHosts = false;  ///< Hosts other than this machine, too.
};

/** One host of a sweep with the requests that go to it. */
struct SweepTarget
{
    Endpoint endpoint;
    std::vector<std::size_t> requests; ///< Indexes into SweepJob::requests.
};

/** Which sweep of a sequence is going on. */
struct SweepStage
{
    QString host;   ///< For people; empty for the total.
    int number = 1; ///< Counts from 1.
    int count = 1;
};

/** What sweeps found, to hold from now on. */
struct FoundLimits
{
    QString collection; ///< Its root folder; empty = none.
    std::vector<HostLimit> hosts;
    int total = 0; ///< 0 = nothing was found for the total.
};

/** True for this machine's own addresses and names (RFC 6761 6.3). */
bool isLoopbackHost(const QString &host);

/**
 * The hosts that the requests of \a job go to, in order of appearance; only those that match its
 * `host`. Fails when a request cannot be built, or none goes to that host.
 */
Result<std::vector<SweepTarget>> findSweepTargets(const SweepJob &job, RequestBuilder &builder);

/**
 * Fails when \a job must not run against \a targets: several hosts while one limit is swept, a
 * method that is not idempotent, a foreign host without permission, or a ladder above
 * ForeignHostCap for one. The sentence says what allows it.
 */
Result<> checkSweep(const SweepJob &job, const std::vector<SweepTarget> &targets);

/** The settings to use: a foreign host gets ForeignHostBudget when nothing else was said. */
SweepSettings effectiveSettings(const SweepJob &job, const std::vector<SweepTarget> &targets);

} // namespace Sluice

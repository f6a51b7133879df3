// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

namespace Sluice {

/** What a limit would do to those that wait for it and to those in flight over it. */
struct DrainForecast
{
    int over = 0;           ///< In flight beyond the limit; they finish, none is aborted.
    double overSeconds = 0; ///< Until those have finished.
    int waiting = 0;        ///< For this limit.
    /** Until the queue is empty; negative = it never is. */
    double queueSeconds = 0;
    double growthPerSecond = 0; ///< Of the queue, when it grows.

    /** "drains 8 over the limit in ~40 ms", "queue drains in ~4 s"; empty = nothing to say. */
    QString text() const;
};

/**
 * What \a limit for all hosts would do, from the throughput that Little's law gives it at the
 * latency of the last ten seconds (X = N/R) and the requests that are still coming. An estimate: a
 * server that slows down under more load takes longer.
 */
DrainForecast forecastTotal(const LiveSnapshot &snapshot, int limit);
/** The same for a limit of \a host alone. */
DrainForecast forecastHost(const LiveHost &host, int limit);

} // namespace Sluice

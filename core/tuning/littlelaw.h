// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Sluice {

/** What Little's law lets us compare: N = X·R holds for any stable system (Little, 1961). */
struct LittleCheck
{
    double meanInFlight = 0;   ///< The time average of the gauge.
    double fromThroughput = 0; ///< Throughput times mean latency.

    /** |Δ| as a part of meanInFlight; 0 when nothing was in flight. */
    double deviation() const;
    /** False when the two differ by more than 5 %: a ramp, or samples were lost. */
    bool holds() const { return deviation() <= 0.05; }
};

/** \a throughputPerSecond and \a meanLatencyUs of the same completions as \a meanInFlight. */
LittleCheck checkLittle(double meanInFlight, double throughputPerSecond, double meanLatencyUs);

} // namespace Sluice

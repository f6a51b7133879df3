// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Sluice {

/** What was measured of one endpoint while one limit was in force. */
struct LimitWindow
{
    double rttUs = 0; ///< Mean time on the wire, start to last byte, without the queue.
    int samples = 0;
    int maxInFlight = 0; ///< Of that endpoint.
};

/**
 * A rule that turns measurements into a limit on requests in flight. Deterministic: the same
 * calls in the same order give the same limits. Values are fractional, and clamped and rounded
 * by AdaptiveLimit. One object serves one endpoint; any one thread.
 */
class LimitAlgorithm
{
public:
    virtual ~LimitAlgorithm() = default;

    /** The limit after \a window, in which nothing was dropped. */
    virtual double afterWindow(double limit, const LimitWindow &window) = 0;
    /** The limit after a sign of overload: 429, 503, a time-out, a refused connection. */
    virtual double afterDrop(double limit) = 0;
    /** True when it compares with the time that an unloaded server takes. */
    virtual bool needsBaseline() const = 0;
    /** The mean time that was measured under half the limit; called before any afterWindow(). */
    virtual void setBaseline(double rttUs) = 0;
};

} // namespace Sluice

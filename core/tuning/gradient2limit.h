// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/limitalgorithm.h"

namespace Sluice {

/**
 * Gradient2 of Netflix concurrency-limits: `g = clamp(long / rtt, 1/2, 1)` compares a window with
 * the long-term mean, `L' = g L + queue`, and the limit moves half the way to L'. The long-term
 * mean is an exponential one over 600 windows, and decays when it is over twice the window's.
 *
 * Netflix tolerates half again the long-term time and lets four requests queue, which settles
 * beyond the knee of a small server and creeps up under constant load; here nothing is tolerated,
 * the queue is 8 % of L, at least a half, and the long-term mean is set anew by each measurement
 * under half the limit (AdaptiveLimit), as Envoy's gradient controller does with its minRTT. A
 * drop takes 5 % off.
 */
class Gradient2Limit final : public LimitAlgorithm
{
public:
    double afterWindow(double limit, const LimitWindow &window) override;
    double afterDrop(double limit) override;
    bool needsBaseline() const override { return true; }
    void setBaseline(double rttUs) override { m_longTermUs = rttUs; }

private:
    double m_longTermUs = 0;
};

} // namespace Sluice

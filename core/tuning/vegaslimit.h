// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/limitalgorithm.h"

namespace Sluice {

/**
 * Delay-based, after TCP Vegas (Brakmo and Peterson, 1995): of L requests in flight,
 * `q = L (1 − baseline / rtt)` wait in the server; the limit keeps q between two bounds.
 *
 * Netflix concurrency-limits takes 3 and 6 times log10 L for the bounds, which lies far over the
 * knee of a small server; here they are 3 % and 10 % of L, at least half a request and one. Its
 * baseline is the fastest reply ever, which on servers with a spread is luck; here it is the mean
 * under half the limit, measured anew from time to time (AdaptiveLimit). A drop takes 5 % off.
 */
class VegasLimit final : public LimitAlgorithm
{
public:
    double afterWindow(double limit, const LimitWindow &window) override;
    double afterDrop(double limit) override;
    bool needsBaseline() const override { return true; }
    void setBaseline(double rttUs) override { m_baselineUs = rttUs; }

private:
    double m_baselineUs = 0;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/limitalgorithm.h"

namespace Sluice {

/**
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989; the constants are those of
 * Netflix concurrency-limits): one more after each window, nine tenths after each drop. Finds the
 * limit of a server that refuses what is too much; one that only gets slower it takes to the five
 * seconds that count as a drop.
 */
class AimdLimit final : public LimitAlgorithm
{
public:
    double afterWindow(double limit, const LimitWindow &window) override;
    double afterDrop(double limit) override;
    bool needsBaseline() const override { return false; }
    void setBaseline(double) override {}
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweeppoint.h"

namespace Sluice {

/**
 * The one of \a points, ascending and not empty, that stands for the knee \a littleKnee: the
 * measured neighbour with the largest power that keeps the throughput there; where noise leaves it
 * open rather a slot too many than one too few.
 */
const SweepPoint &chooseKnee(const std::vector<SweepPoint> &points, double littleKnee);

/**
 * What must be measured again before \a at is sure: itself and each neighbour that may have more
 * throughput than it must keep; and a level a little above when none there is known, and nothing
 * waits at \a at yet or one further up has more.
 */
std::vector<int> unsureLevels(const SweepPoint &at, const std::vector<SweepPoint> &points,
                              double littleKnee);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>
#include <span>
#include <vector>

namespace Sluice {

/**
 * How many leading values of \a values belong to the warm-up, by MSER-5 (White, 1997): the cut that
 * minimises the squared standard error of the rest, over batches of five. Empty when the minimum
 * lies in the second half: then the run never became steady.
 */
std::optional<std::size_t> warmupByMser5(std::span<const double> values);

/** The rate of events in a stretch of time, with its confidence. */
struct RateEstimate
{
    double perSecond = 0;
    double ciHalfWidth = 0; ///< 95 %, per second, from batch means; 0 with too few events.
    bool steady = false;    ///< The last three windows differ by less than 10 % of their mean.
};

/**
 * The rate of \a timesUs (ascending) inside [fromUs, toUs). The half-width comes from the means of
 * ten equal batches, so it allows for events that come in bursts.
 */
RateEstimate estimateRate(std::span<const qint64> timesUs, qint64 fromUs, qint64 toUs);

} // namespace Sluice

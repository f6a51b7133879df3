// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/littlelaw.h"

#include <cmath>

namespace Sluice {

double LittleCheck::deviation() const
{
    return meanInFlight > 0 ? std::abs(fromThroughput - meanInFlight) / meanInFlight : 0;
}

LittleCheck checkLittle(double meanInFlight, double throughputPerSecond, double meanLatencyUs)
{
    return {meanInFlight, throughputPerSecond * meanLatencyUs / 1e6};
}

} // namespace Sluice

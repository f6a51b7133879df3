// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/vegaslimit.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr double VegasBackoff = 0.95;

} // namespace

double VegasLimit::afterWindow(double limit, const LimitWindow &window)
{
    const double waiting = limit * (1 - m_baselineUs / window.rttUs);
    const double step = std::max(1.0, std::floor(std::log10(limit)));
    const double low = std::max(0.5, 0.03 * limit);
    const double high = std::max(1.0, 0.1 * limit);
    if (waiting <= 0)
        return limit + std::max(step, high);
    if (waiting < low)
        return limit + step;
    // Half of the surplus at once: with one step a window, a server that lost half its workers
    // would have to wait for many windows.
    return waiting > high ? limit - std::max(step, (waiting - high) / 2) : limit;
}

double VegasLimit::afterDrop(double limit)
{
    return VegasBackoff * limit;
}

} // namespace Sluice

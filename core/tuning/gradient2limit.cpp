// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/gradient2limit.h"

#include <algorithm>

namespace Sluice {

namespace {

constexpr double LongTermWindows = 600;
constexpr double Smoothing = 0.5;
constexpr double QueueShare = 0.08;
constexpr double GradientBackoff = 0.95;

} // namespace

double Gradient2Limit::afterWindow(double limit, const LimitWindow &window)
{
    m_longTermUs += (window.rttUs - m_longTermUs) * 2 / (LongTermWindows + 1);
    if (m_longTermUs > 2 * window.rttUs)
        m_longTermUs *= 0.95;
    const double gradient = std::clamp(m_longTermUs / window.rttUs, 0.5, 1.0);
    const double wanted = gradient * limit + std::max(0.5, QueueShare * limit);
    return limit + Smoothing * (wanted - limit);
}

double Gradient2Limit::afterDrop(double limit)
{
    return GradientBackoff * limit;
}

} // namespace Sluice

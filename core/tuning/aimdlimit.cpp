// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/aimdlimit.h"

#include <cmath>

namespace Sluice {

namespace {

constexpr double TooSlowUs = 5e6;
constexpr double Backoff = 0.9;

} // namespace

double AimdLimit::afterWindow(double limit, const LimitWindow &window)
{
    return window.rttUs > TooSlowUs ? afterDrop(limit) : limit + 1;
}

double AimdLimit::afterDrop(double limit)
{
    return std::floor(Backoff * limit);
}

} // namespace Sluice

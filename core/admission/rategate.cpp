// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/rategate.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

// Thirty thousand years: far from overflow, and past every clock.
constexpr double FarFutureUs = 1e18;

} // namespace

RateGate::RateGate(const RateLimit &limit)
{
    if (!(limit.perSecond > 0))
        return;
    m_intervalUs = std::clamp(1e6 / limit.perSecond, 1e-3, FarFutureUs);
    m_burst = limit.burst >= 1 ? std::min(limit.burst, 1e9) : 1;
}

qint64 RateGate::readyUs(double paidUntilUs) const
{
    const double readyUs = std::ceil(paidUntilUs - (m_burst - 1) * m_intervalUs);
    return qint64(std::clamp(readyUs, 0.0, FarFutureUs));
}

double RateGate::charge(double paidUntilUs, qint64 nowUs, bool waited) const
{
    if (!isOn())
        return paidUntilUs;
    const qint64 earliestUs = waited ? nowUs - LatenessUs : nowUs;
    return std::max(paidUntilUs, double(earliestUs)) + m_intervalUs;
}

double RateGate::carriedOver(double paidUntilUs, qint64 nowUs, const RateGate &before) const
{
    if (!isOn() || !before.isOn())
        return double(nowUs);
    const double owed = std::max(0.0, paidUntilUs - double(nowUs)) / before.m_intervalUs;
    const double tokens = std::min(before.m_burst - owed, m_burst);
    return double(nowUs) + (m_burst - tokens) * m_intervalUs;
}

} // namespace Sluice

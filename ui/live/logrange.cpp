// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/logrange.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

LogRange LogRange::around(double lowest, double highest)
{
    const auto below = [](double value) {
        const double power = std::pow(10, std::floor(std::log10(value)));
        const double first = value / power;
        return power * (first >= 5 ? 5 : first >= 2 ? 2 : 1);
    };
    const double low = below(std::max(1.0, lowest));
    double high = below(std::max(1.0, highest));
    while (high < highest * 1.02 || high < 5 * low)
        high = below(high * 2.6);
    return {low, high};
}

double LogRange::fraction(double value) const
{
    return std::clamp(std::log(std::max(value, low) / low) / std::log(high / low), 0.0, 1.0);
}

double LogRange::valueAt(double fraction) const
{
    return low * std::pow(high / low, std::clamp(fraction, 0.0, 1.0));
}

std::vector<double> LogRange::ticks() const
{
    std::vector<double> ticks;
    for (double power = std::pow(10, std::floor(std::log10(low))); power <= high; power *= 10) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * power;
            if (value >= low * 0.999 && value <= high * 1.001)
                ticks.push_back(value);
        }
    }
    return ticks;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace Sluice {

/** The ends of a logarithmic axis: 1, 2 or 5 times a power of ten around \a lowest…\a highest. */
struct LogRange
{
    double low = 1;
    double high = 10;

    static LogRange around(double lowest, double highest);
    /** 0 at `low`, 1 at `high`; clamped. */
    double fraction(double value) const;
    /** The value at \a fraction, 0…1. */
    double valueAt(double fraction) const;
    std::vector<double> ticks() const;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Sluice {

/** What can be said of a percentile. */
enum class PercentileTrust : quint8 {
    None, ///< Too few values: it is not shown.
    Weak, ///< Little more than the largest value: shown, but pale.
    Full,
};

inline constexpr quint64 EnoughForPercentiles = 20;
inline constexpr quint64 EnoughForTheTail = 100; ///< For the 99th percentile and beyond.

/**
 * How far the \a percent-th percentile of \a count values is to be trusted. The one place that
 * decides it, for tiles, charts, tables and texts.
 */
constexpr PercentileTrust percentileTrust(double percent, quint64 count)
{
    if (count < EnoughForPercentiles)
        return PercentileTrust::None;
    return percent >= 99 && count < EnoughForTheTail ? PercentileTrust::Weak
                                                     : PercentileTrust::Full;
}

} // namespace Sluice

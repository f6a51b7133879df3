// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Sluice::HostColumns {

constexpr double NameWidth = 140;
constexpr double BarWidth = 110;

// Widths of the cells right of the bar, each right-aligned.
constexpr double InFlightCell = 60;
constexpr double QueueCell = 54;
constexpr double RateCell = 56;
constexpr double LatencyCell = 72;
constexpr double NumbersWidth =
    NameWidth + 4 + BarWidth + InFlightCell + QueueCell + RateCell + LatencyCell;

// The last minute in small, behind the numbers.
constexpr double MinuteGap = 8;
constexpr double MinuteWidth = 60;

/** A row is wide enough for the last minute. */
constexpr bool hasRoomForMinute(int width)
{
    return width >= NumbersWidth + MinuteGap + MinuteWidth;
}

} // namespace Sluice::HostColumns

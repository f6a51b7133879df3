// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/chartgeometry.h"

#include "ui/live/livetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

double ChartGeometry::mapTimeToX(qint64 atUs) const
{
    return plot.right() - double(endUs - atUs) * plot.width() / double(spanUs);
}

qint64 ChartGeometry::mapXToTime(double x) const
{
    return endUs - qint64(std::llround((plot.right() - x) * double(spanUs) / plot.width()));
}

double ChartGeometry::mapValueToY(double value) const
{
    return plot.bottom() - value * plot.height() / top;
}

double ChartGeometry::mapYToValue(double y) const
{
    return std::max(0.0, (plot.bottom() - y) * top / plot.height());
}

int ChartGeometry::columnCount() const
{
    return std::max(1, int(std::floor(plot.width() * pixelRatio)));
}

double ChartGeometry::columnUs() const
{
    return double(spanUs) / columnCount();
}

int ChartGeometry::columnAt(qint64 atUs) const
{
    return int(std::floor(double(atUs - beginUs()) / columnUs()));
}

qint64 ChartGeometry::snappedEnd(qint64 nowUs, qint64 spanUs, int columns)
{
    const double columnUs = double(spanUs) / std::max(1, columns);
    return qint64(std::llround(std::ceil(double(nowUs) / columnUs) * columnUs));
}

std::vector<AxisTick> ChartGeometry::valueTicks() const
{
    constexpr double Spacing = 40;
    const double wanted = top * Spacing / std::max(Spacing, plot.height());
    const double power = std::pow(10, std::floor(std::log10(std::max(1.0, wanted))));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= wanted) {
            step = factor * power;
            break;
        }
    }
    std::vector<AxisTick> ticks;
    for (double value = 0; value <= top * 1.0001; value += step)
        ticks.push_back({mapValueToY(value), countText(qint64(value))});
    return ticks;
}

std::vector<AxisTick> ChartGeometry::timeTicks() const
{
    constexpr double Spacing = 110;
    constexpr std::array<qint64, 17> Steps{1,   2,    5,    10,   15,   30,    60,    120,  300,
                                           600, 1200, 1800, 3600, 7200, 14400, 28800, 43200};
    const double wanted = double(spanUs) / 1e6 * Spacing / std::max(Spacing, plot.width());
    const auto *found = std::ranges::lower_bound(Steps, qint64(std::ceil(wanted)));
    const qint64 step = found == Steps.end() ? 86400 : *found;
    std::vector<AxisTick> ticks;
    const qint64 stepUs = step * 1'000'000;
    // The right edge is up to a column newer than now; the oldest label must not fall victim to it.
    const qint64 sinceBegin = nowUs - beginUs() + qint64(columnUs()) + 1;
    const qint64 oldest = std::max<qint64>(0, sinceBegin) / stepUs * stepUs;
    for (qint64 ago = oldest; ago >= 0 && nowUs - ago <= endUs; ago -= stepUs) {
        QString label = u'\u2212' + spanText(ago);
        if (ago == 0)
            label = isRunning ? QCoreApplication::translate("ChartGeometry", "now")
                              : QCoreApplication::translate("ChartGeometry", "end");
        ticks.push_back({mapTimeToX(nowUs - ago), label});
    }
    return ticks;
}

int ladderStep(int value, int direction)
{
    // 1, 2, 3, then each power of two and half as much again.
    constexpr int Largest = 1 << 20;
    int previous = 1;
    int step = 1;
    for (int power = 1; step <= Largest; power *= 2) {
        for (const int next : {power, power + power / 2}) {
            step = next;
            if (direction < 0 && step >= value)
                return previous;
            if (direction > 0 && step > value)
                return step;
            previous = step;
        }
    }
    return previous;
}

double niceTop(double value)
{
    if (value <= 4)
        return 4;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {1.0, 1.2, 1.6, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        if (factor * power >= value)
            return factor * power;
    }
    return 10 * power;
}

} // namespace Sluice

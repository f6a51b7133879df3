// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/plotscale.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr int MostTicks = 6;

/** 1, 2 or 5 times a power of ten, no less than \a least. */
double roundStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * 0.999)
            return factor * power;
    }
    return 10 * power;
}

} // namespace

PlotScale::PlotScale(const QRectF &area, const std::vector<int> &limits, double low, double high,
                     Axis axis)
    : m_area(area), m_limits(limits), m_axis(axis)
{
    m_low = axis == Axis::Linear ? 0 : std::max(low, 1e-6);
    m_high = std::max(high, axis == Axis::Linear ? 1e-9 : m_low * 1.01);
}

double PlotScale::x(double limit) const
{
    if (m_limits.empty() || m_limits.front() == m_limits.back())
        return m_area.center().x();
    const double low = std::log(m_limits.front());
    const double part = (std::log(limit) - low) / (std::log(m_limits.back()) - low);
    return m_area.left() + part * m_area.width();
}

double PlotScale::y(double value) const
{
    const double part = m_axis == Axis::Linear
                            ? value / m_high
                            : std::log(std::max(value, m_low) / m_low) / std::log(m_high / m_low);
    return m_area.bottom() - std::clamp(part, 0.0, 1.0) * m_area.height();
}

int PlotScale::limitNear(double x) const
{
    const auto near = std::ranges::min_element(
        m_limits, {}, [this, x](int limit) { return std::abs(this->x(limit) - x); });
    return near == m_limits.end() ? 0 : *near;
}

std::vector<double> PlotScale::valueTicks() const
{
    std::vector<double> ticks;
    if (m_axis == Axis::Linear) {
        const double step = roundStep(m_high / (MostTicks - 1));
        for (double value = 0; value <= m_high * 1.0001; value += step)
            ticks.push_back(value);
        return ticks;
    }
    for (double power = std::pow(10, std::floor(std::log10(m_low))); power <= m_high; power *= 10) {
        for (double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * power;
            if (value >= m_low && value <= m_high)
                ticks.push_back(value);
        }
    }
    if (ticks.size() > MostTicks) {
        std::erase_if(ticks, [](double value) {
            return std::abs(std::log10(value) - std::round(std::log10(value))) > 1e-9;
        });
    }
    return ticks;
}

std::vector<int> PlotScale::limitTicks(double width) const
{
    std::vector<int> ticks;
    for (int limit : m_limits) {
        if (ticks.empty() || x(limit) - x(ticks.back()) >= width)
            ticks.push_back(limit);
    }
    return ticks;
}

} // namespace Sluice

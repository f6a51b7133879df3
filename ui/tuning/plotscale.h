// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <vector>

namespace Sluice {

/** Maps limits (logarithmic) and values (linear from 0, or logarithmic) to the points of a plot. */
class PlotScale
{
public:
    enum class Axis { Linear, Logarithmic };

    PlotScale() = default;
    /** \a limits are what is measured, ascending; \a low is taken as 0 on a linear axis. */
    PlotScale(const QRectF &area, const std::vector<int> &limits, double low, double high,
              Axis axis);

    QRectF area() const { return m_area; }
    double x(double limit) const;
    /** Clamped to the area. */
    double y(double value) const;
    /** The measured limit nearest to \a x; 0 when there is none. */
    int limitNear(double x) const;

    /** Round values inside the axis, at most six, at least two when the axis allows. */
    std::vector<double> valueTicks() const;
    /** The limits that can be labelled with \a width pixels each; the first one always. */
    std::vector<int> limitTicks(double width) const;

private:
    QRectF m_area;
    std::vector<int> m_limits;
    double m_low = 0;
    double m_high = 1;
    Axis m_axis = Axis::Linear;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/kneedle.h"

#include <algorithm>
#include <vector>

namespace Sluice {

namespace {

constexpr std::size_t MinimumPoints = 5;

/** The curve scaled to the unit square and turned so that it is concave and increasing. */
std::vector<CurvePoint> normalised(std::span<const CurvePoint> points, CurveShape shape)
{
    const auto [lowX, highX] = std::ranges::minmax(points, {}, &CurvePoint::x);
    const auto [lowY, highY] = std::ranges::minmax(points, {}, &CurvePoint::y);
    if (highX.x <= lowX.x || highY.y <= lowY.y)
        return {};
    std::vector<CurvePoint> unit;
    for (const CurvePoint &point : points) {
        unit.push_back(
            {(point.x - lowX.x) / (highX.x - lowX.x), (point.y - lowY.y) / (highY.y - lowY.y)});
    }
    if (shape == CurveShape::ConvexIncreasing) {
        for (CurvePoint &point : unit)
            point = {1 - point.x, 1 - point.y};
        std::ranges::reverse(unit);
    }
    return unit;
}

} // namespace

std::optional<double> findKnee(std::span<const CurvePoint> points, CurveShape shape)
{
    if (points.size() < MinimumPoints)
        return {};
    const std::vector<CurvePoint> unit = normalised(points, shape);
    if (unit.empty())
        return {};
    std::size_t knee = 0;
    for (std::size_t i = 1; i < unit.size(); ++i) {
        if (unit[i].y - unit[i].x > unit[knee].y - unit[knee].x)
            knee = i;
    }
    const double distance = unit[knee].y - unit[knee].x;
    const double threshold = distance - 1.0 / double(unit.size() - 1);
    const auto fallsBelow = [threshold](const CurvePoint &p) { return p.y - p.x < threshold; };
    const auto after = unit.begin() + std::ptrdiff_t(knee) + 1;
    if (distance <= 0 || std::none_of(after, unit.end(), fallsBelow))
        return {};
    const std::size_t index =
        shape == CurveShape::ConvexIncreasing ? points.size() - 1 - knee : knee;
    return points[index].x;
}

} // namespace Sluice

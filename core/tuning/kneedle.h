// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

namespace Sluice {

struct CurvePoint
{
    double x = 0;
    double y = 0;
};

enum class CurveShape {
    ConcaveIncreasing, ///< Throughput over the limit: rises, then flattens.
    ConvexIncreasing,  ///< Latency over the limit: flat, then rises.
};

/**
 * The knee of a curve without a model of it (Satopää et al., "Finding a Kneedle in a Haystack",
 * 2011, sensitivity 1): the largest distance from the diagonal once both axes are scaled to 0…1,
 * accepted when the distance then falls by more than the mean step.
 *
 * \a points are ordered by x. Returns the x of the knee; empty with fewer than five points, for a
 * flat curve, or when there is no knee.
 */
std::optional<double> findKnee(std::span<const CurvePoint> points, CurveShape shape);

} // namespace Sluice

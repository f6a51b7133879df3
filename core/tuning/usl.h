// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

namespace Sluice {

/** Throughput that was measured at one level of concurrency. */
struct UslPoint
{
    double n = 0;          ///< Requests in flight, ≥ 1.
    double throughput = 0; ///< Per second, > 0.
};

/**
 * The Universal Scalability Law, X(N) = λN / (1 + σ(N−1) + κN(N−1)) (Gunther, Guerrilla Capacity
 * Planning, 2007): λ is the throughput of one, σ the contention, κ the cost of keeping coherent.
 */
struct UslFit
{
    double lambda = 0;
    double sigma = 0;
    double kappa = 0;

    double throughput(double n) const;
    /** Where X(N) is largest, √((1−σ)/κ); empty when the curve has no peak. */
    std::optional<double> peak() const;
};

/**
 * Fits \a points. In a closed loop without think time N/X is linear in the parameters,
 * a + b(N−1) + cN(N−1) with λ = 1/a, σ = b/a, κ = c/a, so this is a least-squares problem with
 * a, b, c ≥ 0 (solved by active sets), weighted by the relative error of X and then reweighted by
 * Tukey's bisquare so that single disturbed levels do not bend the curve.
 *
 * Empty when there are fewer than six distinct N or no N = 1 (then the model is not determined), or
 * when no curve fits.
 */
std::optional<UslFit> fitUsl(std::span<const UslPoint> points);

} // namespace Sluice

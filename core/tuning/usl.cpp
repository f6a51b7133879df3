// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/usl.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

namespace Sluice {

namespace {

constexpr std::size_t MinimumLevels = 6;
constexpr int Rounds = 20;
constexpr double TukeyTuning = 4.685; // 95 % efficiency on normal errors.
constexpr double MadToSigma = 1.4826; // A normal distribution's σ over its median deviation.
constexpr double LeastWeight = 1e-6;  // Of an outlier; 0 could make the system singular.

using Triple = std::array<double, 3>;

struct Row
{
    Triple x;     ///< 1, N−1, N(N−1).
    double y = 0; ///< N/X.
};

/** The weighted least-squares solution over the columns \a active; the others are 0. */
std::optional<Triple> solve(const std::vector<Row> &rows, const std::vector<double> &weights,
                            const std::vector<std::size_t> &active)
{
    const std::size_t n = active.size();
    std::array<std::array<double, 4>, 3> m{};
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const double w = weights[r] * rows[r].x[active[i]];
            for (std::size_t j = 0; j < n; ++j)
                m[i][j] += w * rows[r].x[active[j]];
            m[i][n] += w * rows[r].y;
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t pivot = i;
        for (std::size_t r = i + 1; r < n; ++r) {
            if (std::abs(m[r][i]) > std::abs(m[pivot][i]))
                pivot = r;
        }
        if (std::abs(m[pivot][i]) < 1e-18)
            return {};
        std::swap(m[i], m[pivot]);
        for (std::size_t r = 0; r < n; ++r) {
            if (r == i)
                continue;
            const double factor = m[r][i] / m[i][i];
            for (std::size_t c = i; c <= n; ++c)
                m[r][c] -= factor * m[i][c];
        }
    }
    Triple solution{};
    for (std::size_t i = 0; i < n; ++i)
        solution[active[i]] = m[i][n] / m[i][i];
    return solution;
}

double residual(const Row &row, const Triple &p)
{
    return row.y - (row.x[0] * p[0] + row.x[1] * p[1] + row.x[2] * p[2]);
}

/** Least squares with no negative parameter: with three, the four active sets are tried. */
std::optional<Triple> solveNonNegative(const std::vector<Row> &rows,
                                       const std::vector<double> &weights)
{
    static const std::array<std::vector<std::size_t>, 4> ActiveSets{
        {{0, 1, 2}, {0, 1}, {0, 2}, {0}}};
    std::optional<Triple> best;
    double bestError = 0;
    for (const std::vector<std::size_t> &active : ActiveSets) {
        const std::optional<Triple> p = solve(rows, weights, active);
        if (!p || std::ranges::any_of(*p, [](double v) { return v < 0; }) || (*p)[0] <= 0)
            continue;
        double error = 0;
        for (std::size_t r = 0; r < rows.size(); ++r)
            error += weights[r] * std::pow(residual(rows[r], *p), 2);
        if (!best || error < bestError - 1e-15) {
            best = p;
            bestError = error;
        }
    }
    return best;
}

std::vector<double> tukeyWeights(const std::vector<Row> &rows, const Triple &p)
{
    std::vector<double> errors;
    for (const Row &row : rows)
        errors.push_back(std::abs(residual(row, p) / row.y));
    std::vector<double> sorted = errors;
    std::ranges::nth_element(sorted, sorted.begin() + std::ptrdiff_t(sorted.size() / 2));
    const double scale = std::max(1e-9, TukeyTuning * MadToSigma * sorted[sorted.size() / 2]);
    std::vector<double> weights;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const double u = errors[r] / scale;
        const double bisquare = u < 1 ? std::pow(1 - u * u, 2) : LeastWeight;
        weights.push_back(bisquare / (rows[r].y * rows[r].y));
    }
    return weights;
}

} // namespace

double UslFit::throughput(double n) const
{
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}

std::optional<double> UslFit::peak() const
{
    if (kappa < 1e-9 || sigma >= 1)
        return {};
    return std::sqrt((1 - sigma) / kappa);
}

std::optional<UslFit> fitUsl(std::span<const UslPoint> points)
{
    std::set<double> distinct;
    std::vector<Row> rows;
    std::vector<double> weights;
    for (const UslPoint &point : points) {
        if (point.n < 1 || point.throughput <= 0)
            continue;
        distinct.insert(point.n);
        const double y = point.n / point.throughput;
        rows.push_back({{1, point.n - 1, point.n * (point.n - 1)}, y});
        weights.push_back(1 / (y * y));
    }
    if (distinct.size() < MinimumLevels || *distinct.begin() != 1)
        return {};
    std::optional<Triple> p;
    for (int round = 0; round < Rounds; ++round) {
        const std::optional<Triple> next = solveNonNegative(rows, weights);
        if (!next)
            break;
        p = next;
        weights = tukeyWeights(rows, *p);
    }
    if (!p)
        return {};
    return UslFit{1 / (*p)[0], (*p)[1] / (*p)[0], (*p)[2] / (*p)[0]};
}

} // namespace Sluice

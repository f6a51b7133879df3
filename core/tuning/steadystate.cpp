// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/steadystate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace Sluice {

namespace {

constexpr std::size_t MserBatch = 5;
constexpr std::size_t RateBatches = 10;
constexpr double StudentT95 = 2.262; // Two-sided 95 %, RateBatches − 1 degrees of freedom.
constexpr std::size_t SteadyWindows = 3;
constexpr double SteadyTolerance = 0.10;

std::vector<double> batchMeans(std::span<const double> values)
{
    std::vector<double> means;
    for (std::size_t i = 0; i + MserBatch <= values.size(); i += MserBatch) {
        const auto batch = values.subspan(i, MserBatch);
        means.push_back(std::accumulate(batch.begin(), batch.end(), 0.0) / double(MserBatch));
    }
    return means;
}

/** The events in each of \a Count equal parts of [fromUs, toUs). */
template<std::size_t Count>
std::array<double, Count> countParts(std::span<const qint64> timesUs, qint64 fromUs, qint64 toUs)
{
    std::array<double, Count> counts{};
    auto from = std::ranges::lower_bound(timesUs, fromUs);
    for (std::size_t i = 0; i < Count; ++i) {
        const qint64 endUs = fromUs + (toUs - fromUs) * qint64(i + 1) / qint64(Count);
        const auto to = std::lower_bound(from, timesUs.end(), endUs);
        counts[i] = double(to - from);
        from = to;
    }
    return counts;
}

} // namespace

std::optional<std::size_t> warmupByMser5(std::span<const double> values)
{
    const std::vector<double> batches = batchMeans(values);
    if (batches.size() < 4)
        return {};
    // From the back, so that each cut's sums are those of the next cut and one batch more.
    double sum = 0;
    double squares = 0;
    std::size_t best = 0;
    double leastError = 0;
    for (std::size_t cut = batches.size(); cut-- > 0;) {
        sum += batches[cut];
        squares += batches[cut] * batches[cut];
        const double n = double(batches.size() - cut);
        const double error = (squares - sum * sum / n) / (n * n);
        // The last few batches alone always look steady: a statistic of one or two is none.
        if (n < 3)
            continue;
        if (n == 3 || error <= leastError) {
            leastError = error;
            best = cut;
        }
    }
    if (best > batches.size() / 2)
        return {};
    return best * MserBatch;
}

RateEstimate estimateRate(std::span<const qint64> timesUs, qint64 fromUs, qint64 toUs)
{
    RateEstimate estimate;
    if (toUs <= fromUs)
        return estimate;
    const auto counts = countParts<RateBatches>(timesUs, fromUs, toUs);
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    const double seconds = double(toUs - fromUs) / 1e6;
    estimate.perSecond = total / seconds;
    if (total < double(RateBatches))
        return estimate;
    const double mean = total / double(RateBatches);
    const double squares =
        std::accumulate(counts.begin(), counts.end(), 0.0, [mean](double sum, double count) {
            return sum + (count - mean) * (count - mean);
        });
    const double deviation = std::sqrt(squares / double(RateBatches - 1));
    estimate.ciHalfWidth =
        StudentT95 * deviation / std::sqrt(double(RateBatches)) / mean * estimate.perSecond;
    const auto windows = countParts<SteadyWindows>(timesUs, fromUs, toUs);
    const auto [low, high] = std::ranges::minmax(windows);
    estimate.steady = high - low <= SteadyTolerance * total / double(SteadyWindows);
    return estimate;
}

} // namespace Sluice

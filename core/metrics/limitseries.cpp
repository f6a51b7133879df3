// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/limitseries.h"

#include <algorithm>

namespace Sluice {

namespace {

constexpr std::size_t MaxEndpoints = 32;
constexpr std::size_t MaxSteps = 1024;

} // namespace

void LimitSeries::add(EndpointId endpoint, const LimitStep &step)
{
    auto row = std::ranges::find(m_rows, endpoint, &Row::endpoint);
    if (row == m_rows.end()) {
        if (m_rows.size() == MaxEndpoints)
            return;
        row = m_rows.insert(row, {endpoint, {}});
    }
    if (row->steps.size() == MaxSteps)
        row->steps.pop_front();
    row->steps.push_back(step);
}

int LimitSeries::limitOf(EndpointId endpoint) const
{
    const auto row = std::ranges::find(m_rows, endpoint, &Row::endpoint);
    return row == m_rows.end() ? 0 : row->steps.back().limit;
}

std::vector<LiveAdaptiveLimit>
LimitSeries::window(qint64 fromUs, qint64 toUs,
                    const std::function<QString(EndpointId)> &endpointName) const
{
    std::vector<LiveAdaptiveLimit> window;
    for (const Row &row : m_rows) {
        const auto from = std::ranges::upper_bound(row.steps, fromUs, {}, &LimitStep::atUs);
        const auto to = std::ranges::upper_bound(from, row.steps.end(), toUs, {}, &LimitStep::atUs);
        LiveAdaptiveLimit shown{endpointName(row.endpoint), {}};
        shown.steps.assign(from == row.steps.begin() ? from : std::prev(from), to);
        if (!shown.steps.empty())
            window.push_back(std::move(shown));
    }
    return window;
}

} // namespace Sluice

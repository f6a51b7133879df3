// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/latencyseries.h"

#include <algorithm>

namespace Sluice {

namespace {

constexpr std::array<qint64, 4> StepSeconds{1, 10, 60, 600};
constexpr std::array<std::size_t, 4> Kept{900, 1080, 1500, 1008};
constexpr std::size_t MostPoints = 1500;
/** Fewer values say nothing about a percentile. */
constexpr quint64 EnoughValues = 20;

LatencyPoint pointOf(qint64 beginUs, const LogHistogram &onWire, const LogHistogram &total)
{
    LatencyPoint point;
    point.beginUs = beginUs;
    point.count = onWire.count();
    if (point.count < EnoughValues)
        return point;
    point.p50Us = onWire.percentileUs(50);
    point.p95Us = onWire.percentileUs(95);
    point.p99Us = onWire.percentileUs(99);
    point.p50TotalUs = total.percentileUs(50);
    point.p95TotalUs = total.percentileUs(95);
    point.p99TotalUs = total.percentileUs(99);
    return point;
}

} // namespace

void LatencySeries::record(qint64 atUs, qint64 onWireUs, qint64 totalUs)
{
    const qint64 second = atUs / 1'000'000;
    if (second > m_second)
        advance(atUs);
    m_lastRecord = second;
    m_onWire.record(atUs, onWireUs);
    m_total.record(atUs, totalUs);
}

void LatencySeries::advance(qint64 nowUs)
{
    const qint64 now = nowUs / 1'000'000;
    if (m_second < 0 || m_lastRecord < 0) {
        m_second = now;
        return;
    }
    // Ten seconds after the newest sample nothing is left that a rolling point could show.
    const qint64 last = std::min(now, m_lastRecord + LatencyWindow::Seconds);
    for (; m_second < last; ++m_second)
        finishSecond(m_second);
    m_second = std::max(m_second, now);
}

void LatencySeries::finishSecond(qint64 second)
{
    const qint64 end = second * 1'000'000 + 999'999;
    const LogHistogram rolling = m_onWire.merged(end);
    if (!rolling.isEmpty())
        keep(0, pointOf(second * 1'000'000, rolling, m_total.merged(end)));
    if (!m_onWire.of(second).isEmpty())
        add(1, second / StepSeconds[1], m_onWire.of(second), m_total.of(second));
}

void LatencySeries::add(int level, qint64 index, const LogHistogram &onWire,
                        const LogHistogram &total)
{
    Level &open = m_levels[std::size_t(level)];
    if (open.index != index) {
        finishStep(level);
        open.index = index;
    }
    open.onWire.merge(onWire);
    open.total.merge(total);
}

void LatencySeries::finishStep(int level)
{
    Level &open = m_levels[std::size_t(level)];
    if (open.onWire.isEmpty())
        return;
    const qint64 step = StepSeconds[std::size_t(level)];
    keep(level, pointOf(open.index * step * 1'000'000, open.onWire, open.total));
    if (level + 1 < Levels)
        add(level + 1, open.index * step / StepSeconds[std::size_t(level + 1)], open.onWire,
            open.total);
    open.onWire.clear();
    open.total.clear();
}

void LatencySeries::keep(int level, const LatencyPoint &point)
{
    std::deque<LatencyPoint> &points = m_levels[std::size_t(level)].points;
    if (points.size() == Kept[std::size_t(level)])
        points.pop_front();
    points.push_back(point);
}

LiveLatency LatencySeries::window(const LiveView &view, qint64 nowUs) const
{
    const qint64 endUs = view.endUs < 0 ? nowUs : view.endUs;
    const qint64 beginUs = endUs - view.spanUs;
    std::size_t level = 0;
    const auto stepUs = [&level] { return StepSeconds[level] * 1'000'000; };
    const auto isForgotten = [&] {
        const std::deque<LatencyPoint> &points = m_levels[level].points;
        return points.size() == Kept[level] && points.front().beginUs > beginUs;
    };
    while (level + 1 < Levels
           && (std::size_t(view.spanUs / stepUs()) > MostPoints || isForgotten()))
        ++level;
    LiveLatency latency;
    latency.stepUs = stepUs();
    const std::deque<LatencyPoint> &points = m_levels[level].points;
    const auto first =
        std::ranges::lower_bound(points, beginUs - stepUs(), {}, &LatencyPoint::beginUs);
    const auto last = std::ranges::lower_bound(points, endUs, {}, &LatencyPoint::beginUs);
    latency.points.assign(first, std::max(first, last));
    const Level &open = m_levels[level];
    if (level > 0 && !open.onWire.isEmpty() && open.index * stepUs() < endUs)
        latency.points.push_back(pointOf(open.index * stepUs(), open.onWire, open.total));
    return latency;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/latencyseries.h"

#include <algorithm>

namespace Sluice {

namespace {

constexpr std::array<qint64, 4> StepSeconds{1, 10, 60, 600};
constexpr std::array<std::size_t, 4> Kept{900, 1080, 1500, 1008};
constexpr std::size_t MostPoints = 1500;

constexpr qint64 stepOf(std::size_t level)
{
    return StepSeconds[level] * 1'000'000;
}

qint64 endOf(const LiveView &view, qint64 nowUs)
{
    return view.endUs < 0 ? nowUs : view.endUs;
}

LatencyPoint pointOf(qint64 beginUs, const LogHistogram &onWire, const LogHistogram &total)
{
    LatencyPoint point;
    point.beginUs = beginUs;
    point.count = onWire.count();
    point.p50Us = onWire.knownPercentileUs(50);
    point.p95Us = onWire.knownPercentileUs(95);
    point.p99Us = onWire.knownPercentileUs(99);
    point.p50TotalUs = total.knownPercentileUs(50);
    point.p95TotalUs = total.knownPercentileUs(95);
    point.p99TotalUs = total.knownPercentileUs(99);
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
    const LogHistogram &onWire = m_onWire.of(second);
    if (onWire.isEmpty())
        return;
    keepHistory(0, second * 1'000'000, onWire, m_total.of(second));
    add(1, second / StepSeconds[1], onWire, m_total.of(second));
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
    keepHistory(level, open.index * step * 1'000'000, open.onWire, open.total);
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

void LatencySeries::keepHistory(int level, qint64 beginUs, const LogHistogram &onWire,
                                const LogHistogram &total)
{
    Level &kept = m_levels[std::size_t(level)];
    kept.history.push_back({beginUs, onWire.packed(), total.packed()});
    kept.historyBytes += kept.history.back().bytes();
    while (kept.history.size() > Kept[std::size_t(level)] || kept.historyBytes > HistoryBytes) {
        const Step &oldest = kept.history.front();
        kept.historyBytes -= oldest.bytes();
        kept.forgottenUs = oldest.beginUs + StepSeconds[std::size_t(level)] * 1'000'000;
        kept.history.pop_front();
    }
}

std::size_t LatencySeries::levelKnowing(qint64 beginUs) const
{
    std::size_t level = 0;
    while (level + 1 < Levels) {
        const qint64 stepUs = StepSeconds[level] * 1'000'000;
        if (beginUs / stepUs * stepUs >= m_levels[level].forgottenUs)
            break;
        ++level;
    }
    return level;
}

LatencyRange LatencySeries::range(qint64 beginUs, qint64 endUs) const
{
    const std::size_t level = levelKnowing(beginUs);
    const qint64 stepUs = StepSeconds[level] * 1'000'000;
    LatencyRange range;
    range.beginUs = beginUs / stepUs * stepUs;
    range.endUs = std::max(range.beginUs + stepUs, (endUs + stepUs - 1) / stepUs * stepUs);
    const auto isInside = [&range](qint64 atUs) {
        return atUs >= range.beginUs && atUs < range.endUs;
    };
    const std::deque<Step> &history = m_levels[level].history;
    for (auto step = std::ranges::lower_bound(history, range.beginUs, {}, &Step::beginUs);
         step != history.end() && step->beginUs < range.endUs; ++step) {
        range.onWire.merge(step->onWire);
        range.total.merge(step->total);
    }
    // What has not come as far as this level yet.
    for (std::size_t finer = 1; finer <= level; ++finer) {
        const Level &open = m_levels[finer];
        if (open.onWire.isEmpty() || !isInside(open.index * StepSeconds[finer] * 1'000'000))
            continue;
        range.onWire.merge(open.onWire);
        range.total.merge(open.total);
    }
    if (m_second >= 0 && isInside(m_second * 1'000'000)) {
        range.onWire.merge(m_onWire.of(m_second));
        range.total.merge(m_total.of(m_second));
    }
    return range;
}

std::size_t LatencySeries::bytes() const
{
    std::size_t bytes = m_onWire.bytes() + m_total.bytes();
    for (const Level &level : m_levels)
        bytes += level.points.size() * sizeof(LatencyPoint) + level.historyBytes
                 + level.onWire.bytes() + level.total.bytes();
    return bytes;
}

std::size_t LatencySeries::maxBytes()
{
    std::size_t bytes = 2 * LatencyWindow::maxBytes();
    for (const std::size_t kept : Kept)
        bytes += kept * sizeof(LatencyPoint) + HistoryBytes + 2 * LogHistogram::maxBytes();
    return bytes;
}

LiveLatency LatencySeries::window(const LiveView &view, qint64 nowUs) const
{
    const std::size_t level = levelShown(view, nowUs);
    const qint64 stepUs = stepOf(level);
    const qint64 endUs = endOf(view, nowUs);
    LiveLatency latency;
    latency.stepUs = stepUs;
    const std::deque<LatencyPoint> &points = m_levels[level].points;
    const auto first =
        std::ranges::lower_bound(points, endUs - view.spanUs - stepUs, {}, &LatencyPoint::beginUs);
    const auto last = std::ranges::lower_bound(points, endUs, {}, &LatencyPoint::beginUs);
    latency.points.assign(first, std::max(first, last));
    const Level &open = m_levels[level];
    if (level > 0 && !open.onWire.isEmpty() && open.index * stepUs < endUs)
        latency.points.push_back(pointOf(open.index * stepUs, open.onWire, open.total));
    return latency;
}

/** The finest one that still knows \a view and does not take too many steps for it. */
std::size_t LatencySeries::levelShown(const LiveView &view, qint64 nowUs) const
{
    const qint64 beginUs = endOf(view, nowUs) - view.spanUs;
    std::size_t level = 0;
    const auto isForgotten = [&] {
        const std::deque<LatencyPoint> &points = m_levels[level].points;
        return points.size() == Kept[level] && points.front().beginUs > beginUs;
    };
    while (level + 1 < Levels
           && (std::size_t(view.spanUs / stepOf(level)) > MostPoints || isForgotten()))
        ++level;
    return level;
}

LatencyHeatmap LatencySeries::heatmap(const LiveView &view, qint64 nowUs) const
{
    const std::size_t level = levelShown(view, nowUs);
    const qint64 endUs = endOf(view, nowUs);
    LatencyHeatmap map;
    map.stepUs = stepOf(level);
    const std::deque<Step> &history = m_levels[level].history;
    const auto first =
        std::ranges::lower_bound(history, endUs - view.spanUs - map.stepUs, {}, &Step::beginUs);
    const auto last = std::ranges::lower_bound(history, endUs, {}, &Step::beginUs);
    map.columns.reserve(std::size_t(std::max<qsizetype>(0, last - first)) + Levels);
    for (auto step = first; step < last; ++step)
        map.columns.push_back(
            {step->beginUs, latencyCells(step->onWire), latencyCells(step->total)});
    addPending(map, level, endUs);
    return map;
}

/** What has not come as far as \a level yet: of the open steps, from the widest to the second. */
void LatencySeries::addPending(LatencyHeatmap &map, std::size_t level, qint64 endUs) const
{
    qint64 beginUs = -1;
    LogHistogram onWire;
    LogHistogram total;
    const auto flush = [&] {
        if (!onWire.isEmpty())
            map.columns.push_back(
                {beginUs, latencyCells(onWire.packed()), latencyCells(total.packed())});
        onWire.clear();
        total.clear();
    };
    const auto add = [&](qint64 atUs, const LogHistogram &wire, const LogHistogram &all) {
        if (wire.isEmpty() || atUs >= endUs || atUs < endUs - map.stepUs * qint64(MostPoints))
            return;
        if (atUs / map.stepUs * map.stepUs != beginUs)
            flush();
        beginUs = atUs / map.stepUs * map.stepUs;
        onWire.merge(wire);
        total.merge(all);
    };
    for (std::size_t finer = level; finer > 0; --finer)
        add(m_levels[finer].index * stepOf(finer), m_levels[finer].onWire, m_levels[finer].total);
    if (m_second >= 0)
        add(m_second * 1'000'000, m_onWire.of(m_second), m_total.of(m_second));
    flush();
}

std::size_t LatencySeries::maxHeatmapBytes()
{
    constexpr std::size_t Columns = MostPoints + 1 + Levels; // One at the edge, and the open ones.
    return Columns * (sizeof(LatencyColumn) + 2 * LatencyBuckets::Count * sizeof(LatencyCount));
}

} // namespace Sluice

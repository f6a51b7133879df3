// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/gaugeseries.h"

#include <algorithm>

namespace Sluice {

namespace {
constexpr qint64 SummaryColumns = 4096;
} // namespace

GaugeSeries::Bucket::Bucket()
{
    min.fill(std::numeric_limits<int>::max());
    max.fill(std::numeric_limits<int>::min());
}

void GaugeSeries::Bucket::hold(const State &state, qint64 forUs)
{
    for (std::size_t i = 0; i < Lines; ++i) {
        min[i] = std::min(min[i], state[i]);
        max[i] = std::max(max[i], state[i]);
        integral[i] += state[i] * forUs;
    }
    coveredUs += forUs;
}

void GaugeSeries::Bucket::merge(const Bucket &other)
{
    for (std::size_t i = 0; i < Lines; ++i) {
        min[i] = std::min(min[i], other.min[i]);
        max[i] = std::max(max[i], other.max[i]);
        integral[i] += other.integral[i];
    }
    for (std::size_t i = 0; i < ReplyClassCount; ++i)
        replies[i] += other.replies[i];
    coveredUs += other.coveredUs;
}

LiveBucket GaugeSeries::Bucket::toLive() const
{
    LiveBucket live;
    live.replies = replies;
    if (coveredUs == 0)
        return live;
    const auto range = [this](std::size_t i) {
        return GaugeRange{min[i], max[i], float(double(integral[i]) / double(coveredUs))};
    };
    for (std::size_t i = 0; i < LiveGaugeCount; ++i)
        live.gauges[i] = range(i);
    live.all = range(Sum);
    live.sockets = range(Sockets);
    return live;
}

const GaugeSeries::Bucket &GaugeSeries::Level::at(qint64 index) const
{
    return ring[(head + std::size_t(index - begin())) % ring.size()];
}

void GaugeSeries::Level::push(qint64 index, const Bucket &bucket)
{
    if (index != end) { // A long idle time was skipped: all that was here is too old by now.
        ring.clear();
        head = 0;
    }
    if (ring.size() < Capacity) {
        ring.push_back(bucket);
    } else {
        ring[head] = bucket;
        head = (head + 1) % Capacity;
    }
    end = index + 1;
}

void GaugeSeries::advance(qint64 nowUs)
{
    if (isEmpty()) {
        m_stateUs = m_startedUs = nowUs;
        m_index = nowUs / FinestUs;
        return;
    }
    while (m_stateUs < nowUs) {
        const qint64 bucketEnd = (m_index + 1) * FinestUs;
        const qint64 until = std::min(bucketEnd, nowUs);
        m_open[0].hold(m_state, until - m_stateUs);
        m_stateUs = until;
        if (until == bucketEnd) {
            close(0, std::exchange(m_open[0], Bucket{}));
            skipTo(nowUs / FinestUs);
        }
    }
}

/** Files a complete bucket that starts at the current index, and every wider one it completes. */
void GaugeSeries::close(int level, const Bucket &bucket)
{
    const qint64 next = m_index + (qint64(1) << (FanoutBits * level));
    m_levels[std::size_t(level)].push(m_index >> (FanoutBits * level), bucket);
    Bucket done = bucket;
    for (int wider = level + 1; wider < Levels; ++wider) {
        Bucket &open = m_open[std::size_t(wider)];
        open.merge(done);
        if ((next & ((qint64(1) << (FanoutBits * wider)) - 1)) != 0)
            break;
        done = std::exchange(open, Bucket{});
        m_levels[std::size_t(wider)].push((next >> (FanoutBits * wider)) - 1, done);
    }
    m_index = next;
}

/**
 * Fills a long idle time with buckets so wide that what they leave out on the finer levels would
 * have been pushed out of the rings anyway; short ones are left to advance().
 */
void GaugeSeries::skipTo(qint64 target)
{
    while (target - m_index > qint64(Capacity)) {
        int level = 0;
        for (int wider = 1; wider < Levels; ++wider) {
            const qint64 width = qint64(1) << (FanoutBits * wider);
            const qint64 left = target - m_index - width;
            if (m_index % width != 0 || (left >> (FanoutBits * (wider - 1))) <= qint64(Capacity))
                break;
            level = wider;
        }
        Bucket idle;
        idle.hold(m_state, widthUs(level));
        close(level, idle);
    }
    m_stateUs = m_index * FinestUs;
}

int GaugeSeries::levelFor(qint64 beginUs, qint64 columnUs) const
{
    int level = 0;
    while (level + 1 < Levels && widthUs(level + 1) <= columnUs)
        ++level;
    // The finer levels forget sooner.
    while (level + 1 < Levels && m_levels[std::size_t(level)].ring.size() == Capacity
           && m_levels[std::size_t(level)].begin() * widthUs(level) > beginUs)
        ++level;
    return level;
}

LiveSeries GaugeSeries::window(const LiveView &view, qint64 nowUs) const
{
    const qint64 endUs = view.endUs < 0 ? nowUs : view.endUs;
    const qint64 beginUs = std::max(endUs - view.spanUs, m_startedUs);
    const int index = levelFor(beginUs, view.spanUs / std::max(1, view.columns));
    const Level &level = m_levels[std::size_t(index)];
    const qint64 width = widthUs(index);

    LiveSeries series;
    series.bucketUs = width;
    const qint64 openIndex = m_index >> (FanoutBits * index);
    const qint64 first = std::max(level.ring.empty() ? openIndex : level.begin(), beginUs / width);
    const qint64 last = std::min(openIndex, (endUs + width - 1) / width);
    series.beginUs = first * width;
    if (isEmpty() || last < first)
        return series;
    series.buckets.reserve(std::size_t(last - first + 1));
    for (qint64 i = first; i < std::min(last + 1, level.ring.empty() ? first : level.end); ++i)
        series.buckets.push_back(level.at(i).toLive());
    if (last == openIndex) {
        Bucket open = m_open[std::size_t(index)];
        for (int finer = 0; finer < index; ++finer)
            open.merge(m_open[std::size_t(finer)]);
        if (open.coveredUs > 0)
            series.buckets.push_back(open.toLive());
    }
    return series;
}

LiveBucket GaugeSeries::summary(qint64 beginUs, qint64 endUs) const
{
    // The finest buckets that are still kept; a column as wide as one asks for no coarser ones.
    const LiveSeries series =
        window({.spanUs = endUs - beginUs, .endUs = endUs, .columns = int(SummaryColumns)},
               std::max(endUs, m_stateUs));
    LiveBucket sum;
    double coveredUs = 0;
    std::array<double, LiveGaugeCount> integrals{};
    double integral = 0;
    bool isFirst = true;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const LiveBucket &bucket = series.buckets[i];
        const qint64 atUs = series.beginUs + qint64(i) * series.bucketUs;
        const double overlap =
            double(std::min({endUs, atUs + series.bucketUs, m_stateUs}) - std::max(beginUs, atUs));
        if (overlap <= 0)
            continue;
        for (std::size_t g = 0; g < LiveGaugeCount; ++g)
            integrals[g] += double(bucket.gauges[g].mean) * overlap;
        integral += double(bucket.all.mean) * overlap;
        coveredUs += overlap;
        if (atUs < beginUs && i + 1 < series.buckets.size())
            continue;
        for (std::size_t r = 0; r < ReplyClassCount; ++r)
            sum.replies[r] += bucket.replies[r];
        const auto widen = [isFirst](GaugeRange &range, const GaugeRange &by) {
            range.min = isFirst ? by.min : std::min(range.min, by.min);
            range.max = isFirst ? by.max : std::max(range.max, by.max);
        };
        for (std::size_t g = 0; g < LiveGaugeCount; ++g)
            widen(sum.gauges[g], bucket.gauges[g]);
        widen(sum.all, bucket.all);
        widen(sum.sockets, bucket.sockets);
        isFirst = false;
    }
    if (coveredUs <= 0)
        return sum;
    for (std::size_t g = 0; g < LiveGaugeCount; ++g)
        sum.gauges[g].mean = float(integrals[g] / coveredUs);
    sum.all.mean = float(integral / coveredUs);
    return sum;
}

std::size_t GaugeSeries::bytes() const
{
    std::size_t bytes = sizeof m_open;
    for (const Level &level : m_levels)
        bytes += level.ring.capacity() * sizeof(Bucket);
    return bytes;
}

} // namespace Sluice

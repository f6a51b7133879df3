// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/livemetrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Sluice {

namespace {

constexpr qint64 RangeEveryUs = 250'000;

/** By nearest rank, exactly; reorders \a values. */
qint64 exactPercentile(std::vector<qint64> &values, double percent)
{
    if (percentileTrust(percent, values.size()) == PercentileTrust::None)
        return -1;
    const double share = percent / 100 * double(values.size());
    const auto rank = std::max<std::size_t>(1, std::size_t(std::ceil(share - 1e-9)));
    const auto at = values.begin() + qint64(rank) - 1;
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

void LiveMetrics::workOutRange(qint64 nowUs)
{
    if (!m_view.hasRange() || m_series.isEmpty()) {
        m_range = {};
        return;
    }
    // What lies behind for good need not be worked out again.
    const bool isOver = m_rangeUs > m_view.rangeEndUs + RangeEveryUs;
    if (m_rangeUs >= 0 && (isOver || nowUs - m_rangeUs < RangeEveryUs))
        return;
    m_rangeUs = nowUs;
    const LiveFlights flights = m_flights.newest();
    const bool isKnown =
        flights.size() == flights.total()
        || (!flights.isEmpty() && flights.at(0).sample.timings.finishedUs < m_view.rangeBeginUs);
    m_range = isKnown ? exactRange(flights) : mergedRange();
    m_range.beginUs = std::max(m_range.beginUs, m_series.startedUs());
    m_range.endUs = std::min(m_range.endUs, nowUs);
    if (!m_range.isKnown()) {
        m_range = {};
        return;
    }
    const LiveBucket sum = m_series.summary(m_range.beginUs, m_range.endUs);
    if (!m_range.isExact) {
        m_range.replies = sum.replies;
        for (std::size_t reply = 0; reply < ReplyClassCount; ++reply) {
            m_range.done += quint64(sum.replies[reply]);
            m_range.failed += isFailure(ReplyClass(reply)) ? quint64(sum.replies[reply]) : 0;
        }
    }
    const GaugeRange &inFlight = sum[LiveGauge::InFlight];
    m_range.meanInFlight = double(inFlight.mean);
    m_range.peakInFlight = inFlight.max;
    m_range.meanQueued = double(sum.all.mean - inFlight.mean);
    m_range.peakQueued = std::max(0, sum.all.max - inFlight.min);
}

/** From single requests. */
LiveRange LiveMetrics::exactRange(const LiveFlights &flights) const
{
    LiveRange range;
    range.beginUs = m_view.rangeBeginUs;
    range.endUs = m_view.rangeEndUs;
    range.isExact = true;
    std::vector<qint64> onWire;
    std::vector<qint64> total;
    for (std::size_t i = 0; i < flights.size(); ++i) {
        const Flight &flight = flights.at(i);
        const PhaseTimings &timings = flight.sample.timings;
        if (timings.finishedUs < range.beginUs || timings.finishedUs >= range.endUs)
            continue;
        ++range.replies[std::size_t(flight.reply)];
        ++range.done;
        range.failed += isFailure(flight.reply);
        if (timings.sentUs < 0)
            continue;
        onWire.push_back(timings.onWireUs());
        total.push_back(timings.onWireUs() + timings.queuedUs());
    }
    range.sent = onWire.size();
    if (range.sent > 0)
        range.meanUs =
            double(std::accumulate(onWire.begin(), onWire.end(), qint64(0))) / double(range.sent);
    range.p50Us = exactPercentile(onWire, 50);
    range.p95Us = exactPercentile(onWire, 95);
    range.p99Us = exactPercentile(onWire, 99);
    range.p50TotalUs = exactPercentile(total, 50);
    range.p95TotalUs = exactPercentile(total, 95);
    range.p99TotalUs = exactPercentile(total, 99);
    return range;
}

/** From the histograms of whole steps. */
LiveRange LiveMetrics::mergedRange() const
{
    const LatencyRange latency = m_latency.range(m_view.rangeBeginUs, m_view.rangeEndUs);
    LiveRange range;
    range.beginUs = latency.beginUs;
    range.endUs = latency.endUs;
    range.sent = latency.onWire.count();
    range.meanUs = latency.onWire.meanUs();
    range.p50Us = latency.onWire.knownPercentileUs(50);
    range.p95Us = latency.onWire.knownPercentileUs(95);
    range.p99Us = latency.onWire.knownPercentileUs(99);
    range.p50TotalUs = latency.total.knownPercentileUs(50);
    range.p95TotalUs = latency.total.knownPercentileUs(95);
    range.p99TotalUs = latency.total.knownPercentileUs(99);
    return range;
}

} // namespace Sluice

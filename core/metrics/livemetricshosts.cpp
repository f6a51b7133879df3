// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/livemetrics.h"

#include <algorithm>
#include <unordered_map>

namespace Sluice {

namespace {

constexpr std::size_t MaxHostRows = 64;
constexpr qint64 HostShownUs = 60'000'000;

} // namespace

LiveMetrics::Host &LiveMetrics::host(EndpointId id)
{
    const auto index = std::size_t(id);
    if (index >= m_hosts.size())
        m_hosts.resize(index + 1);
    return m_hosts[index];
}

/** The history of \a row; that of a host that is idle makes room for it when all are taken. */
LiveMetrics::HostHistory *LiveMetrics::historyOf(Host &row)
{
    if (row.history)
        return row.history.get();
    const auto id = EndpointId(quint32(&row - m_hosts.data()));
    if (m_hostsWithHistory.size() < MaxHostsWithHistory) {
        row.history = std::make_unique<HostHistory>();
        m_hostsWithHistory.push_back(id);
        return row.history.get();
    }
    const auto idle = std::ranges::find_if(m_hostsWithHistory, [this, &row](EndpointId other) {
        return host(other).lastUs < row.lastUs - LatencyWindow::Seconds * 1'000'000;
    });
    if (idle == m_hostsWithHistory.end())
        return nullptr;
    row.history = std::move(host(*idle).history);
    *row.history = {};
    *idle = id;
    return row.history.get();
}

void LiveMetrics::fillHosts(LiveSnapshot &snapshot)
{
    std::vector<EndpointId> shown;
    for (std::size_t i = 0; i < m_hosts.size(); ++i) {
        const Host &row = m_hosts[i];
        const bool busy = row.inFlight > 0 || row.queued > 0;
        if (busy || (row.lastUs >= 0 && row.lastUs > snapshot.atUs - HostShownUs))
            shown.push_back(EndpointId(quint32(i)));
    }
    if (shown.size() > MaxHostRows) {
        std::ranges::nth_element(shown, shown.begin() + MaxHostRows, {}, [this](EndpointId id) {
            return -(host(id).queued + host(id).inFlight);
        });
        shown.resize(MaxHostRows);
        std::ranges::sort(shown);
    }
    std::unordered_map<EndpointId, const EndpointSnapshot *> active;
    for (const EndpointSnapshot &endpoint : snapshot.admission.endpoints)
        active.emplace(endpoint.id, &endpoint);
    for (const EndpointId id : shown) {
        Host &row = host(id);
        LiveHost live;
        if (const auto found = active.find(id); found != active.end()) {
            live.admission = *found->second;
        } else {
            live.admission.id = id;
            live.admission.endpoint = m_source.endpointName(id);
            const int adaptive = m_adaptive.limitOf(id);
            live.admission.limit =
                adaptive > 0 ? adaptive
                             : limitForEndpoint(m_source.limits(), live.admission.endpoint);
        }
        live.peakInFlight = row.peakInFlight;
        live.donePerSecond = row.rate.perSecond(snapshot.atUs, m_series.startedUs());
        live.enqueuedPerSecond = row.enqueuedRate.perSecond(snapshot.atUs, m_series.startedUs());
        live.done = row.done;
        live.failed = row.failed;
        live.limited = row.limited;
        live.sent = row.sent;
        live.p50Us = row.p50Us;
        live.p95Us = row.p95Us;
        live.p99Us = row.p99Us;
        live.http2 = row.http2;
        snapshot.hosts.push_back(std::move(live));
    }
}

/** The steps of the heatmap that the view shows, the same ones for every host. */
void LiveMetrics::fillCells(LiveSnapshot &snapshot)
{
    const qint64 endUs = m_view.endUs < 0 ? snapshot.atUs : m_view.endUs;
    const qint64 beginUs = std::max(endUs - m_view.spanUs, snapshot.startedUs);
    const int level = HostSeries::levelFor(beginUs, endUs - beginUs, snapshot.atUs);
    snapshot.cellUs = HostSeries::widthUs(level);
    snapshot.cellsBeginUs = beginUs / snapshot.cellUs * snapshot.cellUs;
    const int count = int((endUs - snapshot.cellsBeginUs + snapshot.cellUs - 1) / snapshot.cellUs);
    for (LiveHost &live : snapshot.hosts) {
        Host &row = host(live.admission.id);
        if (!row.history)
            continue;
        row.history->series.setLimit(live.admission.limit);
        row.history->series.advance(snapshot.atUs);
        live.cells = row.history->series.window(level, snapshot.cellsBeginUs, count);
    }
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/runstatistics.h"

#include <algorithm>
#include <numeric>

namespace Sluice {

namespace {

double perSecond(quint64 count, qint64 us)
{
    return us > 0 ? double(count) * 1e6 / double(us) : 0;
}

bool wasSent(const Sample &sample)
{
    return sample.timings.sentUs >= 0 || sample.status != 0;
}

} // namespace

quint64 HostStatistics::peakConnections() const
{
    return http2 ? connectionsOpened : std::min(connectionsOpened, quint64(peakInFlight));
}

double EpochStatistics::throughputPerSecond() const
{
    return perSecond(replies, toUs - fromUs);
}

void RunStatistics::begin(qint64 atUs, const Limits &limits)
{
    m_beganUs = m_endedUs = m_lastUs = atUs;
    m_epochs.push_back({atUs, atUs, limits, 0, 0, {}});
}

void RunStatistics::end(qint64 atUs)
{
    advanceTo(atUs);
    m_inFlight = 0;
}

void RunStatistics::addEvent(const AdmissionEvent &event)
{
    if (event.inFlight != m_inFlight) {
        advanceTo(event.atUs);
        m_inFlight = event.inFlight;
        m_peakInFlight = std::max(m_peakInFlight, event.inFlight);
    }
    if (event.settled) // Else some of them are about to be admitted.
        m_peakQueued = std::max(m_peakQueued, event.queued);
    if (event.kind == AdmissionEvent::Kind::Admitted) {
        HostStatistics &row = host(event.endpoint);
        row.peakInFlight = std::max(row.peakInFlight, event.hostInFlight);
    }
}

void RunStatistics::addLimits(qint64 atUs, const Limits &limits)
{
    if (m_epochs.empty() || m_epochs.back().limits == limits)
        return;
    advanceTo(atUs);
    m_epochs.push_back({atUs, atUs, limits, 0, 0, {}});
}

void RunStatistics::addConnection(EndpointId endpoint)
{
    ++host(endpoint).connectionsOpened;
}

void RunStatistics::addOpenSockets(int open)
{
    m_peakOpenSockets = std::max(m_peakOpenSockets, open);
}

void RunStatistics::addSample(const Sample &sample, const QString &message)
{
    countEnd(sample, message);
    m_retries += quint64(std::max(0, sample.attempt - 1));
    m_redirects += quint64(sample.redirects);
    m_resent += quint64(std::max(0, sample.timesSent - 1));
    if (m_epochs.empty() || !sample.admitted)
        return;
    EpochStatistics &epoch = m_epochs.back();
    if (sample.timings.admittedUs >= 0)
        epoch.latency.queued.record(sample.timings.queuedUs());
    if (sample.error) {
        epoch.errors += *sample.error == ErrorCode::Cancelled ? 0 : 1;
    } else {
        ++epoch.replies;
        epoch.latency.onWire.record(sample.timings.onWireUs());
        epoch.latency.withQueue.record(sample.timings.totalUs());
    }
    if (sample.endpoint == EndpointId::None)
        return;
    HostStatistics &row = host(sample.endpoint);
    row.http2 = row.http2 || sample.http2;
    if (wasSent(sample)) {
        ++row.sent;
        ++m_sent;
    }
    if (sample.status != 0)
        ++row.status[sample.status];
}

void RunStatistics::countEnd(const Sample &sample, const QString &message)
{
    if (!sample.error) {
        ++m_succeeded;
        return;
    }
    if (*sample.error == ErrorCode::Cancelled) {
        ++m_cancelled;
        return;
    }
    ++(sample.admitted ? m_failed : m_neverAdmitted);
    ErrorStatistics &row = m_errors[*sample.error];
    if (row.count++ == 0)
        row.example = message;
}

quint64 RunStatistics::finished() const
{
    return m_succeeded + m_failed + m_cancelled + m_neverAdmitted;
}

double RunStatistics::meanInFlight() const
{
    return durationUs() > 0 ? m_inFlightUs / double(durationUs()) : 0;
}

quint64 RunStatistics::peakConnections() const
{
    // Hosts peak at different times: the sum over HTTP/1 hosts cannot exceed all in flight.
    quint64 http1 = 0;
    quint64 http2 = 0;
    for (const HostStatistics &row : m_hosts) {
        if (m_peakOpenSockets < 0 || !row.status.empty()) // One that answered had connections.
            (row.http2 ? http2 : http1) += row.peakConnections();
    }
    const quint64 inUse = std::min(http1, quint64(m_peakInFlight)) + http2;
    return std::max(inUse, quint64(std::max(0, m_peakOpenSockets)));
}

quint64 RunStatistics::connectionsOpened() const
{
    return std::accumulate(
        m_hosts.begin(), m_hosts.end(), quint64(0),
        [](quint64 sum, const HostStatistics &row) { return sum + row.connectionsOpened; });
}

double RunStatistics::throughputPerSecond() const
{
    return perSecond(m_succeeded, durationUs());
}

LatencyStatistics RunStatistics::latency() const
{
    LatencyStatistics all;
    for (const EpochStatistics &epoch : m_epochs) {
        all.onWire.merge(epoch.latency.onWire);
        all.withQueue.merge(epoch.latency.withQueue);
        all.queued.merge(epoch.latency.queued);
    }
    return all;
}

StatusCounts RunStatistics::status() const
{
    StatusCounts all;
    for (const HostStatistics &row : m_hosts) {
        for (const auto &[status, count] : row.status)
            all[status] += count;
    }
    return all;
}

std::vector<HostStatistics> RunStatistics::hosts() const
{
    std::vector<HostStatistics> used;
    std::ranges::copy_if(m_hosts, std::back_inserter(used), [](const HostStatistics &row) {
        return row.sent > 0 || row.peakInFlight > 0;
    });
    return used;
}

HostStatistics &RunStatistics::host(EndpointId endpoint)
{
    const auto index = std::size_t(endpoint);
    while (index >= m_hosts.size()) {
        m_hosts.emplace_back();
        m_hosts.back().endpoint = EndpointId(quint32(m_hosts.size() - 1));
    }
    return m_hosts[index];
}

void RunStatistics::advanceTo(qint64 atUs)
{
    if (m_epochs.empty() || atUs <= m_lastUs)
        return;
    m_inFlightUs += double(m_inFlight) * double(atUs - m_lastUs);
    m_lastUs = m_endedUs = m_epochs.back().toUs = atUs;
}

} // namespace Sluice

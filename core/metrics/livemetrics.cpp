// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/livemetrics.h"

#include <algorithm>
#include <unordered_map>

namespace Sluice {

namespace {

constexpr std::size_t MaxEpochs = 256;
constexpr std::size_t MaxMarks = 256;
constexpr std::size_t MaxHostRows = 64;
constexpr std::size_t MaxHostsWithLatency = 64;
constexpr qint64 HostShownUs = 60'000'000;
constexpr qint64 PercentilesEveryUs = 250'000;
/** A change this soon after another one, as while turning a spin box, is the same change. */
constexpr qint64 SameChangeUs = 300'000;
/** Fewer values say nothing about a percentile. */
constexpr quint64 EnoughValues = 20;

LiveGauges gaugesOf(const AdmissionEvent &event)
{
    const auto waiting = [&event](WaitReason reason) {
        return event.queuedByReason[std::size_t(reason)];
    };
    return {event.inFlight, waiting(WaitReason::HostLimit), waiting(WaitReason::TotalLimit),
            waiting(WaitReason::HostRate) + waiting(WaitReason::TotalRate),
            waiting(WaitReason::Hold) + waiting(WaitReason::Paused)};
}

qint64 percentile(const LogHistogram &histogram, double percent)
{
    return histogram.count() < EnoughValues ? -1 : histogram.percentileUs(percent);
}

bool isFailure(ReplyClass reply)
{
    return reply != ReplyClass::Success && reply != ReplyClass::Redirect;
}

} // namespace

ReplyClass replyClass(const Sample &sample)
{
    if (sample.error) {
        switch (*sample.error) {
        case ErrorCode::ConnectTimeout:
        case ErrorCode::FirstByteTimeout:
        case ErrorCode::IdleTimeout:
        case ErrorCode::TotalTimeout:
        case ErrorCode::QueueTimeout:
            return ReplyClass::Timeout;
        default:
            return ReplyClass::NoReply;
        }
    }
    if (sample.status == 429 || sample.status == 503)
        return ReplyClass::Limited;
    if (sample.status >= 500)
        return ReplyClass::ServerError;
    if (sample.status >= 400)
        return ReplyClass::ClientError;
    if (sample.status >= 300)
        return ReplyClass::Redirect;
    return sample.status > 0 ? ReplyClass::Success : ReplyClass::NoReply;
}

LiveMetrics::LiveMetrics() = default;
LiveMetrics::~LiveMetrics() = default;

LiveMetrics::Host &LiveMetrics::host(EndpointId id)
{
    const auto index = std::size_t(id);
    if (index >= m_hosts.size())
        m_hosts.resize(index + 1);
    return m_hosts[index];
}

void LiveMetrics::admissionEvent(const AdmissionEvent &event)
{
    if (m_epochs.empty())
        beginEpoch(event.atUs);
    LiveEpoch &epoch = m_epochs.back();
    epoch.peakInFlight = std::max(epoch.peakInFlight, event.inFlight);
    // The gauges between a release and the admission that follows it lasted no time.
    if (event.settled) {
        m_series.set(event.atUs, gaugesOf(event));
        epoch.peakQueued = std::max(epoch.peakQueued, event.queued);
    }
    if (event.endpoint != EndpointId::None) {
        Host &row = host(event.endpoint);
        row.inFlight = event.hostInFlight;
        row.queued = event.hostQueued;
        row.peakInFlight = std::max(row.peakInFlight, event.hostInFlight);
        row.lastUs = event.atUs;
    }
    switch (event.kind) {
    case AdmissionEvent::Kind::LimitsChanged:
        beginEpoch(event.atUs);
        break;
    case AdmissionEvent::Kind::Paused:
        mark(LiveMark::Kind::Paused, event);
        break;
    case AdmissionEvent::Kind::Resumed:
        mark(LiveMark::Kind::Resumed, event);
        break;
    case AdmissionEvent::Kind::HoldBegan:
        mark(LiveMark::Kind::HoldBegan, event);
        break;
    case AdmissionEvent::Kind::HoldEnded:
        mark(LiveMark::Kind::HoldEnded, event);
        break;
    default:
        break;
    }
}

void LiveMetrics::mark(LiveMark::Kind kind, const AdmissionEvent &event)
{
    if (m_marks.size() == MaxMarks)
        m_marks.pop_front();
    QString endpoint;
    if (event.endpoint != EndpointId::None)
        endpoint = m_source.endpointName(event.endpoint);
    m_marks.push_back({kind, event.atUs, endpoint});
}

void LiveMetrics::beginEpoch(qint64 atUs)
{
    const Limits &limits = m_source.limits();
    int number = 1;
    if (!m_epochs.empty()) {
        LiveEpoch &last = m_epochs.back();
        if (last.limits == limits)
            return;
        if (last.number > 1 && atUs - last.beginUs < SameChangeUs) {
            last.limits = limits;
            return;
        }
        last = currentEpoch();
        last.endUs = atUs;
        number = last.number + 1;
    }
    if (m_epochs.size() == MaxEpochs)
        m_epochs.pop_front();
    LiveEpoch epoch;
    epoch.number = number;
    epoch.beginUs = atUs;
    epoch.limits = limits;
    m_epochs.push_back(epoch);
    m_epochOnWire.clear();
    m_epochQueued.clear();
}

/** The epoch in force, its percentiles up to date. */
LiveEpoch LiveMetrics::currentEpoch() const
{
    LiveEpoch epoch = m_epochs.back();
    epoch.p50Us = percentile(m_epochOnWire, 50);
    epoch.p95Us = percentile(m_epochOnWire, 95);
    epoch.p99Us = percentile(m_epochOnWire, 99);
    epoch.p95QueuedUs = percentile(m_epochQueued, 95);
    return epoch;
}

void LiveMetrics::sampleFinished(const Sample &sample)
{
    const ReplyClass reply = replyClass(sample);
    if (m_epochs.empty())
        beginEpoch(sample.timings.finishedUs);
    m_series.countReply(reply);
    countSample(sample, reply);
    if (sample.endpoint == EndpointId::None)
        return;
    Host &row = host(sample.endpoint);
    ++row.done;
    row.failed += isFailure(reply);
    row.limited += reply == ReplyClass::Limited;
    row.rate.count(sample.timings.finishedUs);
    if (sample.timings.sentUs >= 0)
        recordLatency(row, sample);
}

void LiveMetrics::countSample(const Sample &sample, ReplyClass reply)
{
    const qint64 atUs = sample.timings.finishedUs;
    LiveEpoch &epoch = m_epochs.back();
    ++m_done;
    ++epoch.done;
    m_doneRate.count(atUs);
    if (reply == ReplyClass::Success)
        m_okRate.count(atUs);
    if (isFailure(reply)) {
        ++m_failed;
        ++epoch.failed;
    }
    if (reply == ReplyClass::Limited) {
        if (m_limited++ == 0)
            m_marks.push_back({LiveMark::Kind::FirstLimited, atUs, {}});
        ++epoch.limited;
    }
    m_sent += sample.timings.sentUs >= 0;
    m_connections += sample.timings.isNewConnection();
}

void LiveMetrics::recordLatency(Host &row, const Sample &sample)
{
    const qint64 atUs = sample.timings.finishedUs;
    const qint64 onWire = sample.timings.onWireUs();
    const qint64 queued = sample.timings.queuedUs();
    m_latency.record(atUs, onWire, onWire + queued);
    m_queued.record(atUs, queued);
    m_epochOnWire.record(onWire);
    m_epochQueued.record(queued);
    if (LatencyWindow *latency = latencyOf(row))
        latency->record(atUs, onWire);
}

/** The latencies of \a row; those of a host that is idle make room for it when all are taken. */
LatencyWindow *LiveMetrics::latencyOf(Host &row)
{
    if (row.latency)
        return row.latency.get();
    const auto id = EndpointId(quint32(&row - m_hosts.data()));
    if (m_hostsWithLatency.size() < MaxHostsWithLatency) {
        row.latency = std::make_unique<LatencyWindow>();
        m_hostsWithLatency.push_back(id);
        return row.latency.get();
    }
    const auto idle = std::ranges::find_if(m_hostsWithLatency, [this, &row](EndpointId other) {
        return host(other).lastUs < row.lastUs - LatencyWindow::Seconds * 1'000'000;
    });
    if (idle == m_hostsWithLatency.end())
        return nullptr;
    row.latency = std::move(host(*idle).latency);
    *row.latency = {};
    *idle = id;
    return row.latency.get();
}

void LiveMetrics::workOutPercentiles(qint64 nowUs)
{
    if (m_percentiles.atUs >= 0 && nowUs - m_percentiles.atUs < PercentilesEveryUs)
        return;
    LogHistogram onWire = m_latency.onWire().merged(nowUs);
    LogHistogram queued = m_queued.merged(nowUs);
    if (onWire.isEmpty()) { // All is done: what the limits in force have brought stays in sight.
        onWire = m_epochOnWire;
        queued = m_epochQueued;
    }
    if (m_source.openSockets)
        m_openSockets = m_source.openSockets();
    m_percentiles = {nowUs,
                     percentile(onWire, 50),
                     percentile(onWire, 95),
                     percentile(onWire, 99),
                     percentile(queued, 50),
                     percentile(queued, 95)};
    for (const EndpointId id : m_hostsWithLatency) {
        Host &row = host(id);
        const LogHistogram latency = row.latency->merged(nowUs);
        row.p50Us = percentile(latency, 50);
        row.p95Us = percentile(latency, 95);
    }
}

LiveSnapshotPtr LiveMetrics::snapshot(qint64 nowUs)
{
    if (!m_series.isEmpty())
        m_series.advance(nowUs);
    workOutPercentiles(nowUs);
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = nowUs;
    snapshot->startedUs = m_series.startedUs();
    snapshot->admission = m_source.snapshot();
    snapshot->done = m_done;
    snapshot->failed = m_failed;
    snapshot->limited = m_limited;
    snapshot->donePerSecond = m_doneRate.perSecond(nowUs, m_series.startedUs());
    snapshot->okPerSecond = m_okRate.perSecond(nowUs, m_series.startedUs());
    snapshot->p50Us = m_percentiles.p50;
    snapshot->p95Us = m_percentiles.p95;
    snapshot->p99Us = m_percentiles.p99;
    snapshot->p50QueuedUs = m_percentiles.p50Queued;
    snapshot->p95QueuedUs = m_percentiles.p95Queued;
    snapshot->connectionsOpened = m_connections;
    snapshot->openSockets = m_openSockets;
    snapshot->reusedShare = m_sent == 0 ? 0 : 1 - double(m_connections) / double(m_sent);
    snapshot->view = m_view;
    snapshot->series = m_series.window(m_view, nowUs);
    m_latency.advance(nowUs);
    snapshot->latency = m_latency.window(m_view, nowUs);
    snapshot->marks.assign(m_marks.begin(), m_marks.end());
    snapshot->epochs.assign(m_epochs.begin(), m_epochs.end());
    if (!m_epochs.empty()) {
        snapshot->epochs.back() = currentEpoch();
        snapshot->peakInFlight = m_epochs.back().peakInFlight;
        snapshot->peakQueued = m_epochs.back().peakQueued;
    }
    fillHosts(*snapshot);
    return snapshot;
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
            live.admission.limit = limitForEndpoint(m_source.limits(), live.admission.endpoint);
        }
        live.peakInFlight = row.peakInFlight;
        live.donePerSecond = row.rate.perSecond(snapshot.atUs, m_series.startedUs());
        live.done = row.done;
        live.failed = row.failed;
        live.limited = row.limited;
        live.p50Us = row.p50Us;
        live.p95Us = row.p95Us;
        snapshot.hosts.push_back(std::move(live));
    }
}

} // namespace Sluice

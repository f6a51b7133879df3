// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/livemetrics.h"

#include <algorithm>
#include <iterator>

namespace Sluice {

namespace {

constexpr std::size_t MaxEpochs = 256;
constexpr qint64 PercentilesEveryUs = 500'000;
constexpr qint64 SocketsEveryUs = 250'000;
/** A change this soon after another one, as while turning a spin box, is the same change. */
constexpr qint64 SameChangeUs = 300'000;

LiveGauges gaugesOf(const AdmissionEvent &event)
{
    const auto waiting = [&event](WaitReason reason) {
        return event.queuedByReason[std::size_t(reason)];
    };
    return {event.inFlight, waiting(WaitReason::HostLimit), waiting(WaitReason::TotalLimit),
            waiting(WaitReason::HostRate) + waiting(WaitReason::TotalRate),
            waiting(WaitReason::Hold) + waiting(WaitReason::Paused)};
}

} // namespace

LiveMetrics::LiveMetrics() = default;
LiveMetrics::~LiveMetrics() = default;

void LiveMetrics::setView(const LiveView &view)
{
    m_view = view;
    m_rangeUs = -1;
    m_heatmapUs = -1;
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
    if (event.ticket != TicketId::None)
        m_lastActiveUs = event.atUs;
    if (event.endpoint != EndpointId::None) {
        Host &row = host(event.endpoint);
        row.inFlight = event.hostInFlight;
        row.queued = event.hostQueued;
        row.peakInFlight = std::max(row.peakInFlight, event.hostInFlight);
        row.lastUs = event.atUs;
        if (HostHistory *history = historyOf(row))
            history->series.set(event.atUs, event.hostInFlight, event.hostQueued);
    }
    switch (event.kind) {
    case AdmissionEvent::Kind::Enqueued:
        m_enqueuedRate.count(event.atUs);
        host(event.endpoint).enqueuedRate.count(event.atUs);
        break;
    case AdmissionEvent::Kind::Admitted:
        m_flights.begin(event);
        break;
    case AdmissionEvent::Kind::Released:
        m_flights.end(event);
        break;
    case AdmissionEvent::Kind::LimitsChanged:
        // An adaptive limit decides several times a second: those are a line, not epochs.
        if (event.endpoint == EndpointId::None)
            beginEpoch(event.atUs);
        else
            m_adaptive.add(event.endpoint, {event.atUs, event.adaptiveLimit});
        break;
    default:
        noteEvent(event);
    }
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
            last.origin = m_limitsOrigin;
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
    epoch.origin = m_limitsOrigin;
    m_epochs.push_back(epoch);
    m_epochOnWire.clear();
    m_epochQueued.clear();
    m_epochDone = m_epochFailed = m_epochLimited = {};
}

/** The epoch in force, its percentiles up to date. */
LiveEpoch LiveMetrics::currentEpoch() const
{
    LiveEpoch epoch = m_epochs.back();
    epoch.peakDone = m_epochDone.most();
    epoch.peakFailed = m_epochFailed.most();
    epoch.peakLimited = m_epochLimited.most();
    epoch.sent = m_epochOnWire.count();
    epoch.p50Us = m_epochOnWire.knownPercentileUs(50);
    epoch.p95Us = m_epochOnWire.knownPercentileUs(95);
    epoch.p99Us = m_epochOnWire.knownPercentileUs(99);
    epoch.p95QueuedUs = m_epochQueued.knownPercentileUs(95);
    return epoch;
}

void LiveMetrics::sampleFinished(const Sample &sample, const QString &name, const RequestLine &line)
{
    const ReplyClass reply = replyClass(sample);
    if (m_epochs.empty())
        beginEpoch(sample.timings.finishedUs);
    m_lastActiveUs = std::max(m_lastActiveUs, sample.timings.finishedUs);
    const bool wasCancelled = sample.error == ErrorCode::Cancelled;
    if (!wasCancelled || sample.timings.sentUs >= 0)
        m_flights.record(sample, reply, name, line);
    if (wasCancelled) // By who asked for it: it says nothing about the server.
        return;
    m_series.countReply(reply);
    countSample(sample, reply);
    if (sample.endpoint == EndpointId::None)
        return;
    Host &row = host(sample.endpoint);
    ++row.done;
    if (sample.status > 0)
        row.http2 = sample.http2;
    row.failed += isFailure(reply);
    noteReachability(row, sample);
    if (reply == ReplyClass::Limited)
        countLimited(row, sample);
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
    m_epochDone.count(atUs);
    if (reply == ReplyClass::Success)
        m_okRate.count(atUs);
    if (isFailure(reply)) {
        ++m_failed;
        ++epoch.failed;
        m_failedRate.count(atUs);
        m_epochFailed.count(atUs);
    }
    if (reply == ReplyClass::Limited) {
        ++m_limited;
        ++epoch.limited;
        m_limitedRate.count(atUs);
        m_epochLimited.count(atUs);
    }
    m_sent += sample.timings.sentUs >= 0;
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
    if (HostHistory *history = historyOf(row))
        history->latency.record(atUs, onWire);
}

/** Copied when there is a new one: the snapshots that are under way share the old ones. */
void LiveMetrics::addSecrets(const QStringList &secrets)
{
    for (const QString &secret : secrets) {
        if (secret.isEmpty() || (m_secrets && m_secrets->values.contains(secret)))
            continue;
        const bool isFull = m_secrets && m_secrets->values.size() >= MaxSecrets;
        if (isFull && !m_secrets->areAll)
            return;
        auto more = std::make_shared<LiveSecrets>(m_secrets ? *m_secrets : LiveSecrets());
        if (isFull)
            more->areAll = false;
        else
            more->values.append(secret);
        m_secrets = std::move(more);
    }
}

void LiveMetrics::countSockets(qint64 nowUs)
{
    if (!m_source.openSockets || (m_socketsUs >= 0 && nowUs - m_socketsUs < SocketsEveryUs))
        return;
    m_socketsUs = nowUs;
    m_openSockets = m_source.openSockets();
    m_series.setSockets(nowUs, m_openSockets);
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
    m_percentiles = {nowUs,
                     onWire.count(),
                     onWire.knownPercentileUs(50),
                     onWire.knownPercentileUs(95),
                     onWire.knownPercentileUs(99),
                     queued.knownPercentileUs(50),
                     queued.knownPercentileUs(95),
                     onWire.meanUs()};
    if (!m_epochs.empty()) {
        qint64 &highest = m_epochs.back().peakP95Us;
        highest = std::max(highest, m_percentiles.p95);
    }
    for (const EndpointId id : m_hostsWithHistory) {
        Host &row = host(id);
        const LogHistogram latency = row.history->latency.merged(nowUs);
        row.sent = latency.count();
        row.p99Us = latency.knownPercentileUs(99);
        row.p50Us = latency.knownPercentileUs(50);
        row.p95Us = latency.knownPercentileUs(95);
    }
}

void LiveMetrics::workOutHeatmap(qint64 nowUs)
{
    if (!m_view.wantsHeatmap)
        m_heatmap.reset();
    if (!m_view.wantsHeatmap || (m_heatmapUs >= 0 && nowUs - m_heatmapUs < PercentilesEveryUs))
        return;
    m_heatmapUs = nowUs;
    m_heatmap = std::make_shared<const LatencyHeatmap>(m_latency.heatmap(m_view, nowUs));
}

LiveSnapshotPtr LiveMetrics::snapshot(qint64 nowUs)
{
    if (!m_series.isEmpty())
        m_series.advance(nowUs);
    m_latency.advance(nowUs);
    workOutPercentiles(nowUs);
    countSockets(nowUs);
    workOutRange(nowUs);
    workOutHeatmap(nowUs);
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = nowUs;
    snapshot->startedUs = m_series.startedUs();
    snapshot->wallMs = m_source.wallMs ? m_source.wallMs() : 0;
    snapshot->secrets = m_secrets;
    snapshot->admission = m_source.snapshot();
    fillTotals(*snapshot);
    snapshot->view = m_view;
    snapshot->series = m_series.window(m_view, nowUs);
    snapshot->latency = m_latency.window(m_view, nowUs);
    snapshot->heatmap = m_heatmap;
    snapshot->range = m_range;
    snapshot->flights = m_flights.newest();
    snapshot->open = m_flights.open();
    std::ranges::merge(m_marks, m_notes, std::back_inserter(snapshot->marks), {}, &LiveMark::atUs,
                       &LiveMark::atUs);
    const qint64 endUs = m_view.endUs >= 0 ? m_view.endUs : nowUs;
    snapshot->adaptive = m_adaptive.window(endUs - m_view.spanUs, endUs, m_source.endpointName);
    snapshot->epochs.assign(m_epochs.begin(), m_epochs.end());
    if (!m_epochs.empty()) {
        snapshot->epochs.back() = currentEpoch();
        snapshot->peakInFlight = m_epochs.back().peakInFlight;
        snapshot->peakQueued = m_epochs.back().peakQueued;
    }
    fillHosts(*snapshot);
    fillCells(*snapshot);
    return snapshot;
}

void LiveMetrics::fillTotals(LiveSnapshot &snapshot)
{
    const qint64 nowUs = snapshot.atUs;
    const bool isActive = snapshot.admission.inFlight > 0 || snapshot.admission.queued > 0;
    snapshot.lastActiveUs = isActive ? nowUs : m_lastActiveUs;
    snapshot.done = m_done;
    snapshot.failed = m_failed;
    snapshot.limited = m_limited;
    snapshot.donePerSecond = m_doneRate.perSecond(nowUs, m_series.startedUs());
    snapshot.okPerSecond = m_okRate.perSecond(nowUs, m_series.startedUs());
    snapshot.failedPerSecond = m_failedRate.perSecond(nowUs, m_series.startedUs());
    snapshot.limitedPerSecond = m_limitedRate.perSecond(nowUs, m_series.startedUs());
    snapshot.enqueuedPerSecond = m_enqueuedRate.perSecond(nowUs, m_series.startedUs());
    snapshot.sent = m_percentiles.sent;
    snapshot.p50Us = m_percentiles.p50;
    snapshot.p95Us = m_percentiles.p95;
    snapshot.p99Us = m_percentiles.p99;
    snapshot.meanUs = m_percentiles.mean;
    snapshot.p50QueuedUs = m_percentiles.p50Queued;
    snapshot.p95QueuedUs = m_percentiles.p95Queued;
    snapshot.connectionsOpened = m_connections;
    snapshot.openSockets = m_openSockets;
    // A connection that carried nothing counts, too: there may be more of them than requests.
    snapshot.reusedShare =
        m_sent == 0 ? 0 : std::max(0.0, 1 - double(m_connections) / double(m_sent));
}

std::size_t LiveMetrics::bytes() const
{
    std::size_t bytes = m_series.bytes() + m_latency.bytes() + m_queued.bytes() + m_flights.bytes()
                        + m_epochOnWire.bytes() + m_epochQueued.bytes()
                        + m_epochs.size() * sizeof(LiveEpoch)
                        + (m_marks.size() + m_notes.size()) * sizeof(LiveMark)
                        + m_hosts.capacity() * sizeof(Host) + (m_heatmap ? m_heatmap->bytes() : 0);
    for (const EndpointId id : m_hostsWithHistory) {
        const HostHistory &history = *m_hosts[std::size_t(id)].history;
        bytes += history.latency.bytes() + history.series.bytes();
    }
    return bytes;
}

std::size_t LiveMetrics::maxBytes()
{
    return GaugeSeries::maxBytes() + sizeof(GaugeSeries) + LatencySeries::maxBytes()
           + LatencySeries::maxHeatmapBytes() + LatencyWindow::maxBytes() + FlightLog::maxBytes()
           + 2 * LogHistogram::maxBytes() + MaxEpochs * sizeof(LiveEpoch)
           + (MaxMarks + MaxNotes) * sizeof(LiveMark)
           + MaxHostsWithHistory * (LatencyWindow::maxBytes() + HostSeries().bytes());
}

} // namespace Sluice

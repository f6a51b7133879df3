// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionevent.h"
#include "core/metrics/flightlog.h"
#include "core/metrics/gaugeseries.h"
#include "core/metrics/hostseries.h"
#include "core/metrics/latencyseries.h"
#include "core/metrics/limitseries.h"
#include "core/metrics/ratewindow.h"
#include "core/metrics/sample.h"
#include "core/metrics/secondcount.h"

#include <deque>
#include <functional>

namespace Sluice {

/** Where LiveMetrics reads what the events do not carry; called in the engine thread. */
struct LiveSource
{
    std::function<AdmissionSnapshot()> snapshot;
    std::function<const Limits &()> limits;
    std::function<QString(EndpointId)> endpointName;
    std::function<int()> openSockets; ///< May be missing; asked four times a second.
    std::function<qint64()> wallMs;   ///< Since 1970; may be missing.
};

/**
 * Collects what the live view shows: the admission queue's transitions and the finished requests
 * go in, snapshots come out. Owns no timer; times come with the events.
 *
 * Memory is bounded by maxBytes() however long it runs and however many requests a second there
 * are; beside that it grows only with the number of hosts: 350 bytes each, and 16 for each request
 * that was in flight at once to it.
 *
 * Lives in the engine thread, as the queue's observer; the snapshots may go anywhere. An event
 * costs well under 100 ns.
 */
class LiveMetrics final : public AdmissionObserver
{
public:
    LiveMetrics();
    ~LiveMetrics() override;

    /** Before the first event; the functions of \a source are set, but for those that may miss. */
    void setSource(LiveSource source) { m_source = std::move(source); }
    /** What part of time the snapshots show. */
    void setView(const LiveView &view);
    const LiveView &view() const { return m_view; }

    /** Where the next change of the limits comes from. */
    void setLimitsOrigin(LimitsOrigin origin) { m_limitsOrigin = origin; }

    void admissionEvent(const AdmissionEvent &event) override;
    /** \a name is the request's in its collection; may be empty. */
    void connectionBegan() { ++m_connections; }
    void sampleFinished(const Sample &sample, const QString &name = {},
                        const RequestLine &line = {});
    /** Texts that are to be redacted in what is exported; MaxSecrets are kept. */
    void addSecrets(const QStringList &secrets);
    /** What a person wants to remember of \a atUs; the newest 256 are kept. */
    void addNote(qint64 atUs, const QString &text);

    /** Everything up to \a nowUs. Percentiles are worked out anew at most twice a second. */
    LiveSnapshotPtr snapshot(qint64 nowUs);

    const GaugeSeries &series() const { return m_series; }
    std::size_t bytes() const; ///< Held now, about.
    static std::size_t maxBytes();

    static constexpr qsizetype MaxSecrets = 1000;

private:
    static constexpr std::size_t MaxMarks = 256;
    static constexpr std::size_t MaxNotes = 256;
    static constexpr std::size_t MaxHostsWithHistory = 64;

    /** Of the hosts that were used last only. */
    struct HostHistory
    {
        LatencyWindow latency;
        HostSeries series;
    };
    struct Host
    {
        int inFlight = 0;
        int queued = 0;
        int peakInFlight = 0;
        qint64 lastUs = -1;
        quint64 done = 0;
        quint64 failed = 0;
        quint64 limited = 0;
        quint64 sent = 0; ///< Those that the percentiles are of.
        qint64 p50Us = -1;
        qint64 p95Us = -1;
        qint64 p99Us = -1;
        bool isDown = false;
        RateWindow rate;
        RateWindow enqueuedRate;
        qint64 limitedUs = -1; ///< The last 429 or 503.
        std::optional<bool> http2;
        std::unique_ptr<HostHistory> history;
    };
    struct Percentiles
    {
        qint64 atUs = -1;
        quint64 sent = 0;
        qint64 p50 = -1, p95 = -1, p99 = -1, p50Queued = -1, p95Queued = -1;
        double mean = 0;
    };

    Host &host(EndpointId id);
    void noteEvent(const AdmissionEvent &event);
    bool extendHold(const AdmissionEvent &event);
    void addMark(LiveMark mark);
    void noteReachability(Host &host, const Sample &sample);
    void beginEpoch(qint64 atUs);
    void countSample(const Sample &sample, ReplyClass reply);
    void recordLatency(Host &host, const Sample &sample);
    void countLimited(Host &host, const Sample &sample);
    HostHistory *historyOf(Host &host);
    void workOutHeatmap(qint64 nowUs);
    void workOutRange(qint64 nowUs);
    LiveRange exactRange(const LiveFlights &flights) const;
    LiveRange mergedRange() const;
    void workOutPercentiles(qint64 nowUs);
    void countSockets(qint64 nowUs);
    void fillHosts(LiveSnapshot &snapshot);
    void fillCells(LiveSnapshot &snapshot);
    void fillTotals(LiveSnapshot &snapshot);
    LiveEpoch currentEpoch() const;

    LiveSource m_source;
    LiveView m_view;
    GaugeSeries m_series;
    std::vector<Host> m_hosts; ///< Indexed by EndpointId.
    std::vector<EndpointId> m_hostsWithHistory;
    std::deque<LiveEpoch> m_epochs; ///< The last one is in force.
    LogHistogram m_epochOnWire;
    LogHistogram m_epochQueued;
    SecondCount m_epochDone; ///< Of the epoch in force, as the next two.
    SecondCount m_epochFailed;
    SecondCount m_epochLimited;
    LimitsOrigin m_limitsOrigin = LimitsOrigin::Person;
    qint64 m_lastActiveUs = -1;
    std::deque<LiveMark> m_marks;
    std::deque<LiveMark> m_notes; ///< By time.
    FlightLog m_flights;
    LiveRange m_range;           ///< As `m_view` asks.
    qint64 m_rangeUs = -1;       ///< When it was worked out.
    LatencyHeatmapPtr m_heatmap; ///< As `m_view` asks.
    qint64 m_heatmapUs = -1;     ///< When it was worked out.
    LimitSeries m_adaptive;
    RateWindow m_doneRate;
    RateWindow m_okRate;
    RateWindow m_failedRate;
    RateWindow m_limitedRate;
    RateWindow m_enqueuedRate;
    LatencySeries m_latency;
    LatencyWindow m_queued;
    int m_openSockets = -1;
    qint64 m_socketsUs = -1; ///< When they were counted.
    std::shared_ptr<const LiveSecrets> m_secrets;
    Percentiles m_percentiles;
    quint64 m_done = 0;
    quint64 m_failed = 0;
    quint64 m_limited = 0;
    quint64 m_sent = 0;
    quint64 m_connections = 0;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionsnapshot.h"
#include "core/base/error.h"
#include "core/metrics/flight.h"
#include "core/metrics/latencycells.h"
#include "core/metrics/limitsorigin.h"
#include "core/metrics/replyclass.h"

#include <QStringList>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace Sluice {

/** The bands of the concurrency chart, in stacking order. */
enum class LiveGauge : quint8 {
    InFlight,
    WaitingHost,  ///< Queued: the host is at its limit.
    WaitingTotal, ///< Queued: the total limit is reached.
    WaitingRate,  ///< Queued: a rate holds it back.
    WaitingHold,  ///< Queued: the host is on hold, or dispatch is paused.
};
inline constexpr std::size_t LiveGaugeCount = 5;
using LiveGauges = std::array<int, LiveGaugeCount>; ///< Indexed by LiveGauge.

/** What one gauge did in a span of time, from its transitions: never sampled, nothing missed. */
struct GaugeRange
{
    int min = 0;
    int max = 0;
    float mean = 0; ///< Weighted by time, so the means of a stack add up.
};

/** One bucket of time. */
struct LiveBucket
{
    std::array<GaugeRange, LiveGaugeCount> gauges; ///< Indexed by LiveGauge.
    GaugeRange all;                                ///< Of the sum of the gauges.
    GaugeRange sockets;                            ///< Open ones, polled; below 0 = not known.
    ReplyCounts replies{};

    const GaugeRange &operator[](LiveGauge gauge) const { return gauges[std::size_t(gauge)]; }
};

/** Adjacent buckets of one width, oldest first; the last one may still be filling. */
struct LiveSeries
{
    qint64 beginUs = 0; ///< Start of the first bucket; a multiple of `bucketUs`.
    qint64 bucketUs = 1;
    std::vector<LiveBucket> buckets;

    qint64 endUs() const { return beginUs + qint64(buckets.size()) * bucketUs; }
};

/** What part of time the live view shows, and how finely. */
struct LiveView
{
    qint64 spanUs = 60'000'000;
    qint64 endUs = -1;  ///< -1 = now.
    int columns = 1600; ///< Buckets are at most a column wide, where that is still kept.
    /** The part of it whose statistics are asked for; equal = none. */
    qint64 rangeBeginUs = 0;
    qint64 rangeEndUs = 0;
    bool wantsHeatmap = false; ///< LiveSnapshot::heatmap is asked for.

    bool hasRange() const { return rangeEndUs > rangeBeginUs; }

    bool operator==(const LiveView &) const = default;
};

/** Percentiles of one step of time, in microseconds; -1 where there were too few samples. */
struct LatencyPoint
{
    qint64 beginUs = 0;
    quint64 count = 0;
    qint64 p50Us = -1; ///< On the wire.
    qint64 p95Us = -1;
    qint64 p99Us = -1;
    qint64 p50TotalUs = -1; ///< With the wait in the queue.
    qint64 p95TotalUs = -1;
    qint64 p99TotalUs = -1;
};

/** Latencies over time, oldest first; steps in which nothing finished are left out. */
struct LiveLatency
{
    qint64 stepUs = 1'000'000;
    std::vector<LatencyPoint> points;
};

/** What happened in a part of the time, as LiveView asked. */
struct LiveRange
{
    // What the figures are of: as asked for when single requests are still known, else widened to
    // whole steps of what is kept. Equal = none.
    qint64 beginUs = 0;
    qint64 endUs = 0;
    bool isExact = false; ///< From single requests; else from merged histograms.
    ReplyCounts replies{};
    quint64 done = 0;
    quint64 failed = 0;
    double meanInFlight = 0; ///< Weighted by time.
    int peakInFlight = 0;
    double meanQueued = 0;
    int peakQueued = 0;
    quint64 sent = 0;  ///< Those that the latencies are of.
    double meanUs = 0; ///< On the wire.
    qint64 p50Us = -1; ///< On the wire; -1 = too few samples to say.
    qint64 p95Us = -1;
    qint64 p99Us = -1;
    qint64 p50TotalUs = -1; ///< With the wait in the queue.
    qint64 p95TotalUs = -1;
    qint64 p99TotalUs = -1;

    bool isKnown() const { return endUs > beginUs; }
    double seconds() const { return double(endUs - beginUs) / 1e6; }
    double perSecond() const { return isKnown() ? double(done) / seconds() : 0; }
    /** What Little's law makes of throughput and time on the wire: N = X·R. */
    double expectedInFlight() const
    {
        return isKnown() ? double(sent) / seconds() * meanUs / 1e6 : 0;
    }
};

/** The time during which one set of limits was in force, and what happened in it. */
struct LiveEpoch
{
    int number = 0; ///< From 1.
    qint64 beginUs = 0;
    qint64 endUs = -1; ///< -1 = still in force.
    Limits limits;
    LimitsOrigin origin = LimitsOrigin::Person;
    int peakInFlight = 0;
    int peakQueued = 0;
    int peakDone = 0; ///< In one second of the clock, as the next two.
    int peakFailed = 0;
    int peakLimited = 0;
    quint64 done = 0;
    quint64 failed = 0;
    quint64 limited = 0; ///< Replies 429 and 503.
    quint64 sent = 0;    ///< Those that the percentiles are of.
    qint64 p50Us = -1;   ///< On the wire; -1 = too few samples to say.
    qint64 p95Us = -1;
    qint64 p99Us = -1;
    qint64 p95QueuedUs = -1;
    qint64 peakP95Us = -1; ///< The highest one of any ten seconds.
};

/** Something to mark on the time axis; changes of the limits are read from the epochs. */
struct LiveMark
{
    enum class Kind {
        Paused,
        Resumed,
        HoldBegan,
        HoldEnded,
        FirstLimited, ///< The first 429 or 503 of all.
        Limited,      ///< The first one of a host after a while without any.
        HostDown,     ///< No connection to a host, once an outage; `error` says why.
        HostUp,       ///< It answers again.
        Note,         ///< `text` is what a person wrote.
    };

    Kind kind = Kind::Paused;
    qint64 atUs = 0;
    QString endpoint; ///< Empty = all.
    QString text;
    qint64 untilUs = 0; ///< HoldBegan: when the server wants to be asked again.
    std::optional<ErrorCode> error;
};

/** What one host did in one step of time. */
struct HostCell
{
    float meanInFlight = 0; ///< Weighted by time.
    quint16 maxInFlight = 0;
    quint16 maxQueued = 0;
    quint16 limit = 0;   ///< The last one; 0 = unlimited.
    quint16 limited = 0; ///< Replies 429 and 503.

    bool isEmpty() const { return maxInFlight == 0 && maxQueued == 0 && limited == 0; }
};

/** An adaptive limit from `atUs` on; 0 = it is not adaptive any more. */
struct LimitStep
{
    qint64 atUs = 0;
    int limit = 0;
};

/** The decisions of one endpoint's adaptive limit, oldest first. */
struct LiveAdaptiveLimit
{
    QString endpoint;             ///< `scheme://host:port`.
    std::vector<LimitStep> steps; ///< Those in view, and the last one before them.
};

/** One row of the host lanes. */
struct LiveHost
{
    EndpointSnapshot admission;
    int peakInFlight = 0;
    double donePerSecond = 0;
    double enqueuedPerSecond = 0;
    quint64 done = 0;
    quint64 failed = 0;
    quint64 limited = 0;
    quint64 sent = 0;  ///< Those that the percentiles are of.
    qint64 p50Us = -1; ///< On the wire, last 10 s; -1 = too few samples to say.
    qint64 p95Us = -1;
    qint64 p99Us = -1;
    std::optional<bool> http2;   ///< Of its newest reply; else HTTP/1.
    std::vector<HostCell> cells; ///< See LiveSnapshot; empty when there is no history.
};

/** What must not leave the program, of all that was sent since it started. */
struct LiveSecrets
{
    QStringList values;
    bool areAll = true; ///< Else there were more than are kept.
};

/** All that the live view shows, at one moment; immutable and shared between threads. */
struct LiveSnapshot
{
    qint64 atUs = 0;
    qint64 startedUs = 0;     ///< The first event; the chart is empty before.
    qint64 lastActiveUs = -1; ///< When something was queued or in flight last; -1 = never.
    qint64 wallMs = 0;        ///< Of `atUs`, since 1970; 0 = not known.
    AdmissionSnapshot admission;
    int peakInFlight = 0; ///< Since the limits in force were set.
    int peakQueued = 0;
    quint64 done = 0;
    quint64 failed = 0;  ///< No reply, or a status of 400 and up.
    quint64 limited = 0; ///< Replies 429 and 503.
    double donePerSecond = 0;
    double okPerSecond = 0;
    double failedPerSecond = 0;
    double limitedPerSecond = 0;
    double enqueuedPerSecond = 0;
    quint64 sent = 0;  ///< Those that the percentiles are of.
    qint64 p50Us = -1; ///< On the wire, last 10 s.
    qint64 p95Us = -1;
    qint64 p99Us = -1;
    double meanUs = 0;       ///< On the wire, last 10 s; 0 = not known.
    qint64 p50QueuedUs = -1; ///< The wait in the queue alone.
    qint64 p95QueuedUs = -1;
    quint64 connectionsOpened = 0;
    int openSockets = -1;   ///< As the system counts them; -1 = it does not say.
    double reusedShare = 0; ///< 0…1, of the requests that were sent.
    LiveView view;          ///< What was asked for.
    LiveSeries series;
    LiveLatency latency;
    LatencyHeatmapPtr heatmap;     ///< In the steps of `latency`; null unless the view wants it.
    std::vector<LiveHost> hosts;   ///< Active in the last minute, in order of first use.
    std::vector<LiveEpoch> epochs; ///< Oldest first; the last one is in force.
    std::vector<LiveMark> marks;   ///< Oldest first.
    qint64 cellsBeginUs = 0;       ///< Of the first cell of every host.
    qint64 cellUs = 1'000'000;
    LiveRange range; ///< As the view asks.
    LiveFlights flights;
    std::vector<Flight> open; ///< In flight, in the order of admission; `finishedUs` is -1.
    std::vector<LiveAdaptiveLimit> adaptive;    ///< In order of first use.
    std::shared_ptr<const LiveSecrets> secrets; ///< Null = there are none.
};

using LiveSnapshotPtr = std::shared_ptr<const LiveSnapshot>;

} // namespace Sluice

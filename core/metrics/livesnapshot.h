// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionsnapshot.h"

#include <memory>
#include <vector>

namespace Sluice {

/** Lowest and highest value of one gauge inside one bucket of time. */
struct Envelope
{
    int min = 0;
    int max = 0;
};

/** What the gauges did in one bucket of time; true extremes from transitions, never sampled. */
struct LiveBucket
{
    Envelope inFlight;
    Envelope waitingHost;  ///< Queued: host limit.
    Envelope waitingTotal; ///< Queued: total limit.
    Envelope waitingRate;  ///< Queued: a rate.
    Envelope waitingHold;  ///< Queued: host on hold, or dispatch paused.
    int totalLimit = 0;    ///< In force at the end of the bucket; 0 = unlimited.
    int completed = 0;
    int failed = 0;
};

/** A limit that was changed, to be marked on the time axis. */
struct LimitChange
{
    qint64 atUs = 0;
    QString host; ///< Empty = the total limit.
    int from = 0;
    int to = 0;
};

/** One row of the host lanes. */
struct LiveHost
{
    EndpointSnapshot admission;
    int peakInFlight = 0;
    double donePerSecond = 0;
    qint64 p50Us = -1; ///< On the wire, last 10 s; -1 = too few samples to say.
    qint64 p95Us = -1;
};

/** The buckets of the shown window, oldest first; `endUs` is the end of the last one. */
struct LiveSeries
{
    qint64 bucketUs = 0;
    qint64 endUs = 0;
    std::vector<LiveBucket> buckets;
};

/** All that the live view shows, at one moment; immutable and shared between threads. */
struct LiveSnapshot
{
    qint64 atUs = 0;
    AdmissionSnapshot admission;
    int peakInFlight = 0; ///< Since the epoch of the limits began.
    int peakQueued = 0;
    quint64 done = 0;
    quint64 failed = 0;
    quint64 tooManyRequests = 0; ///< Replies 429 and 503.
    double donePerSecond = 0;
    double okPerSecond = 0;
    qint64 p50Us = -1; ///< On the wire, last 10 s.
    qint64 p95Us = -1;
    qint64 p50QueuedUs = -1; ///< Queue wait alone.
    qint64 p95QueuedUs = -1;
    quint64 connectionsOpened = 0;
    double reusedShare = 0; ///< 0…1, of the requests sent.
    LiveSeries series;
    std::vector<LiveHost> hosts;
    std::vector<LimitChange> changes; ///< Inside the window.
};

using LiveSnapshotPtr = std::shared_ptr<const LiveSnapshot>;

} // namespace Sluice

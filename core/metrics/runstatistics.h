// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionevent.h"
#include "core/metrics/loghistogram.h"
#include "core/metrics/sample.h"

#include <QString>

#include <map>
#include <vector>

namespace Sluice {

/** Replies by status code. */
using StatusCounts = std::map<int, quint64>;

/** The latencies of a set of requests. */
struct LatencyStatistics
{
    LogHistogram onWire;    ///< Admitted until finished, of those that got a reply.
    LogHistogram withQueue; ///< Enqueued until finished, of those that got a reply.
    LogHistogram queued;    ///< Enqueued until admitted, of all that were admitted.
};

/** Failures of one kind. */
struct ErrorStatistics
{
    quint64 count = 0;
    QString example; ///< The first one's message.
};

/** One endpoint over the whole run. */
struct HostStatistics
{
    EndpointId endpoint = EndpointId::None;
    bool http2 = false;
    quint64 sent = 0;
    int peakInFlight = 0;
    quint64 connectionsOpened = 0;
    StatusCounts status;

    /** Most connections in use at once: on HTTP/1 a request in flight holds one of its own. */
    quint64 peakConnections() const;
};

/** The time during which one set of limits was in force. */
struct EpochStatistics
{
    qint64 fromUs = 0;
    qint64 toUs = 0;
    Limits limits;
    quint64 replies = 0;
    quint64 errors = 0;
    LatencyStatistics latency;

    double throughputPerSecond() const;
};

/**
 * All figures of one run, from the transitions of the admission queue and one sample a finished
 * request. Constant work for each; memory depends on hosts, epochs and status codes, never on the
 * number of requests. Times are microseconds of the engine's clock. A value; one thread at a time.
 */
class RunStatistics
{
public:
    /** Starts the first epoch; \a limits are those in force. */
    void begin(qint64 atUs, const Limits &limits);
    /** Closes the last epoch. Later events and samples still count, time does not. */
    void end(qint64 atUs);

    void addEvent(const AdmissionEvent &event);
    /** New limits are in force: a new epoch begins. */
    void addLimits(qint64 atUs, const Limits &limits);
    void addConnection(EndpointId endpoint);
    /** As many sockets were found open; to be called after connections began, and at the end. */
    void addOpenSockets(int open);
    /** \a message is kept as an example when it is the first of its kind. */
    void addSample(const Sample &sample, const QString &message);
    /** Requests that the run gave up before they were submitted. */
    void addCancelled(quint64 count) { m_cancelled += count; }

    qint64 beganUs() const { return m_beganUs; }
    qint64 durationUs() const { return m_endedUs - m_beganUs; }
    quint64 finished() const;               ///< Every request that ended, however it ended.
    quint64 sent() const { return m_sent; } ///< At least once written to a connection.
    quint64 succeeded() const { return m_succeeded; } ///< A whole reply came, whatever its status.
    quint64 failed() const { return m_failed; }
    quint64 cancelled() const { return m_cancelled; }
    quint64 neverAdmitted() const { return m_neverAdmitted; }
    quint64 retries() const { return m_retries; }
    quint64 redirects() const { return m_redirects; }
    /** Times that Qt sent a request again of itself, its connection having broken. */
    quint64 resent() const { return m_resent; }
    int peakInFlight() const { return m_peakInFlight; }
    int peakQueued() const { return m_peakQueued; }
    double meanInFlight() const; ///< Weighted by time.
    /** Most open at once, idle ones included, where the system tells; else most in use. */
    quint64 peakConnections() const;
    quint64 connectionsOpened() const;
    double throughputPerSecond() const; ///< Replies over the duration.
    LatencyStatistics latency() const;  ///< Over all epochs.
    StatusCounts status() const;        ///< Over all hosts.
    const std::map<ErrorCode, ErrorStatistics> &errors() const { return m_errors; }
    const std::vector<EpochStatistics> &epochs() const { return m_epochs; }
    /** Endpoints that something was sent to, in the order of their ids. */
    std::vector<HostStatistics> hosts() const;

private:
    HostStatistics &host(EndpointId endpoint);
    void countEnd(const Sample &sample, const QString &message);
    void advanceTo(qint64 atUs);

    std::vector<HostStatistics> m_hosts; ///< By EndpointId.
    std::vector<EpochStatistics> m_epochs;
    std::map<ErrorCode, ErrorStatistics> m_errors;
    qint64 m_beganUs = 0;
    qint64 m_endedUs = 0;
    qint64 m_lastUs = 0;
    double m_inFlightUs = 0; ///< Integral of the requests in flight over time.
    int m_inFlight = 0;
    int m_peakInFlight = 0;
    int m_peakQueued = 0;
    int m_peakOpenSockets = -1;
    quint64 m_sent = 0;
    quint64 m_succeeded = 0;
    quint64 m_failed = 0;
    quint64 m_cancelled = 0;
    quint64 m_neverAdmitted = 0;
    quint64 m_retries = 0;
    quint64 m_redirects = 0;
    quint64 m_resent = 0;
};

} // namespace Sluice

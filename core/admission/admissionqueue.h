// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionevent.h"
#include "core/admission/admissionsnapshot.h"
#include "core/base/clock.h"

namespace Sluice {

/** Receives the decisions of an AdmissionQueue. State is settled before any call; may call back in. */
class AdmissionClient
{
public:
    virtual ~AdmissionClient() = default;
    /** \a ticket holds a slot from now until AdmissionQueue::release(). \a tag is the enqueuer's. */
    virtual void ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits) = 0;
    /** \a ticket left the queue without a slot. */
    virtual void ticketRefused(TicketId ticket, quint64 tag, Refusal refusal) = 0;
};

/**
 * The admission queue: no more than `Limits::total` tickets in flight, and no more than a host's
 * limit to that host. One function decides after every operation; callbacks run when it is done.
 *
 * Not thread-safe: every call comes from one thread. Never reads a clock but the injected one and
 * owns no timer: whoever drives it calls advance() no later than nextDeadlineUs().
 */
class AdmissionQueue final
{
public:
    /** \a clock and \a client (and \a observer, which may be null) must outlive the queue. */
    AdmissionQueue(const Clock &clock, AdmissionClient &client,
                   AdmissionObserver *observer = nullptr);
    ~AdmissionQueue();
    AdmissionQueue(const AdmissionQueue &) = delete;
    AdmissionQueue &operator=(const AdmissionQueue &) = delete;

    /** The id of \a endpoint (canonical `scheme://host:port`); the same text gives the same id. */
    EndpointId endpoint(const QString &endpoint);
    QString endpointName(EndpointId endpoint) const;

    /**
     * Queues a ticket, and admits it at once when a slot is free. The client may be called before
     * this returns, with \a tag to recognise the ticket by. \a enqueuedUs, when not 0, keeps the
     * original time stamp of a continued request; the queue timeout counts from it.
     */
    TicketId enqueue(EndpointId endpoint, Priority priority, quint64 tag, qint64 enqueuedUs = 0);

    /** Takes a queued ticket out; false when it is not queued (an admitted one needs release()). */
    bool cancel(TicketId ticket);

    /** Gives the slot of an admitted ticket back; false, and harmless, the second time. */
    bool release(TicketId ticket, Outcome outcome);

    const Limits &limits() const;
    /** Takes effect at once: a raise admits, a cut drains. Equal limits change nothing. */
    void setLimits(const Limits &limits);
    /** An adaptive limit for one endpoint, in force instead of its configured one; 0 takes it off. */
    void setAdaptiveLimit(EndpointId endpoint, int limit);

    bool isPaused() const;
    void pause();
    void resume();

    /** Admits nothing to \a endpoint before \a untilUs (capped by Limits::holdMaxUs from now). */
    void hold(EndpointId endpoint, qint64 untilUs);
    void endHold(EndpointId endpoint);

    /** Refuses everything queued and everything to come; admitted tickets run to their release. */
    void close();

    /** Does what time alone makes due: tokens, holds, queue timeouts. */
    void advance();
    /** When advance() is next needed (clock time), or -1 for never. */
    qint64 nextDeadlineUs() const;

    int inFlight() const;
    int inFlight(EndpointId endpoint) const;
    int queued() const;
    int queued(EndpointId endpoint) const;
    bool isIdle() const; ///< Nothing queued and nothing in flight.
    /** What a queued ticket waits for now; None for any other ticket. */
    WaitReason waitingFor(TicketId ticket) const;
    AdmissionSnapshot snapshot() const;
};

} // namespace Sluice

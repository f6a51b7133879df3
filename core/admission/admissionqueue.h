// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionevent.h"
#include "core/admission/admissionsnapshot.h"
#include "core/admission/ageorder.h"
#include "core/admission/deadlineheap.h"
#include "core/admission/hoststate.h"
#include "core/admission/rategate.h"
#include "core/admission/tickettable.h"
#include "core/base/clock.h"

#include <QHash>

namespace Sluice {

/** Receives the decisions of an AdmissionQueue. State is settled before any call; may call back in.
 */
class AdmissionClient
{
public:
    virtual ~AdmissionClient() = default;
    /** \a ticket holds a slot from now until AdmissionQueue::release(). \a tag is the enqueuer's.
     */
    virtual void ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits) = 0;
    /** \a ticket left the queue without a slot, after \a waits. */
    virtual void ticketRefused(TicketId ticket, quint64 tag, Refusal refusal,
                               const WaitTimes &waits) = 0;
};

/**
 * The admission queue: no more than `Limits::total` tickets in flight, and no more than a host's
 * limit to that host. One function decides after every operation.
 *
 * Inside one host and priority tickets go first in, first out. Hosts that may send take turns. A
 * Continuation anywhere goes before an Interactive anywhere before a Run; but a lower priority
 * that could have gone is overtaken at most PriorityTurns::OvertakeMax times in a row, by host and
 * over all hosts, so that none starves.
 *
 * One call from outside is one instant: the clock is read once, what time made due comes first
 * (time-outs, then holds and tokens), then the call itself, then all admissions that it allows.
 * Callbacks run in between, with the state consistent, and may call back in; such a nested call
 * takes effect at once, and the admissions that it allows follow when the callback has returned.
 *
 * Every operation is O(1), whatever is queued, except: O(log n) of the hosts that wait for a hold
 * or a rate of their own, and of the backdated tickets while there is a queue timeout; O(hosts) for
 * a change of the per-host limits or rates; O(n log n) of the tickets to switch a timeout on.
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
     * this returns, with \a tag to recognise the ticket by. \a enqueuedUs, when not 0, backdates
     * the ticket of a continued request (usually by the time that it has waited before): the queue
     * timeout counts from it. A ticket that need not wait is admitted however old it is, and a
     * Continuation is queued however many wait already: it is no further request.
     */
    TicketId enqueue(EndpointId endpoint, Priority priority, quint64 tag, qint64 enqueuedUs = 0);

    /** Takes a queued ticket out; false when it is not queued (an admitted one needs release()). */
    bool cancel(TicketId ticket);

    /** Gives the slot of an admitted ticket back; false, and harmless, the second time. */
    bool release(TicketId ticket, Outcome outcome);

    const Limits &limits() const { return m_limits; }
    /** Takes effect at once: a raise admits, a cut drains. Equal limits change nothing. */
    void setLimits(const Limits &limits);
    /** An adaptive limit for one endpoint, in force instead of its configured one; 0 takes it off.
     */
    void setAdaptiveLimit(EndpointId endpoint, int limit);

    bool isPaused() const { return m_paused; }
    /** Admits nothing until resume(). What is in flight goes on, and queue timeouts keep running.
     */
    void pause();
    void resume();

    /**
     * Admits nothing to \a endpoint before \a untilUs, at most Limits::holdMaxUs from now. Never
     * shortens a hold.
     */
    void hold(EndpointId endpoint, qint64 untilUs);
    void endHold(EndpointId endpoint);

    /** Refuses everything queued and everything to come; admitted tickets run to their release. */
    void close();

    /** Does what time alone makes due: tokens, holds, queue timeouts. */
    void advance();
    /** When advance() is next needed (clock time), or -1 for never. */
    qint64 nextDeadlineUs() const;

    int inFlight() const { return m_inFlight; }
    int inFlight(EndpointId endpoint) const;
    int queued() const { return m_queued; }
    int queued(EndpointId endpoint) const;
    bool isIdle() const { return m_queued == 0 && m_inFlight == 0; }
    /** What a queued ticket waits for now; None for any other ticket. */
    WaitReason waitingFor(TicketId ticket) const;
    /** Queued tickets by what they wait for, in O(1); see AdmissionEvent::queuedByReason. */
    std::array<int, WaitReasonCount> queuedByReason() const;
    AdmissionSnapshot snapshot() const;
    /** Memory held for tickets, which is that of the most at one time. */
    std::size_t ticketBytes() const;
    /** Memory held for hosts with something going on, which is that of the most at one time. */
    std::size_t hostBytes() const;

private:
    friend class AdmissionInspector; ///< Of the tests.
    class Turn;
    using State = TicketSlot::State;

    /** \a fromUs + \a spanUs, or the end of time where that would overflow. */
    static qint64 later(qint64 fromUs, qint64 spanUs);

    // The turn of one call from outside.
    bool beginTurn();
    void endTurn();
    void admitAll();
    void admitNext();
    void prefetchTurn(Priority priority) const;
    void wakeHosts();
    void notifyEndedHolds();
    bool refuseOverdue();

    // Tickets.
    void link(quint32 index, qint64 enqueuedUs);
    WaitTimes unlink(quint32 index);
    void refuse(quint32 index, Refusal refusal);
    TicketId refuseNew(EndpointId endpoint, Priority priority, quint64 tag, Refusal refusal);

    // Hosts.
    EndpointRecord &record(EndpointId endpoint) { return m_endpoints[std::size_t(endpoint)]; }
    const EndpointRecord &record(EndpointId endpoint) const
    {
        return m_endpoints[std::size_t(endpoint)];
    }
    quint32 hostOf(EndpointId endpoint) const { return m_hostOf[std::size_t(endpoint)]; }
    quint32 takeHost(EndpointId endpoint); ///< The one it has, or a new one.
    void dropHostIfIdle(quint32 hostIndex);
    int limitInForce(EndpointId endpoint);
    WaitReason hostBlock(const HostState &host) const;
    void refreshHost(quint32 hostIndex);
    void joinRing(quint32 hostIndex, Priority priority);
    void leaveRing(quint32 hostIndex, Priority priority);
    void applyHostLimits(const Limits &before);

    // What waits for what, and for how long.
    WaitReason totalBlock() const;
    void refreshTotalBlock();
    qint64 totalClock(WaitReason reason) const;
    template<typename Take>
    void forEachClock(const HostState &host, Take &&take) const;
    void addRunning(WaitTimes &clocks, WaitReason block, int sign) const;
    bool canAdmit() const;
    bool wouldWait(const HostState &host) const;

    // Events and snapshots.
    WaitReason reasonOf(const HostState &host) const;
    EndpointSnapshot endpointSnapshot(const HostState &host) const;
    AdmissionEvent event(AdmissionEvent::Kind kind) const;
    AdmissionEvent endpointEvent(AdmissionEvent::Kind kind, EndpointId endpoint) const;
    AdmissionEvent ticketEvent(AdmissionEvent::Kind kind, EndpointId endpoint, TicketId ticket,
                               Priority priority) const;
    void notify(const AdmissionEvent &event);
    bool notifyWaitsChanged();
    bool notifyIdle();

    const Clock &m_clock;
    AdmissionClient &m_client;
    AdmissionObserver *const m_observer;

    Limits m_limits;
    quint32 m_limitsRevision = 1;
    RateGate m_rate;
    RateGate m_hostRate;
    double m_paidUntilUs = 0;     ///< Of the rate over all hosts.
    bool m_waitedForRate = false; ///< The same: tickets had when the turn began.
    bool m_paused = false;
    bool m_closed = false;

    std::vector<EndpointRecord> m_endpoints; ///< By EndpointId; likewise the next two.
    std::vector<EndpointLimit> m_endpointLimits;
    std::vector<quint32> m_hostOf; ///< Its HostState, or NoIndex while it has none.
    QHash<QString, EndpointId> m_endpointIds;
    Slabs m_slabs; ///< Of the next.
    ChunkedArray<HostState, 256> m_hosts{m_slabs};
    std::vector<quint32> m_freeHosts;
    DeadlineHeap m_wakes;                         ///< Of hosts: the end of a hold, the next token.
    std::vector<EndpointId> m_endedHolds;         ///< Not yet told.
    std::array<IndexList, PriorityCount> m_rings; ///< Hosts that could send, in turn.
    PriorityTurns m_turns;

    TicketTable m_tickets;
    AgeOrder m_ages{m_tickets}; ///< On while there is a queue timeout.
    int m_queued = 0;
    int m_inFlight = 0;
    std::array<int, WaitReasonCount + 1> m_queuedByBlock{}; ///< By their host's HostState::block.

    bool m_inTurn = false;
    quint32 m_turn = 0; ///< Counts them.
    qint64 m_nowUs = 0;
    WaitReason m_totalBlock = WaitReason::None;
    WaitTimes m_totalWaited{}; ///< Bases of the clocks of Paused, TotalLimit and TotalRate.
    std::array<int, WaitReasonCount> m_reportedByReason{};
    bool m_reportedSettled = true;
    bool m_reportedIdle = true;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
// How the queue decides: turns, admissions, refusals, and the clocks of waiting.
#include "core/admission/admissionqueue.h"

#include <algorithm>

namespace Sluice {

using Kind = AdmissionEvent::Kind;

bool AdmissionQueue::beginTurn()
{
    if (m_inTurn)
        return false;
    m_inTurn = true;
    ++m_turn;
    m_nowUs = std::max(m_nowUs, m_clock.nowUs());
    m_waitedForRate =
        m_totalBlock == WaitReason::TotalRate && m_queuedByBlock[std::size_t(WaitReason::None)] > 0;
    const qint64 deadlineUs = nextDeadlineUs();
    if (deadlineUs >= 0 && deadlineUs <= m_nowUs) {
        wakeHosts();
        notifyEndedHolds();
        refuseOverdue();
        admitAll();
    }
    return true;
}

void AdmissionQueue::endTurn()
{
    do {
        admitAll();
    } while ((m_ages.isOn() && refuseOverdue()) || (m_observer && notifyWaitsChanged())
             || notifyIdle());
    refreshTotalBlock();
    m_inTurn = false;
}

void AdmissionQueue::admitAll()
{
    while (canAdmit())
        admitNext();
}

/**
 * Always inlined: the compiler takes a call that does nothing but prefetch for one that does
 * nothing, and leaves it out.
 */
[[gnu::always_inline]] inline void AdmissionQueue::prefetchTurn(Priority priority) const
{
    const IndexList &ring = m_rings[std::size_t(priority)];
    if (ring.isEmpty())
        return;
    // Among a million tickets the one to come is rarely in a cache, so it is asked for two turns
    // before its own; so is the host that is to say which the ticket after it will be.
    const quint32 next = m_hosts[ring.first()].ring[std::size_t(priority)].next;
    if (next == NoIndex)
        return;
    const HostState &host = m_hosts[next];
    const quint32 ticket = host.fifo[std::size_t(priority)].first();
    __builtin_prefetch(&m_tickets[ticket]);
    __builtin_prefetch(&m_tickets.record(ticket));
    if (const quint32 after = host.ring[std::size_t(priority)].next; after != NoIndex)
        prefetch(m_hosts[after]);
}

void AdmissionQueue::admitNext()
{
    PriorityMask admissible = 0;
    for (std::size_t p = 0; p < PriorityCount; ++p)
        admissible |= m_rings[p].isEmpty() ? 0 : maskOf(Priority(p));
    const Priority turn = m_turns.next(admissible);
    const quint32 hostIndex = m_rings[std::size_t(turn)].first();
    HostState &host = m_hosts[hostIndex];
    const PriorityMask waiting = host.waiting();
    const Priority priority = std::max(turn, host.turns.next(waiting));
    m_turns.served(priority, admissible);
    host.turns.served(priority, waiting);

    const quint32 index = host.fifo[std::size_t(priority)].first();
    leaveRing(hostIndex, turn); // Back in at the end, if the host may send more.
    m_tickets[index].setState(State::Admitted);
    ++host.inFlight;
    ++m_inFlight;
    if (m_rate.isOn())
        m_paidUntilUs = m_rate.charge(m_paidUntilUs, m_nowUs, m_waitedForRate);
    if (m_hostRate.isOn()) {
        EndpointRecord &endpoint = record(host.endpoint);
        const bool waited = endpoint.rateTurn == m_turn;
        endpoint.paidUntilUs = m_hostRate.charge(endpoint.paidUntilUs, m_nowUs, waited);
    }
    const WaitTimes waits = unlink(index);
    prefetchTurn(turn);

    const TicketId ticket = m_tickets.id(index);
    const quint64 tag = m_tickets.record(index).tag;
    if (m_observer) {
        AdmissionEvent admitted = ticketEvent(Kind::Admitted, host.endpoint, ticket, priority);
        admitted.waits = waits;
        notify(admitted);
        if (m_tickets.find(ticket, State::Admitted) == NoIndex)
            return; // Released by the observer.
    }
    m_client.ticketAdmitted(ticket, tag, waits);
}

void AdmissionQueue::wakeHosts()
{
    while (!m_wakes.isEmpty() && m_wakes.firstUs() <= m_nowUs) {
        const quint32 hostIndex = m_wakes.firstId();
        HostState &host = m_hosts[hostIndex];
        if (host.holdUntilUs != 0 && host.holdUntilUs <= m_nowUs) {
            host.holdUntilUs = 0;
            m_endedHolds.push_back(host.endpoint);
        }
        if (host.block == WaitReason::HostRate && !m_paused)
            record(host.endpoint).rateTurn = m_turn;
        refreshHost(hostIndex);
        dropHostIfIdle(hostIndex);
    }
}

void AdmissionQueue::notifyEndedHolds()
{
    while (!m_endedHolds.empty()) {
        const EndpointId endpoint = m_endedHolds.back();
        m_endedHolds.pop_back();
        const quint32 hostIndex = hostOf(endpoint);
        const bool isHeldAgain = hostIndex != NoIndex && m_hosts[hostIndex].holdUntilUs != 0;
        if (!isHeldAgain) // By a callback, just now.
            notify(endpointEvent(Kind::HoldEnded, endpoint));
    }
}

bool AdmissionQueue::refuseOverdue()
{
    for (bool refused = false;; refused = true) {
        m_ages.settle();
        if (m_ages.isEmpty()
            || m_nowUs - m_tickets.record(m_ages.oldest()).enqueuedUs < m_limits.queueTimeoutUs)
            return refused;
        refuse(m_ages.oldest(), Refusal::QueueTimeout);
    }
}

void AdmissionQueue::link(quint32 index, qint64 enqueuedUs)
{
    const quint32 hostIndex = m_tickets[index].host();
    const Priority priority = m_tickets[index].priority();
    HostState &host = m_hosts[hostIndex];
    TicketRecord &record = m_tickets.record(index);
    record.enqueuedUs = enqueuedUs;
    forEachClock(host, [&record](std::size_t r, qint64 atUs) { record.clocks[r] = atUs; });
    host.fifo[std::size_t(priority)].append(
        index, [this](quint32 i) -> IndexLink & { return m_tickets[i].fifo; });
    ++host.queued;
    ++m_queued;
    m_ages.add(index, m_nowUs, m_queued);
    ++m_queuedByBlock[std::size_t(host.block)];
    m_reportedIdle = false;
    const bool isInPlace =
        host.queued > 1
        && (host.block != WaitReason::None || (host.inRing & maskOf(priority)) != 0);
    if (!isInPlace) // One more behind others changes nothing of its host.
        refreshHost(hostIndex);
}

WaitTimes AdmissionQueue::unlink(quint32 index)
{
    const quint32 hostIndex = m_tickets[index].host();
    HostState &host = m_hosts[hostIndex];
    host.fifo[std::size_t(m_tickets[index].priority())].remove(
        index, [this](quint32 i) -> IndexLink & { return m_tickets[i].fifo; });
    m_ages.remove(index);
    const WaitTimes &began = m_tickets.record(index).clocks;
    WaitTimes waits;
    forEachClock(host, [&](std::size_t r, qint64 atUs) { waits[r] = atUs - began[r]; });
    --host.queued;
    --m_queued;
    --m_queuedByBlock[std::size_t(host.block)];
    refreshHost(hostIndex);
    return waits;
}

void AdmissionQueue::refuse(quint32 index, Refusal refusal)
{
    const quint32 hostIndex = m_tickets[index].host();
    const Priority priority = m_tickets[index].priority();
    const quint64 tag = m_tickets.record(index).tag;
    const TicketId ticket = m_tickets.id(index);
    const EndpointId endpoint = m_hosts[hostIndex].endpoint;
    const WaitTimes waits = unlink(index);
    m_tickets.give(index);
    dropHostIfIdle(hostIndex);
    if (m_observer) {
        AdmissionEvent refused = ticketEvent(Kind::Refused, endpoint, ticket, priority);
        refused.refusal = refusal;
        refused.waits = waits;
        notify(refused);
    }
    m_client.ticketRefused(ticket, tag, refusal, waits);
}

TicketId AdmissionQueue::refuseNew(EndpointId endpoint, Priority priority, quint64 tag,
                                   Refusal refusal)
{
    const quint32 index = m_tickets.take();
    const TicketId ticket = m_tickets.id(index);
    m_tickets.give(index);
    if (m_observer) {
        AdmissionEvent refused = ticketEvent(Kind::Refused, endpoint, ticket, priority);
        refused.refusal = refusal;
        notify(refused);
    }
    m_client.ticketRefused(ticket, tag, refusal, {});
    return ticket;
}

WaitReason AdmissionQueue::totalBlock() const
{
    if (m_paused)
        return WaitReason::Paused;
    if (m_limits.total > 0 && m_inFlight >= m_limits.total)
        return WaitReason::TotalLimit;
    return m_rate.isReady(m_paidUntilUs, m_nowUs) ? WaitReason::None : WaitReason::TotalRate;
}

void AdmissionQueue::refreshTotalBlock()
{
    const WaitReason block = totalBlock();
    if (block == m_totalBlock)
        return;
    if (m_totalBlock != WaitReason::None)
        m_totalWaited[std::size_t(m_totalBlock)] += m_nowUs;
    if (block != WaitReason::None)
        m_totalWaited[std::size_t(block)] -= m_nowUs;
    m_totalBlock = block;
}

/**
 * Hands \a take every clock of \a host. One by one and without an array in between: that would be
 * written by the number and copied by the pair, which has to wait until all older writes are done,
 * the one to a ticket far away in memory among them.
 */
template<typename Take>
void AdmissionQueue::forEachClock(const HostState &host, Take &&take) const
{
    const qint64 pausedUs = totalClock(WaitReason::Paused);
    const auto clock = [&](WaitReason reason, qint64 runningUs, bool runs) {
        take(std::size_t(reason), host.waited[std::size_t(reason)] + (runs ? runningUs : 0));
    };
    clock(WaitReason::Paused, pausedUs, true);
    for (const WaitReason reason : {WaitReason::Hold, WaitReason::HostLimit, WaitReason::HostRate})
        clock(reason, m_nowUs - pausedUs, host.block == reason);
    for (const WaitReason reason : {WaitReason::TotalLimit, WaitReason::TotalRate})
        clock(reason, totalClock(reason), host.block == WaitReason::None);
}

qint64 AdmissionQueue::totalClock(WaitReason reason) const
{
    return m_totalWaited[std::size_t(reason)] + (m_totalBlock == reason ? m_nowUs : 0);
}

void AdmissionQueue::addRunning(WaitTimes &clocks, WaitReason block, int sign) const
{
    const qint64 pausedUs = totalClock(WaitReason::Paused);
    clocks[std::size_t(WaitReason::Paused)] += sign * pausedUs;
    if (block != WaitReason::None) {
        clocks[std::size_t(block)] += sign * (m_nowUs - pausedUs);
        return;
    }
    for (const WaitReason reason : {WaitReason::TotalLimit, WaitReason::TotalRate})
        clocks[std::size_t(reason)] += sign * totalClock(reason);
}

bool AdmissionQueue::canAdmit() const
{
    return std::ranges::any_of(m_rings, [](const IndexList &ring) { return !ring.isEmpty(); })
           && totalBlock() == WaitReason::None;
}

bool AdmissionQueue::wouldWait(const HostState &host) const
{
    return canAdmit() || totalBlock() != WaitReason::None || hostBlock(host) != WaitReason::None;
}

} // namespace Sluice

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
    m_nowUs = std::max(m_nowUs, m_clock.nowUs());
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
    m_tickets[index].state = State::Admitted;
    ++host.inFlight;
    ++m_inFlight;
    m_paidUntilUs = m_rate.charge(m_paidUntilUs, m_nowUs);
    if (m_hostRate.isOn()) {
        EndpointRecord &endpoint = record(host.endpoint);
        endpoint.paidUntilUs = m_hostRate.charge(endpoint.paidUntilUs, m_nowUs);
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

void AdmissionQueue::prefetchTurn(Priority priority) const
{
    const IndexList &ring = m_rings[std::size_t(priority)];
    if (ring.isEmpty())
        return;
    // Among a million tickets the next one is rarely in a cache; by its turn it will be. So will
    // the host after it, which says where its own ticket is.
    const HostState &host = m_hosts[ring.first()];
    const quint32 ticket = host.fifo[std::size_t(priority)].first();
    __builtin_prefetch(&m_tickets[ticket]);
    __builtin_prefetch(&m_tickets.record(ticket));
    if (const quint32 after = host.ring[std::size_t(priority)].next; after != NoIndex) {
        __builtin_prefetch(&m_hosts[after]);
        __builtin_prefetch(&m_hosts[after].waited.back());
    }
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

void AdmissionQueue::link(quint32 index, quint32 hostIndex, qint64 enqueuedUs)
{
    HostState &host = m_hosts[hostIndex];
    TicketSlot &slot = m_tickets[index];
    slot.host = hostIndex;
    slot.state = State::Queued;
    TicketRecord &record = m_tickets.record(index);
    record.enqueuedUs = enqueuedUs;
    record.clocks = clocks(host);
    host.fifo[std::size_t(slot.priority)].append(
        index, [this](quint32 i) -> IndexLink & { return m_tickets[i].fifo; });
    ++host.queued;
    ++m_queued;
    m_ages.add(index, m_nowUs, m_queued);
    ++m_queuedByBlock[std::size_t(host.block)];
    m_reportedIdle = false;
    const bool isInPlace =
        host.queued > 1
        && (host.block != WaitReason::None || (host.inRing & maskOf(slot.priority)) != 0);
    if (!isInPlace) // One more behind others changes nothing of its host.
        refreshHost(hostIndex);
}

WaitTimes AdmissionQueue::unlink(quint32 index)
{
    const TicketSlot &slot = m_tickets[index];
    const quint32 hostIndex = slot.host;
    HostState &host = m_hosts[hostIndex];
    host.fifo[std::size_t(slot.priority)].remove(
        index, [this](quint32 i) -> IndexLink & { return m_tickets[i].fifo; });
    m_ages.remove(index);
    const WaitTimes &began = m_tickets.record(index).clocks;
    WaitTimes waits = clocks(host);
    for (std::size_t r = 0; r < WaitReasonCount; ++r)
        waits[r] -= began[r];
    --host.queued;
    --m_queued;
    --m_queuedByBlock[std::size_t(host.block)];
    refreshHost(hostIndex);
    return waits;
}

void AdmissionQueue::refuse(quint32 index, Refusal refusal)
{
    const TicketSlot slot = m_tickets[index];
    const quint64 tag = m_tickets.record(index).tag;
    const TicketId ticket = m_tickets.id(index);
    const EndpointId endpoint = m_hosts[slot.host].endpoint;
    const WaitTimes waits = unlink(index);
    m_tickets.give(index);
    dropHostIfIdle(slot.host);
    if (m_observer) {
        AdmissionEvent refused = ticketEvent(Kind::Refused, endpoint, ticket, slot.priority);
        refused.refusal = refusal;
        refused.waits = waits;
        notify(refused);
    }
    m_client.ticketRefused(ticket, tag, refusal);
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
    m_client.ticketRefused(ticket, tag, refusal);
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

WaitTimes AdmissionQueue::clocks(const HostState &host) const
{
    WaitTimes clocks = host.waited;
    addRunning(clocks, host.block, 1);
    return clocks;
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

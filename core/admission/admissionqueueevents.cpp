// SPDX-License-Identifier: GPL-3.0-or-later
// What the queue tells: events, gauges and snapshots.
#include "core/admission/admissionqueue.h"

#include <algorithm>

namespace Sluice {

using Kind = AdmissionEvent::Kind;

WaitReason AdmissionQueue::waitingFor(TicketId ticket) const
{
    const quint32 index = m_tickets.find(ticket, State::Queued);
    if (index == NoIndex)
        return WaitReason::None;
    return reasonOf(m_hosts[m_tickets[index].host()]);
}

WaitReason AdmissionQueue::reasonOf(const HostState &host) const
{
    if (host.queued == 0)
        return WaitReason::None;
    return m_paused || host.block == WaitReason::None ? totalBlock() : host.block;
}

std::array<int, WaitReasonCount> AdmissionQueue::queuedByReason() const
{
    std::array<int, WaitReasonCount> queued{};
    const WaitReason block = totalBlock();
    if (m_paused) {
        queued[std::size_t(block)] = m_queued;
        return queued;
    }
    for (const WaitReason reason : {WaitReason::Hold, WaitReason::HostLimit, WaitReason::HostRate})
        queued[std::size_t(reason)] = m_queuedByBlock[std::size_t(reason)];
    if (block != WaitReason::None)
        queued[std::size_t(block)] = m_queuedByBlock[std::size_t(WaitReason::None)];
    return queued;
}

AdmissionSnapshot AdmissionQueue::snapshot() const
{
    AdmissionSnapshot all;
    all.atUs = std::max(m_nowUs, m_clock.nowUs());
    all.limits = m_limits;
    all.inFlight = m_inFlight;
    all.queued = m_queued;
    all.draining = m_limits.total > 0 ? std::max(0, m_inFlight - m_limits.total) : 0;
    all.queuedByReason = queuedByReason();
    all.paused = m_paused;
    for (quint32 i = 0; i < m_hosts.size(); ++i) {
        if (m_hosts[i].endpoint != EndpointId::None)
            all.endpoints.push_back(endpointSnapshot(m_hosts[i]));
    }
    return all;
}

EndpointSnapshot AdmissionQueue::endpointSnapshot(const HostState &host) const
{
    EndpointSnapshot one;
    one.id = host.endpoint;
    one.endpoint = endpointName(host.endpoint);
    one.limit = host.limit;
    one.inFlight = host.inFlight;
    one.queued = host.queued;
    one.draining = host.limit > 0 ? std::max(0, host.inFlight - host.limit) : 0;
    one.waitingFor = reasonOf(host);
    one.holdUntilUs = host.holdUntilUs;
    for (const IndexList &fifo : host.fifo) {
        if (fifo.isEmpty())
            continue;
        const qint64 enqueuedUs = m_tickets.record(fifo.first()).enqueuedUs;
        if (one.oldestEnqueuedUs == 0 || enqueuedUs < one.oldestEnqueuedUs)
            one.oldestEnqueuedUs = enqueuedUs;
    }
    return one;
}

AdmissionEvent AdmissionQueue::event(Kind kind) const
{
    AdmissionEvent event;
    event.kind = kind;
    event.atUs = m_nowUs;
    event.inFlight = m_inFlight;
    event.queued = m_queued;
    event.queuedByReason = queuedByReason();
    event.settled = !canAdmit();
    return event;
}

AdmissionEvent AdmissionQueue::endpointEvent(Kind kind, EndpointId endpoint) const
{
    AdmissionEvent event = this->event(kind);
    event.endpoint = endpoint;
    event.hostInFlight = inFlight(endpoint);
    event.hostQueued = queued(endpoint);
    return event;
}

AdmissionEvent AdmissionQueue::ticketEvent(Kind kind, EndpointId endpoint, TicketId ticket,
                                           Priority priority) const
{
    AdmissionEvent event = endpointEvent(kind, endpoint);
    event.ticket = ticket;
    event.priority = priority;
    return event;
}

void AdmissionQueue::notify(const AdmissionEvent &event)
{
    if (!m_observer)
        return;
    m_reportedByReason = event.queuedByReason;
    m_reportedSettled = event.settled;
    m_observer->admissionEvent(event);
}

bool AdmissionQueue::notifyWaitsChanged()
{
    if (m_reportedSettled && m_reportedByReason == queuedByReason())
        return false;
    notify(event(Kind::WaitsChanged));
    return true;
}

bool AdmissionQueue::notifyIdle()
{
    if (m_reportedIdle || !isIdle())
        return false;
    m_reportedIdle = true;
    notify(event(Kind::Idle));
    return true;
}

} // namespace Sluice

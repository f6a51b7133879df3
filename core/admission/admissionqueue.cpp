// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/admissionqueue.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace Sluice {

using Kind = AdmissionEvent::Kind;

/** The outermost call decides when it ends; a call from inside a callback leaves that to it. */
class AdmissionQueue::Turn
{
public:
    explicit Turn(AdmissionQueue &queue) : m_queue(queue), m_isOutermost(queue.beginTurn()) {}
    ~Turn()
    {
        if (m_isOutermost)
            m_queue.endTurn();
    }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

private:
    AdmissionQueue &m_queue;
    const bool m_isOutermost;
};

AdmissionQueue::AdmissionQueue(const Clock &clock, AdmissionClient &client,
                               AdmissionObserver *observer)
    : m_clock(clock), m_client(client), m_observer(observer), m_nowUs(clock.nowUs())
{
}

AdmissionQueue::~AdmissionQueue() = default;

EndpointId AdmissionQueue::endpoint(const QString &endpoint)
{
    const auto known = m_endpointIds.constFind(endpoint);
    if (known != m_endpointIds.cend())
        return *known;
    const EndpointId id{quint32(m_endpoints.size())};
    m_endpoints.emplace_back().name = endpoint;
    m_endpointLimits.emplace_back();
    m_hostOf.push_back(NoIndex);
    m_endpointIds.insert(endpoint, id);
    return id;
}

QString AdmissionQueue::endpointName(EndpointId endpoint) const
{
    return record(endpoint).name;
}

TicketId AdmissionQueue::enqueue(EndpointId endpoint, Priority priority, quint64 tag,
                                 qint64 enqueuedUs)
{
    if (const quint32 known = hostOf(endpoint); known != NoIndex)
        prefetch(m_hosts[known]); // Here while the turn begins.
    const Turn turn(*this);
    if (m_closed)
        return refuseNew(endpoint, priority, tag, Refusal::Closed);
    const quint32 hostIndex = takeHost(endpoint);
    const bool isFull = m_limits.queueMax > 0 && m_queued >= m_limits.queueMax;
    if (isFull && priority != Priority::Continuation && wouldWait(m_hosts[hostIndex])) {
        dropHostIfIdle(hostIndex);
        return refuseNew(endpoint, priority, tag, Refusal::QueueFull);
    }

    const quint32 index = m_tickets.take();
    m_tickets.record(index).tag = tag;
    m_tickets[index].queue(hostIndex, priority);
    link(index, enqueuedUs == 0 ? m_nowUs : std::min(enqueuedUs, m_nowUs));
    const TicketId ticket = m_tickets.id(index);
    if (m_observer)
        notify(ticketEvent(Kind::Enqueued, endpoint, ticket, priority));
    return ticket;
}

bool AdmissionQueue::cancel(TicketId ticket)
{
    m_tickets.prefetch(ticket);
    const Turn turn(*this);
    const quint32 index = m_tickets.find(ticket, State::Queued);
    if (index == NoIndex)
        return false;
    const quint32 hostIndex = m_tickets[index].host();
    const Priority priority = m_tickets[index].priority();
    const EndpointId endpoint = m_hosts[hostIndex].endpoint;
    const WaitTimes waits = unlink(index);
    m_tickets.give(index);
    dropHostIfIdle(hostIndex);
    if (m_observer) {
        AdmissionEvent cancelled = ticketEvent(Kind::Cancelled, endpoint, ticket, priority);
        cancelled.waits = waits;
        notify(cancelled);
    }
    return true;
}

bool AdmissionQueue::release(TicketId ticket, Outcome outcome)
{
    const Turn turn(*this);
    const quint32 index = m_tickets.find(ticket, State::Admitted);
    if (index == NoIndex)
        return false;
    const quint32 hostIndex = m_tickets[index].host();
    const Priority priority = m_tickets[index].priority();
    m_tickets.give(index);
    const EndpointId endpoint = m_hosts[hostIndex].endpoint;
    --m_hosts[hostIndex].inFlight;
    --m_inFlight;
    if (m_hosts[hostIndex].queued > 0)
        refreshHost(hostIndex);
    else
        dropHostIfIdle(hostIndex);
    if (m_observer) {
        AdmissionEvent released = ticketEvent(Kind::Released, endpoint, ticket, priority);
        released.outcome = outcome;
        notify(released);
    }
    return true;
}

void AdmissionQueue::setLimits(const Limits &limits)
{
    const Turn turn(*this);
    if (limits == m_limits)
        return;
    const Limits before = std::exchange(m_limits, limits);
    if (before.rate != m_limits.rate) {
        const RateGate rate(m_limits.rate);
        m_paidUntilUs = rate.carriedOver(m_paidUntilUs, m_nowUs, m_rate);
        m_rate = rate;
    }
    if (m_ages.isOn() != (m_limits.queueTimeoutUs > 0))
        m_ages.setOn(!m_ages.isOn());
    applyHostLimits(before);
    wakeHosts();
    notify(event(Kind::LimitsChanged));
    notifyEndedHolds();
}

void AdmissionQueue::setAdaptiveLimit(EndpointId endpoint, int limit)
{
    const Turn turn(*this);
    EndpointLimit &changed = m_endpointLimits[std::size_t(endpoint)];
    if (changed.adaptive == std::max(limit, 0))
        return;
    changed.adaptive = std::max(limit, 0);
    if (const quint32 hostIndex = hostOf(endpoint); hostIndex != NoIndex) {
        m_hosts[hostIndex].limit = limitInForce(endpoint);
        refreshHost(hostIndex);
    }
    AdmissionEvent decided = endpointEvent(Kind::LimitsChanged, endpoint);
    decided.adaptiveLimit = changed.adaptive;
    notify(decided);
}

void AdmissionQueue::pause()
{
    const Turn turn(*this);
    if (m_paused)
        return;
    m_paused = true;
    notify(event(Kind::Paused));
}

void AdmissionQueue::resume()
{
    const Turn turn(*this);
    if (!m_paused)
        return;
    m_paused = false;
    notify(event(Kind::Resumed));
}

void AdmissionQueue::hold(EndpointId endpoint, qint64 untilUs)
{
    const Turn turn(*this);
    untilUs = std::min(untilUs, later(m_nowUs, m_limits.holdMaxUs));
    const quint32 known = hostOf(endpoint);
    if (untilUs <= m_nowUs || (known != NoIndex && untilUs <= m_hosts[known].holdUntilUs))
        return;
    const quint32 hostIndex = takeHost(endpoint);
    m_hosts[hostIndex].holdUntilUs = untilUs;
    refreshHost(hostIndex);
    AdmissionEvent began = endpointEvent(Kind::HoldBegan, endpoint);
    began.untilUs = untilUs;
    notify(began);
}

void AdmissionQueue::endHold(EndpointId endpoint)
{
    const Turn turn(*this);
    const quint32 hostIndex = hostOf(endpoint);
    if (hostIndex == NoIndex || m_hosts[hostIndex].holdUntilUs == 0)
        return;
    m_hosts[hostIndex].holdUntilUs = 0;
    refreshHost(hostIndex);
    dropHostIfIdle(hostIndex);
    notify(endpointEvent(Kind::HoldEnded, endpoint));
}

void AdmissionQueue::close()
{
    const Turn turn(*this);
    if (m_closed)
        return;
    m_closed = true;
    notify(event(Kind::Closed));
    for (quint32 i = 0; i < m_hosts.size(); ++i) {
        for (const IndexList &fifo : m_hosts[i].fifo) {
            while (!fifo.isEmpty())
                refuse(fifo.first(), Refusal::Closed);
        }
    }
}

void AdmissionQueue::advance()
{
    const Turn turn(*this);
}

qint64 AdmissionQueue::later(qint64 fromUs, qint64 spanUs)
{
    constexpr qint64 EndOfTime = std::numeric_limits<qint64>::max();
    return spanUs > EndOfTime - fromUs ? EndOfTime : fromUs + spanUs;
}

qint64 AdmissionQueue::nextDeadlineUs() const
{
    qint64 deadline = std::numeric_limits<qint64>::max();
    if (!m_wakes.isEmpty())
        deadline = m_wakes.firstUs();
    if (m_totalBlock == WaitReason::TotalRate && m_queuedByBlock[std::size_t(WaitReason::None)] > 0)
        deadline = std::min(deadline, m_rate.readyUs(m_paidUntilUs));
    if (!m_ages.isEmpty()) {
        const qint64 oldestUs = m_tickets.record(m_ages.oldest()).enqueuedUs;
        deadline = std::min(deadline, later(oldestUs, m_limits.queueTimeoutUs));
    }
    return deadline == std::numeric_limits<qint64>::max() ? -1 : deadline;
}

int AdmissionQueue::inFlight(EndpointId endpoint) const
{
    const quint32 host = hostOf(endpoint);
    return host == NoIndex ? 0 : m_hosts[host].inFlight;
}

int AdmissionQueue::queued(EndpointId endpoint) const
{
    const quint32 host = hostOf(endpoint);
    return host == NoIndex ? 0 : m_hosts[host].queued;
}

std::size_t AdmissionQueue::ticketBytes() const
{
    return m_tickets.bytes() + m_ages.bytes();
}

std::size_t AdmissionQueue::hostBytes() const
{
    return m_slabs.bytes() + m_hosts.bytes() + m_wakes.bytes()
           + m_freeHosts.capacity() * sizeof(quint32);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the model, worked out from nothing but its lists, and the comparison of gauges.
#include "tests/core/admission/admissionmodel.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sluice {

int AdmissionModel::limitOf(EndpointId host) const
{
    const int adaptive = m_host.at(host).adaptive;
    return adaptive > 0 ? adaptive : m_host.at(host).configured;
}

int AdmissionModel::count(const std::vector<Ticket> &tickets, EndpointId host)
{
    return int(std::ranges::count(tickets, host, &Ticket::host));
}

WaitReason AdmissionModel::hostReason(EndpointId id) const
{
    const Host &host = m_host.at(id);
    const int limit = limitOf(id);
    if (host.holdUntilUs > m_nowUs)
        return WaitReason::Hold;
    if (limit > 0 && count(m_inFlight, id) >= limit)
        return WaitReason::HostLimit;
    return host.bucket.isReady(m_nowUs) ? WaitReason::None : WaitReason::HostRate;
}

WaitReason AdmissionModel::totalReason() const
{
    if (m_paused)
        return WaitReason::Paused;
    if (m_limits.total > 0 && int(m_inFlight.size()) >= m_limits.total)
        return WaitReason::TotalLimit;
    return m_bucket.isReady(m_nowUs) ? WaitReason::None : WaitReason::TotalRate;
}

WaitReason AdmissionModel::reason(EndpointId host) const
{
    const WaitReason ofHost = hostReason(host);
    return m_paused || ofHost == WaitReason::None ? totalReason() : ofHost;
}

std::array<int, WaitReasonCount> AdmissionModel::byReason() const
{
    std::array<int, WaitReasonCount> queued{};
    for (const EndpointId host : m_hosts) {
        const WaitReason why = reason(host);
        if (why != WaitReason::None)
            queued[std::size_t(why)] += count(m_queued, host);
    }
    return queued;
}

bool AdmissionModel::isAnyAdmissible() const
{
    return totalReason() == WaitReason::None && std::ranges::any_of(m_hosts, [this](EndpointId id) {
               return count(m_queued, id) > 0 && hostReason(id) == WaitReason::None;
           });
}

std::set<AdmissionModel::Turn> AdmissionModel::turns() const
{
    std::set<Turn> waiting;
    std::vector<bool> isOpen;
    for (const EndpointId host : m_hosts)
        isOpen.push_back(hostReason(host) == WaitReason::None);
    for (const Ticket &ticket : m_queued) {
        if (isOpen[std::size_t(ticket.host)])
            waiting.insert({ticket.host, ticket.priority});
    }
    return waiting;
}

void AdmissionModel::refreshTurns()
{
    const std::set<Turn> waiting = turns();
    std::erase_if(m_servedMeanwhile,
                  [&waiting](const auto &entry) { return !waiting.contains(entry.first); });
    for (const Turn &turn : waiting)
        m_servedMeanwhile.try_emplace(turn);
}

void AdmissionModel::forgetIdleHosts()
{
    for (auto &[id, host] : m_host) {
        if (count(m_queued, id) == 0 && count(m_inFlight, id) == 0 && host.holdUntilUs <= m_nowUs)
            host.overtaken = {};
    }
}

qint64 AdmissionModel::nextDeadlineUs() const
{
    qint64 next = std::numeric_limits<qint64>::max();
    bool isAnyOpen = false;
    for (const auto &[id, host] : m_host) {
        const bool hasQueue = count(m_queued, id) > 0;
        const WaitReason why = hostReason(id);
        isAnyOpen = isAnyOpen || (hasQueue && why == WaitReason::None);
        if (host.holdUntilUs > 0)
            next = std::min(next, host.holdUntilUs);
        else if (hasQueue && why == WaitReason::HostRate)
            next = std::min(next, host.bucket.readyUs(m_nowUs));
    }
    if (isAnyOpen && totalReason() == WaitReason::TotalRate)
        next = std::min(next, m_bucket.readyUs(m_nowUs));
    for (const Ticket &ticket : m_queued) {
        if (m_limits.queueTimeoutUs > 0)
            next = std::min(next, ticket.enqueuedUs + m_limits.queueTimeoutUs);
    }
    return next == std::numeric_limits<qint64>::max() ? -1 : next;
}

void AdmissionModel::compareGauges(const AdmissionEvent &event)
{
    if (event.atUs != m_nowUs)
        fail(u"an event with another time than its call"_s);
    if (event.inFlight != int(m_inFlight.size()) || event.queued != int(m_queued.size()))
        fail(u"an event with wrong totals"_s);
    if (event.endpoint != EndpointId::None
        && (event.hostInFlight != count(m_inFlight, event.endpoint)
            || event.hostQueued != count(m_queued, event.endpoint)))
        fail(u"an event with wrong figures of its host"_s);
    if (event.queuedByReason != byReason())
        fail(u"an event with wrong wait reasons"_s);
    if (event.settled == isAnyAdmissible())
        fail(u"an event that is wrong about being settled"_s);
}

void AdmissionModel::endCall()
{
    if (isAnyAdmissible())
        fail(u"a ticket could have been admitted"_s);
    if (!m_last.settled || m_last.queuedByReason != byReason()
        || m_last.inFlight != int(m_inFlight.size()) || m_last.queued != int(m_queued.size()))
        fail(u"the last event does not show how it ended"_s);
    if (!m_toTellAdmitted.empty() || !m_toTellRefused.empty())
        fail(u"the client was not told"_s);
    if (!m_idleTold && m_queued.empty() && m_inFlight.empty())
        fail(u"idle was not told"_s);
    for (const Ticket &ticket : m_queued) {
        if (m_limits.queueTimeoutUs > 0 && m_nowUs - ticket.enqueuedUs >= m_limits.queueTimeoutUs)
            fail(u"a ticket is overdue"_s);
        if (m_queue.waitingFor(ticket.id) != reason(ticket.host))
            fail(u"a ticket names the wrong reason"_s);
    }
    if (m_queue.nextDeadlineUs() != nextDeadlineUs())
        fail(u"the next deadline is %1, not %2"_s.arg(m_queue.nextDeadlineUs())
                 .arg(nextDeadlineUs()));
    if (m_queue.isPaused() != m_paused || m_queue.limits() != m_limits)
        fail(u"other limits are in force"_s);
    if (m_closed && !m_queued.empty())
        fail(u"closed, and something is queued"_s);
    compareSnapshot();
    compareInside();
    compareTimes();
    m_mayEnd.clear();
    m_mayEndHold.clear();
    for (const EndpointId host : m_hosts)
        m_settledReason[host] = reason(host);
}

void AdmissionModel::compareInside()
{
    const AdmissionInspector inside(m_queue);
    if (inside.ring() != turns())
        fail(u"the ring holds other hosts than those that could send"_s);
    std::map<Turn, std::vector<TicketId>> fifos;
    for (const Ticket &ticket : m_queued)
        fifos[{ticket.host, ticket.priority}].push_back(ticket.id);
    if (inside.fifos() != fifos)
        fail(u"a host's queue holds other tickets, or in another order"_s);
    if (inside.liveTickets() != int(m_queued.size() + m_inFlight.size()))
        fail(u"a ticket leaked"_s);
    if (inside.liveHosts() != int(m_queue.snapshot().endpoints.size()))
        fail(u"a host leaked"_s);
    if (m_used.size() != m_queued.size() + m_inFlight.size() + m_ended.size())
        fail(u"a ticket is lost, or in two states"_s);
}

/** Little's law, exactly: a gauge summed over time is the time that its tickets spent there. */
void AdmissionModel::compareTimes()
{
    const qint64 elapsedUs = m_nowUs - m_last.atUs;
    qint64 queuedUs = m_queuedTime.byTicketUs;
    for (const Ticket &ticket : m_queued)
        queuedUs += m_nowUs - ticket.arrivedUs;
    qint64 inFlightUs = m_inFlightTime.byTicketUs;
    for (const Ticket &ticket : m_inFlight)
        inFlightUs += m_nowUs - ticket.admittedUs;
    if (queuedUs != m_queuedTime.byGaugeUs + m_last.queued * elapsedUs
        || inFlightUs != m_inFlightTime.byGaugeUs + m_last.inFlight * elapsedUs)
        fail(u"the gauges over time are not the times of the tickets"_s);
}

void AdmissionModel::compareSnapshot()
{
    const AdmissionSnapshot shown = m_queue.snapshot();
    if (shown.inFlight != int(m_inFlight.size()) || shown.queued != int(m_queued.size())
        || shown.queuedByReason != byReason() || shown.paused != m_paused)
        fail(u"the snapshot's totals are wrong"_s);
    std::size_t active = 0;
    for (const EndpointId id : m_hosts) {
        const int inFlight = count(m_inFlight, id);
        const int queued = count(m_queued, id);
        if (m_queue.inFlight(id) != inFlight || m_queue.queued(id) != queued)
            fail(u"a host's figures are wrong"_s);
        const qint64 holdUs = m_host.at(id).holdUntilUs;
        if (inFlight == 0 && queued == 0 && holdUs == 0)
            continue;
        ++active;
        const auto row = std::ranges::find(shown.endpoints, id, &EndpointSnapshot::id);
        if (row == shown.endpoints.end())
            return fail(u"the snapshot lacks a host"_s);
        const int limit = limitOf(id);
        if (row->inFlight != inFlight || row->queued != queued || row->limit != limit
            || row->draining != (limit > 0 ? std::max(0, inFlight - limit) : 0)
            || row->waitingFor != (queued > 0 ? reason(id) : WaitReason::None)
            || row->holdUntilUs != holdUs)
            fail(u"the snapshot shows a host wrongly"_s);
    }
    if (shown.endpoints.size() != active)
        fail(u"the snapshot shows a host with nothing"_s);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/admissionmodel.h"

#include "core/admission/priorityturns.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Sluice {

using Kind = AdmissionEvent::Kind;

double AdmissionModel::Bucket::level(qint64 nowUs) const
{
    return std::min(burst * intervalUs, levelUs + double(nowUs - atUs));
}

bool AdmissionModel::Bucket::isReady(qint64 nowUs) const
{
    return level(nowUs) >= intervalUs;
}

qint64 AdmissionModel::Bucket::readyUs(qint64 nowUs) const
{
    return nowUs + qint64(std::ceil(intervalUs - level(nowUs)));
}

/** While a ticket waited for it, what dripped in since it was due is not lost. */
void AdmissionModel::Bucket::take(qint64 nowUs, bool waited)
{
    const double fullUs = burst * intervalUs + (waited ? double(RateGate::LatenessUs) : 0);
    levelUs = std::min(fullUs, levelUs + double(nowUs - atUs)) - intervalUs;
    atUs = nowUs;
}

void AdmissionModel::Bucket::set(const RateLimit &limit, qint64 nowUs)
{
    const double interval = limit.perSecond > 0 ? 1e6 / limit.perSecond : 0;
    const double tokens = intervalUs > 0 ? level(nowUs) / intervalUs : limit.burst;
    *this = {std::min(tokens, limit.burst) * interval, nowUs, interval, limit.burst};
}

AdmissionModel::AdmissionModel(const AdmissionQueue &queue, std::vector<EndpointId> hosts,
                               qint64 nowUs)
    : m_queue(queue), m_hosts(std::move(hosts)), m_nowUs(nowUs)
{
    m_last.atUs = nowUs;
    for (const EndpointId host : m_hosts) {
        m_host[host] = {};
        m_names.push_back(queue.endpointName(host));
    }
}

void AdmissionModel::fail(const QString &what)
{
    if (m_failure.isEmpty())
        m_failure = what;
}

void AdmissionModel::beginCall(qint64 nowUs)
{
    const qint64 elapsedUs = std::max<qint64>(0, nowUs - m_nowUs);
    m_nowUs += elapsedUs;
    for (Ticket &ticket : m_queued) {
        const WaitReason reason = m_settledReason[ticket.host];
        if (reason != WaitReason::None)
            ticket.waits[std::size_t(reason)] += elapsedUs;
    }
    m_waitedForRate = std::ranges::any_of(m_queued, [this](const Ticket &ticket) {
        return m_settledReason[ticket.host] == WaitReason::TotalRate;
    });
    for (auto &[id, host] : m_host) {
        host.waitedForRate = m_settledReason[id] == WaitReason::HostRate && count(m_queued, id) > 0;
    }
    refreshTurns();
}

void AdmissionModel::willEnqueue(EndpointId host, Priority priority, qint64 enqueuedUs)
{
    m_enqueuing.push_back({TicketId::None, host, priority, 0, enqueuedUs, {}});
}

void AdmissionModel::apply(const AdmissionEvent &event)
{
    const qint64 elapsedUs = event.atUs - m_last.atUs;
    m_queuedTime.byGaugeUs += m_last.queued * elapsedUs;
    m_inFlightTime.byGaugeUs += m_last.inFlight * elapsedUs;
    m_last = event;
    switch (event.kind) {
    case Kind::Enqueued:
        enqueued(event);
        break;
    case Kind::Admitted:
        admitted(event);
        break;
    case Kind::Cancelled:
    case Kind::Refused:
        left(event);
        break;
    case Kind::Released:
        released(event);
        break;
    case Kind::LimitsChanged:
        limitsChanged(event);
        break;
    case Kind::Paused:
    case Kind::Resumed:
        if (m_paused == (event.kind == Kind::Paused))
            fail(u"told twice that it is paused or resumed"_s);
        m_paused = event.kind == Kind::Paused;
        break;
    case Kind::HoldBegan:
    case Kind::HoldEnded:
        holdEvent(event);
        break;
    case Kind::WaitsChanged:
        break;
    case Kind::Idle:
        if (m_idleTold)
            fail(u"idle was told twice"_s);
        if (!m_queued.empty() || !m_inFlight.empty())
            fail(u"idle was told while it was not"_s);
        m_idleTold = true;
        break;
    case Kind::Closed:
        if (m_closed)
            fail(u"closed was told twice"_s);
        m_closed = true;
        break;
    }
    forgetIdleHosts();
    refreshTurns();
    compareGauges(event);
}

void AdmissionModel::enqueued(const AdmissionEvent &event)
{
    Ticket ticket = m_enqueuing.back();
    if (expectedRefusal(ticket))
        fail(u"queued, though it had to be refused"_s);
    if (ticket.host != event.endpoint || ticket.priority != event.priority)
        fail(u"queued another ticket"_s);
    if (!m_used.insert(event.ticket).second)
        fail(u"a ticket id was used twice"_s);
    ticket.id = event.ticket;
    ticket.arrivedUs = m_nowUs;
    ticket.enqueuedUs = ticket.enqueuedUs == 0 ? m_nowUs : std::min(ticket.enqueuedUs, m_nowUs);
    m_queued.push_back(ticket);
    m_idleTold = false;
}

void AdmissionModel::admitted(const AdmissionEvent &event)
{
    const auto found = std::ranges::find(m_queued, event.ticket, &Ticket::id);
    if (found == m_queued.end())
        return fail(u"admitted a ticket that was not queued"_s);
    const Ticket ticket = *found;
    if (m_closed)
        fail(u"admitted after close"_s);
    if (totalReason() != WaitReason::None)
        fail(u"admitted past the total limit, the rate or a pause"_s);
    if (hostReason(ticket.host) != WaitReason::None)
        fail(u"admitted past a host's limit, rate or hold"_s);
    const bool isFirst = std::none_of(m_queued.begin(), found, [&ticket](const Ticket &other) {
        return other.host == ticket.host && other.priority == ticket.priority;
    });
    if (!isFirst)
        fail(u"not first in, first out"_s);
    if (m_failure.isEmpty())
        checkTurn(ticket);
    checkPriority(ticket);

    m_queued.erase(found);
    m_inFlight.push_back(ticket);
    m_inFlight.back().admittedUs = m_nowUs;
    m_queuedTime.byTicketUs += m_nowUs - ticket.arrivedUs;
    if (m_bucket.intervalUs > 0)
        m_bucket.take(m_nowUs, m_waitedForRate);
    if (Host &host = m_host[ticket.host]; host.bucket.intervalUs > 0)
        host.bucket.take(m_nowUs, host.waitedForRate);
    checkWaits(ticket, event.waits);
    m_toTellAdmitted.insert(ticket.id);
}

void AdmissionModel::checkWaits(const Ticket &ticket, const WaitTimes &waits)
{
    if (std::accumulate(waits.begin(), waits.end(), qint64(0)) != m_nowUs - ticket.arrivedUs)
        fail(u"the waits do not add up to the queued time"_s);
    if (waits != ticket.waits)
        fail(u"a wait is told for the wrong reason"_s);
}

void AdmissionModel::checkPriority(const Ticket &ticket)
{
    Host &host = m_host[ticket.host];
    const auto mine = std::size_t(ticket.priority);
    std::array<bool, PriorityCount> anywhere{};
    std::array<bool, PriorityCount> here{};
    for (const Turn &turn : turns()) {
        anywhere[std::size_t(turn.second)] = true;
        if (turn.first == ticket.host)
            here[std::size_t(turn.second)] = true;
    }
    const bool wasOvertaken = m_overtaken[mine] == PriorityTurns::OvertakeMax
                              || host.overtaken[mine] == PriorityTurns::OvertakeMax;
    for (std::size_t p = 0; p < mine; ++p) {
        if (anywhere[p] && !wasOvertaken)
            fail(u"a higher priority could have gone"_s);
    }
    for (std::size_t p = mine + 1; p < PriorityCount; ++p) {
        m_overtaken[p] += anywhere[p];
        host.overtaken[p] += here[p];
        if (m_overtaken[p] > PriorityTurns::OvertakeMax
            || host.overtaken[p] > PriorityTurns::OvertakeMax)
            fail(u"a lower priority starves"_s);
    }
    m_overtaken[mine] = 0;
    host.overtaken[mine] = 0;
}

/** The priority whose ring of hosts is served next; the host may then owe its turn to a lower one.
 */
Priority AdmissionModel::ringInTurn() const
{
    std::set<Priority> waiting;
    for (const Turn &turn : turns())
        waiting.insert(turn.second);
    for (std::size_t p = PriorityCount; p-- > 1;) {
        if (m_overtaken[p] == PriorityTurns::OvertakeMax && waiting.contains(Priority(p)))
            return Priority(p);
    }
    return *waiting.begin();
}

void AdmissionModel::checkTurn(const Ticket &ticket)
{
    const Priority ring = ringInTurn();
    for (auto &[turn, served] : m_servedMeanwhile) {
        if (turn.second != ring || turn.first == ticket.host)
            continue;
        if (++served[ticket.host] > 1)
            fail(u"a host was served twice while another waited for its turn"_s);
    }
    m_servedMeanwhile.erase({ticket.host, ring});
}

void AdmissionModel::left(const AdmissionEvent &event)
{
    const auto found = std::ranges::find(m_queued, event.ticket, &Ticket::id);
    if (found == m_queued.end())
        return event.kind == Kind::Refused ? refusedNew(event)
                                           : fail(u"cancelled a ticket that was not queued"_s);
    const Ticket ticket = *found;
    m_queued.erase(found);
    m_ended.push_back(ticket.id);
    m_queuedTime.byTicketUs += m_nowUs - ticket.arrivedUs;
    checkWaits(ticket, event.waits);
    if (event.kind == Kind::Cancelled) {
        if (m_mayEnd.erase(ticket.id) == 0)
            fail(u"cancelled a ticket that nobody cancelled"_s);
        return;
    }
    const bool isOverdue =
        m_limits.queueTimeoutUs > 0 && m_nowUs - ticket.enqueuedUs >= m_limits.queueTimeoutUs;
    if (event.refusal == Refusal::QueueTimeout ? !isOverdue
                                               : event.refusal != Refusal::Closed || !m_closed)
        fail(u"refused for no reason"_s);
    m_toTellRefused.insert(ticket.id);
}

void AdmissionModel::refusedNew(const AdmissionEvent &event)
{
    if (expectedRefusal(m_enqueuing.back()) != event.refusal)
        fail(u"a new ticket was refused for the wrong reason"_s);
    if (!m_used.insert(event.ticket).second)
        fail(u"a ticket id was used twice"_s);
    m_ended.push_back(event.ticket);
    m_toTellRefused.insert(event.ticket);
}

std::optional<Refusal> AdmissionModel::expectedRefusal(const Ticket &ticket) const
{
    if (m_closed)
        return Refusal::Closed;
    const bool goesAtOnce = !isAnyAdmissible() && totalReason() == WaitReason::None
                            && hostReason(ticket.host) == WaitReason::None;
    const bool isFull = m_limits.queueMax > 0 && int(m_queued.size()) >= m_limits.queueMax;
    if (isFull && ticket.priority != Priority::Continuation && !goesAtOnce)
        return Refusal::QueueFull;
    return {};
}

void AdmissionModel::released(const AdmissionEvent &event)
{
    const auto found = std::ranges::find(m_inFlight, event.ticket, &Ticket::id);
    if (found == m_inFlight.end())
        return fail(u"released a ticket that was not in flight"_s);
    if (m_mayEnd.erase(found->id) == 0)
        fail(u"released a ticket that nobody released"_s);
    m_ended.push_back(found->id);
    m_inFlightTime.byTicketUs += m_nowUs - found->admittedUs;
    m_toTellAdmitted.erase(found->id); // The observer may be quicker than the client.
    m_inFlight.erase(found);
}

void AdmissionModel::limitsChanged(const AdmissionEvent &event)
{
    if (event.endpoint != EndpointId::None) {
        int &adaptive = m_host[event.endpoint].adaptive;
        if (std::exchange(adaptive, m_settingAdaptive.back()) == adaptive)
            fail(u"told of an adaptive limit that did not change"_s);
        return;
    }
    const Limits before = std::exchange(m_limits, m_settingLimits.back());
    if (before == m_limits)
        fail(u"told of limits that did not change"_s);
    if (m_limits != m_queue.limits())
        fail(u"other limits are in force"_s);
    if (before.rate != m_limits.rate)
        m_bucket.set(m_limits.rate, m_nowUs);
    for (auto &[id, host] : m_host) {
        host.configured = limitForEndpoint(m_limits, m_names[std::size_t(id)]);
        if (before.ratePerHost != m_limits.ratePerHost)
            host.bucket.set(m_limits.ratePerHost, m_nowUs);
        host.holdUntilUs = std::min(host.holdUntilUs, m_nowUs + m_limits.holdMaxUs);
    }
}

void AdmissionModel::holdEvent(const AdmissionEvent &event)
{
    Host &host = m_host[event.endpoint];
    if (event.kind == Kind::HoldEnded) {
        if (host.holdUntilUs > m_nowUs && !m_mayEndHold.contains(event.endpoint))
            fail(u"a hold ended early"_s);
        host.holdUntilUs = 0;
        return;
    }
    if (event.untilUs <= m_nowUs || event.untilUs <= host.holdUntilUs
        || event.untilUs > m_nowUs + m_limits.holdMaxUs)
        fail(u"a hold that is too short or too long"_s);
    host.holdUntilUs = event.untilUs;
}

void AdmissionModel::clientAdmitted(TicketId ticket)
{
    if (m_toTellAdmitted.erase(ticket) != 1)
        fail(u"the client was told of an admission that was none, or twice"_s);
}

void AdmissionModel::clientRefused(TicketId ticket)
{
    if (m_toTellRefused.erase(ticket) != 1)
        fail(u"the client was told of a refusal that was none, or twice"_s);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/modelrun.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using Kind = ModelOperation::Kind;
using Where = ModelOperation::Where;

constexpr int DeepestCall = 6;

std::vector<EndpointId> endpoints(AdmissionQueue &queue)
{
    std::vector<EndpointId> ids;
    for (const QString &name : {u"http://h0:80"_s, u"http://h1:80"_s, u"https://h1:443"_s,
                                u"http://x.h2:80"_s, u"http://h3:8080"_s})
        ids.push_back(queue.endpoint(name));
    return ids;
}

const std::array<std::vector<HostLimit>, 5> OverrideSets{{
    {},
    {{u"h0"_s, 1}, {u"*.h2"_s, 2}},
    {{u"https://h1"_s, 1}, {u"h1"_s, 3}, {u"h3:8080"_s, 0}},
    {{u"*"_s, 2}, {u"h0"_s, 1}},
    {{u"h0"_s, 0}},
}};

// Intervals that are powers of two, so that the model's arithmetic is exact.
const std::array<RateLimit, 4> Rates{{
    {0, 1},
    {1e6 / 1024, 1},
    {1e6 / 4096, 3},
    {1e6 / 1024, 5},
}};

} // namespace

ModelRun::ModelRun()
    : m_queue(m_clock, *this, this), m_hosts(endpoints(m_queue)),
      m_model(m_queue, m_hosts, m_clock.us)
{
    m_model.beginCall(m_clock.us);
    m_model.endCall();
}

QString ModelRun::failureOf(const ModelOperations &operations)
{
    ModelRun run;
    for (const ModelOperation &operation : operations) {
        if (!run.m_model.failure().isEmpty())
            break;
        run.play(operation);
    }
    if (run.m_model.failure().isEmpty())
        run.drain();
    return run.m_model.failure();
}

void ModelRun::play(const ModelOperation &operation)
{
    if (operation.where != Where::Outside) {
        (operation.where == Where::Client ? m_armedClient : m_armedObserver).push_back(operation);
        return;
    }
    if (operation.kind == Kind::Sleep || operation.kind == Kind::JumpBack) {
        performOnTime(operation);
        return;
    }
    if (operation.kind == Kind::Advance || operation.kind == Kind::AdvanceToNext)
        performOnTime(operation);
    m_model.beginCall(m_clock.us);
    if (operation.kind == Kind::Advance || operation.kind == Kind::AdvanceToNext)
        m_queue.advance();
    else
        perform(operation);
    m_model.endCall();
}

void ModelRun::perform(const ModelOperation &operation)
{
    switch (operation.kind) {
    case Kind::Enqueue:
        enqueue(operation);
        break;
    case Kind::Release:
    case Kind::Cancel:
        performOnTicket(operation);
        break;
    case Kind::GiveBack:
        giveBack();
        break;
    case Kind::Stale:
        performOnEnded(operation);
        break;
    case Kind::Pause:
        m_queue.pause();
        break;
    case Kind::Resume:
        m_queue.resume();
        break;
    case Kind::Hold:
        m_queue.hold(host(operation.a), m_clock.us + qint64(operation.b % 20'000) - 1000);
        break;
    case Kind::EndHold:
        m_model.willEndHold(host(operation.a));
        m_queue.endHold(host(operation.a));
        break;
    case Kind::Close:
        m_queue.close();
        break;
    case Kind::Advance:
    case Kind::AdvanceToNext:
    case Kind::Sleep:
    case Kind::JumpBack:
        performOnTime(operation);
        m_queue.advance();
        break;
    default:
        performOnLimits(operation);
        break;
    }
}

void ModelRun::enqueue(const ModelOperation &operation)
{
    const EndpointId endpoint = host(operation.a);
    const auto priority = Priority(std::min<quint32>(operation.b % 6, 2));
    const qint64 enqueuedUs = operation.c % 4 == 0 ? m_clock.us - qint64(operation.c % 9000) : 0;
    m_model.willEnqueue(endpoint, priority, enqueuedUs);
    m_queue.enqueue(endpoint, priority, m_nextTag++, enqueuedUs);
    m_model.didEnqueue();
}

void ModelRun::performOnEnded(const ModelOperation &operation)
{
    if (m_model.ended().empty())
        return m_queue.advance();
    const TicketId ticket = m_model.ended()[operation.a % m_model.ended().size()];
    if (operation.b % 2 == 0 ? m_queue.cancel(ticket) : m_queue.release(ticket, Outcome::Ignored))
        m_model.fail(u"a ticket ended twice"_s);
}

void ModelRun::giveBack()
{
    if (m_model.inFlight().empty())
        return m_queue.advance();
    const TicketId ticket = m_model.inFlight().back().id;
    m_model.willEnd(ticket);
    m_queue.release(ticket, Outcome::Ignored);
    if (std::ranges::find(m_model.inFlight(), ticket, &AdmissionModel::Ticket::id)
        != m_model.inFlight().end())
        m_model.fail(u"what was granted could not be given back"_s);
}

void ModelRun::performOnTicket(const ModelOperation &operation)
{
    const bool releases = operation.kind == Kind::Release;
    const auto &tickets = releases ? m_model.inFlight() : m_model.queued();
    if (tickets.empty())
        return m_queue.advance();
    const TicketId ticket = tickets[operation.a % tickets.size()].id;
    m_model.willEnd(ticket);
    if (operation.c % 8 == 0) {
        // The other of the two is for a ticket in the other state and must do nothing, unless the
        // call itself finds that the queued ticket's time has come.
        if (releases ? m_queue.cancel(ticket)
                     : m_queue.release(ticket, Outcome::Success) && m_depth > 0)
            m_model.fail(u"cancelled what is in flight, or released what is queued"_s);
        return;
    }
    const bool done =
        releases ? m_queue.release(ticket, Outcome(operation.b % 3)) : m_queue.cancel(ticket);
    const auto &after = releases ? m_model.inFlight() : m_model.queued();
    if (std::ranges::find(after, ticket, &AdmissionModel::Ticket::id) != after.end())
        m_model.fail(done ? u"it was done, but not told"_s : u"a live ticket was not found"_s);
}

void ModelRun::performOnLimits(const ModelOperation &operation)
{
    const quint32 a = operation.a;
    Limits limits = m_model.limits();
    switch (operation.kind) {
    case Kind::Total:
        limits.total = std::array{0, 1, 2, 3, 5, 9}[a % 6];
        break;
    case Kind::PerHost:
        limits.perHost = int(a % 4);
        break;
    case Kind::Overrides:
        limits.hosts = OverrideSets[a % OverrideSets.size()];
        break;
    case Kind::Rate:
        limits.rate = Rates[a % Rates.size()];
        break;
    case Kind::HostRate:
        limits.ratePerHost = Rates[a % Rates.size()];
        break;
    case Kind::QueueMax:
        limits.queueMax = std::array{0, 0, 1, 5}[a % 4];
        break;
    case Kind::QueueTimeout:
        limits.queueTimeoutUs = std::array{0, 3000, 10'000}[a % 3];
        break;
    case Kind::HoldMax:
        limits.holdMaxUs = std::array{0, 5000, 60'000'000}[a % 3];
        break;
    default:
        m_model.willSetAdaptiveLimit(int(operation.b % 4));
        m_queue.setAdaptiveLimit(host(a), int(operation.b % 4));
        m_model.didSetAdaptiveLimit();
        return;
    }
    setLimits(limits);
}

void ModelRun::setLimits(const Limits &limits)
{
    m_model.willSetLimits(limits);
    m_queue.setLimits(limits);
    m_model.didSetLimits();
}

void ModelRun::performOnTime(const ModelOperation &operation)
{
    if (operation.kind == Kind::JumpBack) {
        m_clock.us -= qint64(operation.a % 5000);
    } else if (operation.kind == Kind::AdvanceToNext) {
        m_clock.us = std::max(m_clock.us, m_queue.nextDeadlineUs());
    } else {
        // Mostly small steps; now and then the lid of the notebook was closed.
        m_clock.us += operation.b % 50 == 0 ? 3'600'000'000 : qint64(operation.a % 3000);
    }
}

void ModelRun::drain()
{
    m_armedClient.clear();
    m_armedObserver.clear();
    Limits limits = m_model.limits();
    limits.rate = {};
    limits.ratePerHost = {};
    limits.queueTimeoutUs = 0;
    const auto call = [this](const auto &operation) {
        m_model.beginCall(m_clock.us);
        operation();
        m_model.endCall();
    };
    call([&] { setLimits(limits); });
    call([&] { m_queue.resume(); });
    for (const EndpointId endpoint : m_hosts) {
        call([&] {
            m_model.willEndHold(endpoint);
            m_queue.endHold(endpoint);
        });
    }
    while (m_model.failure().isEmpty() && !m_queue.isIdle()) {
        if (m_model.inFlight().empty())
            return m_model.fail(u"stuck: tickets are queued and nothing is in flight"_s);
        call([&] {
            m_model.willEnd(m_model.inFlight().front().id);
            m_queue.release(m_model.inFlight().front().id, Outcome::Success);
        });
    }
    if (m_queue.nextDeadlineUs() != -1)
        m_model.fail(u"idle, and a deadline is left"_s);
}

void ModelRun::performArmed(std::deque<ModelOperation> &armed)
{
    if (armed.empty() || m_depth >= DeepestCall || !m_model.failure().isEmpty())
        return;
    const ModelOperation operation = armed.front();
    armed.pop_front();
    ++m_depth;
    perform(operation);
    --m_depth;
}

void ModelRun::ticketAdmitted(TicketId ticket, quint64, const WaitTimes &)
{
    m_model.clientAdmitted(ticket);
    performArmed(m_armedClient);
}

void ModelRun::ticketRefused(TicketId ticket, quint64, Refusal, const WaitTimes &)
{
    m_model.clientRefused(ticket);
    performArmed(m_armedClient);
}

void ModelRun::admissionEvent(const AdmissionEvent &event)
{
    m_model.apply(event);
    performArmed(m_armedObserver);
}

} // namespace Sluice

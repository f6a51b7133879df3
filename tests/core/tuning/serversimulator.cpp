// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/tuning/serversimulator.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Sluice {

namespace {

constexpr qint64 TickUs = 50'000;
constexpr qint64 RetryAfterUs = 3'000'000;

} // namespace

ServerSimulator::ServerSimulator(const ServerModel &model, quint32 seed)
    : m_model(model), m_random(seed)
{
    const double variance = std::log(1 + model.spread * model.spread);
    m_service = std::lognormal_distribution<double>(std::log(model.serviceUs) - variance / 2,
                                                    std::sqrt(variance));
}

qint64 ServerSimulator::serviceUs()
{
    return qint64(m_service(m_random) * (1 + m_model.overload * double(m_waiting.size())));
}

void ServerSimulator::send(qint64 nowUs)
{
    ++m_inFlight;
    m_arriving.push_back({.atUs = nowUs + halfTripUs(), .startedUs = nowUs});
}

void ServerSimulator::arrive(qint64 nowUs, Event event)
{
    const int inside = int(m_atWork.size() + m_waiting.size());
    m_peak = std::max(m_peak, inside + 1);
    if (m_model.rejectAbove > 0 && inside >= m_model.rejectAbove) {
        event.outcome = SweepOutcome::Rejected;
        event.atUs = nowUs + halfTripUs();
        m_returning.push_back(event);
        return;
    }
    m_waiting.push_back(event);
    beginService(nowUs);
}

void ServerSimulator::beginService(qint64 nowUs)
{
    while (int(m_atWork.size()) < m_model.workers && !m_waiting.empty()) {
        Event event = m_waiting.front();
        m_waiting.pop_front();
        event.atUs = nowUs + serviceUs();
        m_atWork.push(event);
    }
}

void ServerSimulator::served(qint64 nowUs, Event event)
{
    if (m_model.failureShare > 0 && m_part(m_random) < m_model.failureShare)
        event.outcome = SweepOutcome::Failed;
    event.atUs = nowUs + halfTripUs();
    m_returning.push_back(event);
    beginService(nowUs);
}

void ServerSimulator::returned(SweepPlan &plan, qint64 nowUs, const Event &event)
{
    --m_inFlight;
    const qint64 retryUs = event.outcome == SweepOutcome::Rejected ? RetryAfterUs : 0;
    take(plan.ended({event.startedUs, nowUs, event.outcome, retryUs}), nowUs);
}

void ServerSimulator::take(const SweepAction &action, qint64 nowUs)
{
    if (m_actions.empty() || m_actions.back().second != action)
        m_actions.push_back({nowUs, action});
    while (action.kind == SweepAction::Kind::Run && m_inFlight < action.limit)
        send(nowUs);
}

/** When something happens next; max() = nothing is in flight. */
qint64 ServerSimulator::nextUs() const
{
    qint64 next = std::numeric_limits<qint64>::max();
    if (!m_arriving.empty())
        next = m_arriving.front().atUs;
    if (!m_atWork.empty())
        next = std::min(next, m_atWork.top().atUs);
    if (!m_returning.empty())
        next = std::min(next, m_returning.front().atUs);
    return next;
}

void ServerSimulator::step(SweepPlan &plan, qint64 nowUs)
{
    const auto takeFirst = [](std::deque<Event> &events) {
        const Event event = events.front();
        events.pop_front();
        return event;
    };
    if (!m_returning.empty() && m_returning.front().atUs == nowUs) {
        returned(plan, nowUs, takeFirst(m_returning));
    } else if (!m_atWork.empty() && m_atWork.top().atUs == nowUs) {
        const Event event = m_atWork.top();
        m_atWork.pop();
        served(nowUs, event);
    } else {
        arrive(nowUs, takeFirst(m_arriving));
    }
}

qint64 ServerSimulator::run(SweepPlan &plan, const ClientLoad &client)
{
    qint64 nowUs = 0;
    qint64 tickUs = 0;
    take(plan.start(nowUs), nowUs);
    while (plan.action().kind != SweepAction::Kind::Done) {
        const qint64 next = nextUs();
        if (next >= tickUs) {
            nowUs = tickUs;
            tickUs += TickUs;
            take(plan.advance(nowUs, client), nowUs);
        } else {
            nowUs = next;
            step(plan, nowUs);
        }
        if (plan.action().kind == SweepAction::Kind::Drain && m_inFlight == 0)
            take(plan.drained(nowUs), nowUs);
    }
    return nowUs;
}

double ServerSimulator::throughput(int limit, qint64 us)
{
    // A plan of one level that never knows enough is a plain closed loop.
    SweepSettings settings{.ladder = {limit}, .repeats = 0, .minCompletions = 1 << 30};
    settings.levelCapUs = us;
    SweepPlan plan(settings, std::mt19937(1));
    run(plan);
    return plan.levels().front().throughput;
}

} // namespace Sluice

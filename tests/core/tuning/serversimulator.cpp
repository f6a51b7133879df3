// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/tuning/serversimulator.h"

#include <cmath>
#include <functional>

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
    const auto waiting = double(m_waiting.size() - m_firstWaiting);
    return qint64(m_service(m_random) * (1 + m_model.overload * waiting));
}

void ServerSimulator::schedule(Event event, Kind kind, qint64 atUs)
{
    event.kind = kind;
    event.atUs = atUs;
    m_events.push(event);
}

void ServerSimulator::send(qint64 nowUs)
{
    ++m_inFlight;
    schedule({.startedUs = nowUs}, Kind::Arrive, nowUs + halfTripUs());
}

void ServerSimulator::arrive(qint64 nowUs, Event event)
{
    const int inside = m_busy + int(m_waiting.size() - m_firstWaiting);
    m_peak = std::max(m_peak, inside + 1);
    if (m_model.rejectAbove > 0 && inside >= m_model.rejectAbove) {
        event.outcome = SweepOutcome::Rejected;
        schedule(event, Kind::Back, nowUs + halfTripUs());
        return;
    }
    m_waiting.push_back(event);
    beginService(nowUs);
}

void ServerSimulator::beginService(qint64 nowUs)
{
    while (m_busy < m_model.workers && m_firstWaiting < m_waiting.size()) {
        ++m_busy;
        const Event event = m_waiting[m_firstWaiting++];
        schedule(event, Kind::Served, nowUs + serviceUs());
    }
    if (m_firstWaiting == m_waiting.size()) {
        m_waiting.clear();
        m_firstWaiting = 0;
    }
}

void ServerSimulator::take(const SweepAction &action, qint64 nowUs)
{
    if (m_actions.empty() || m_actions.back().second != action)
        m_actions.push_back({nowUs, action});
    while (action.kind == SweepAction::Kind::Run && m_inFlight < action.limit)
        send(nowUs);
}

void ServerSimulator::handle(SweepPlan &plan, Event event)
{
    const qint64 nowUs = event.atUs;
    if (event.kind == Kind::Arrive) {
        arrive(nowUs, event);
    } else if (event.kind == Kind::Served) {
        --m_busy;
        if (m_model.failureShare > 0 && m_part(m_random) < m_model.failureShare)
            event.outcome = SweepOutcome::Failed;
        schedule(event, Kind::Back, nowUs + halfTripUs());
        beginService(nowUs);
    } else {
        --m_inFlight;
        const qint64 retryUs = event.outcome == SweepOutcome::Rejected ? RetryAfterUs : 0;
        take(plan.ended({event.startedUs, nowUs, event.outcome, retryUs}), nowUs);
    }
}

qint64 ServerSimulator::run(SweepPlan &plan, const ClientLoad &client)
{
    qint64 nowUs = 0;
    qint64 tickUs = 0;
    take(plan.start(nowUs), nowUs);
    while (plan.action().kind != SweepAction::Kind::Done) {
        if (m_events.empty() || m_events.top().atUs >= tickUs) {
            nowUs = tickUs;
            tickUs += TickUs;
            take(plan.advance(nowUs, client), nowUs);
        } else {
            const Event event = m_events.top();
            m_events.pop();
            nowUs = event.atUs;
            handle(plan, event);
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

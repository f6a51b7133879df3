// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/guardrails.h"

#include <algorithm>

namespace Sluice {

namespace {

constexpr int EnoughToJudge = 50;
constexpr int FailuresInARow = 5;
constexpr double TimeoutBudget = 0.01;
constexpr double LatencyFactor = 5;
constexpr double CollapseShare = 0.7;
constexpr int Collapses = 2;
constexpr double LeastGain = 1.03;
constexpr int LevelsWithoutGain = 3;

/** More than \a budget allows; one alone never is. */
bool isOver(int count, int ended, double budget)
{
    return count > 1 && ended >= EnoughToJudge && count > budget * ended;
}

} // namespace

Guardrails::Guardrails(const SweepSettings &settings)
    : m_errorBudget(settings.errorBudget), m_targetP95Us(settings.targetP95Us)
{
}

void Guardrails::levelBegan()
{
    m_ended = m_failed = m_timedOut = m_failedInARow = 0;
}

SweepStop Guardrails::eventEnded(const SweepEvent &event)
{
    ++m_ended;
    switch (event.outcome) {
    case SweepOutcome::Success:
        m_failedInARow = 0;
        return SweepStop::None;
    case SweepOutcome::Rejected:
        return SweepStop::Rejections;
    case SweepOutcome::TimedOut:
        ++m_timedOut;
        break;
    case SweepOutcome::Failed:
        ++m_failed;
        break;
    }
    if (++m_failedInARow >= FailuresInARow)
        return m_timedOut > m_failed ? SweepStop::Timeouts : SweepStop::Errors;
    if (isOver(m_timedOut, m_ended, TimeoutBudget))
        return SweepStop::Timeouts;
    return isOver(m_failed, m_ended, m_errorBudget) ? SweepStop::Errors : SweepStop::None;
}

SweepStop Guardrails::levelEnded(const SweepLevel &level)
{
    if (m_baselineP95Us == 0)
        m_baselineP95Us = level.p95Us;
    if (m_targetP95Us > 0 && level.p95Us > m_targetP95Us)
        return SweepStop::Target;
    if (double(level.p95Us) > LatencyFactor * double(m_baselineP95Us))
        return SweepStop::Latency;
    if (level.throughput < CollapseShare * m_bestThroughput && ++m_collapsed >= Collapses)
        return SweepStop::Collapse;
    m_withoutGain = level.throughput > LeastGain * m_bestThroughput ? 0 : m_withoutGain + 1;
    m_bestThroughput = std::max(m_bestThroughput, level.throughput);
    return m_withoutGain >= LevelsWithoutGain ? SweepStop::NoGain : SweepStop::None;
}

} // namespace Sluice

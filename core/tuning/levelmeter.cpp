// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/levelmeter.h"

#include "core/tuning/littlelaw.h"
#include "core/tuning/steadystate.h"

#include <algorithm>
#include <numeric>

namespace Sluice {

namespace {

constexpr int BaselineCompletions = 50;
constexpr int CompletionsPerSlot = 10; // Else the edges of a burst decide the rate.
constexpr qint64 CheckEveryUs = 50'000;

qint64 percentile(std::vector<qint64> values, double share)
{
    if (values.empty())
        return 0;
    const auto rank = std::ptrdiff_t(share * double(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + rank);
    return values[std::size_t(rank)];
}

double mean(const std::vector<qint64> &values)
{
    if (values.empty())
        return 0;
    return double(std::accumulate(values.begin(), values.end(), qint64(0))) / double(values.size());
}

} // namespace

void LevelMeter::begin(const SweepSettings &settings, const SweepLevel &level, qint64 nowUs)
{
    *this = {};
    m_settings = settings;
    m_level = level;
    m_level.beganUs = nowUs;
}

void LevelMeter::ended(const SweepEvent &event)
{
    ++m_level.sent;
    if (event.outcome == SweepOutcome::Rejected)
        ++m_level.rejected;
    else if (event.outcome != SweepOutcome::Success)
        ++m_level.errors;
    if (event.outcome != SweepOutcome::Success)
        return;
    const qint64 latencyUs = event.finishedUs - event.admittedUs;
    if (m_measuringSinceUs < 0) {
        m_warmupLatencyUs.push_back(latencyUs);
        return;
    }
    m_finishedUs.push_back(event.finishedUs);
    m_latencyUs.push_back(latencyUs);
}

bool LevelMeter::endWarmup(qint64 nowUs)
{
    const qint64 passedUs = nowUs - m_level.beganUs;
    if (passedUs < m_settings.minWarmupUs)
        return false;
    const bool everySlotDone = std::ssize(m_warmupLatencyUs) >= m_level.limit;
    if (passedUs < 2 * percentile(m_warmupLatencyUs, 0.95)
        || (!everySlotDone && passedUs < m_settings.levelCapUs))
        return false;
    m_measuringSinceUs = nowUs;
    m_level.warmupUs = passedUs;
    return true;
}

bool LevelMeter::isComplete(qint64 nowUs)
{
    if (nowUs < m_nextCheckUs)
        return false;
    m_nextCheckUs = nowUs + CheckEveryUs;
    if (m_measuringSinceUs < 0) {
        endWarmup(nowUs);
        return false;
    }
    if (nowUs - m_measuringSinceUs >= m_settings.levelCapUs)
        return true;
    const bool baseline = m_level.pass == SweepPass::Baseline;
    const auto completed = std::ssize(m_finishedUs);
    if (baseline)
        return completed >= std::min(BaselineCompletions, m_settings.minCompletions);
    if (completed < std::max(m_settings.minCompletions, CompletionsPerSlot * m_level.limit))
        return false;
    const RateEstimate rate = estimateRate(m_finishedUs, m_measuringSinceUs, nowUs);
    return rate.ciHalfWidth <= m_settings.ciTarget * rate.perSecond;
}

SweepLevel LevelMeter::result(qint64 nowUs, SweepStop why) const
{
    SweepLevel level = m_level;
    level.stop = why;
    if (m_measuringSinceUs < 0) {
        level.warmupUs = nowUs - m_level.beganUs;
        return level;
    }
    const RateEstimate rate = estimateRate(m_finishedUs, m_measuringSinceUs, nowUs);
    level.measuredUs = nowUs - m_measuringSinceUs;
    level.completed = int(m_finishedUs.size());
    level.throughput = rate.perSecond;
    level.ciHalfWidth = rate.ciHalfWidth;
    level.meanUs = mean(m_latencyUs);
    level.p50Us = percentile(m_latencyUs, 0.50);
    level.p95Us = percentile(m_latencyUs, 0.95);
    level.p99Us = percentile(m_latencyUs, 0.99);
    level.littleDeviation = checkLittle(level.limit, level.throughput, level.meanUs).deviation();
    const std::vector<double> latencies(m_latencyUs.begin(), m_latencyUs.end());
    level.steady = rate.steady && warmupByMser5(latencies).has_value();
    return level;
}

} // namespace Sluice

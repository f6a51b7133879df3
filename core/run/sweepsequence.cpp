// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sweepsequence.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

SweepSequence::SweepSequence(SweepDriver &driver, QObject *parent)
    : QObject(parent), m_driver(driver)
{
    connect(&m_driver, &SweepDriver::finished, this, &SweepSequence::takeResult);
}

Result<> SweepSequence::start(SweepJob job)
{
    if (m_isRunning)
        return failure(ErrorCode::Usage, u"A sweep is running already."_s);
    RequestBuilder builder(job.variables, job.options);
    Result<std::vector<SweepTarget>> targets = findSweepTargets(job, builder);
    if (!targets)
        return std::unexpected(targets.error());
    for (const SweepTarget &target : *targets) {
        if (const Result<> allowed = checkSweep(job, {target}); !allowed)
            return allowed;
    }
    m_job = std::move(job);
    m_targets = std::move(*targets);
    m_left.assign(m_targets.begin(), m_targets.end());
    m_results.clear();
    m_requestsLeft = effectiveSettings(m_job, m_targets).maxRequests;
    m_stage = 0;
    m_isStopping = false;
    m_isRunning = true;
    const Result<> started = startNext();
    if (!started)
        m_isRunning = false;
    return started;
}

void SweepSequence::stop()
{
    m_isStopping = true;
    m_driver.stop();
}

void SweepSequence::abort()
{
    m_isStopping = true;
    m_driver.abort();
}

Result<> SweepSequence::startNext()
{
    SweepJob job = m_left.empty() ? totalJob() : m_job;
    if (!m_left.empty()) {
        job.host = m_left.front().endpoint.key();
        m_left.pop_front();
    }
    job.settings.maxRequests = m_requestsLeft;
    const bool isTotal = !job.fixedHosts.empty();
    const std::size_t number = std::size_t(++m_stage);
    const int count = m_targets.size() > 1 ? int(m_targets.size()) + 1 : 1;
    emit stageBegan(
        {isTotal ? QString() : m_targets[number - 1].endpoint.display(), int(number), count});
    return m_driver.start(std::move(job));
}

void SweepSequence::takeResult(const SweepResultPtr &result)
{
    if (!m_isRunning)
        return;
    m_results.push_back(result);
    emit stageFinished(result);
    const bool wasLast = m_targets.size() == 1 || m_results.size() > m_targets.size();
    const bool isSpent = m_requestsLeft > 0 && result->sent >= m_requestsLeft;
    if (m_requestsLeft > 0)
        m_requestsLeft -= result->sent;
    if (!wasLast && !isSpent && !m_isStopping && startNext())
        return;
    m_isRunning = false;
    emit finished();
}

/** Each host at what was found for it, or at the highest level that did it no harm. */
SweepJob SweepSequence::totalJob() const
{
    SweepJob job = m_job;
    int sum = 0;
    bool isForeign = false;
    for (std::size_t i = 0; i < m_targets.size(); ++i) {
        const Recommendation &found = m_results[i]->recommendation;
        const int limit = found.limit.value_or(std::max(1, found.highestMeasured));
        job.fixedHosts.push_back({m_targets[i].endpoint.key(), limit});
        sum += limit;
        isForeign = isForeign || !isLoopbackHost(m_targets[i].endpoint.host);
    }
    const int top = isForeign ? std::min(sum, ForeignHostCap) : sum;
    std::vector<int> &ladder = job.settings.ladder;
    std::erase_if(ladder, [top](int rung) { return rung >= top; });
    ladder.push_back(top);
    return job;
}

} // namespace Sluice

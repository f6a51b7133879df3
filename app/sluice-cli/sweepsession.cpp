// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/sweepsession.h"

#include "app/sluice-cli/command.h"
#include "core/interchange/sweepreport.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Sluice {

SweepSession::SweepSession(SweepOptions options, EngineCore &core, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_core(core)
{
    connect(&core.sweep(), &SweepDriver::progressed, this, &SweepSession::showProgress);
    connect(&core.sweep(), &SweepDriver::finished, this, &SweepSession::ended);
}

Result<> SweepSession::start()
{
    RequestBuilder builder(m_options.job.variables, m_options.job.options);
    const Result<std::vector<SweepTarget>> targets = findSweepTargets(m_options.job, builder);
    if (!targets)
        return std::unexpected(targets.error());
    for (const SweepTarget &target : *targets) {
        SweepJob job = m_options.job;
        job.host = target.endpoint.key();
        m_hosts.push_back(job.host);
        if (const Result<> allowed = checkSweep(job, {target}); !allowed)
            return allowed;
        m_jobs.push_back(std::move(job));
    }
    m_mustSweepTotal = targets->size() > 1;
    return startNext();
}

Result<> SweepSession::startNext()
{
    const SweepJob job = std::move(m_jobs.front());
    m_jobs.pop_front();
    return m_core.sweep().start(job);
}

void SweepSession::interrupt(int count)
{
    m_wasInterrupted = true;
    m_jobs.clear();
    m_mustSweepTotal = false;
    clearProgress();
    if (count > 1) {
        m_core.sweep().abort();
        return;
    }
    printError(u"Interrupted: waiting for what is in flight. Once more aborts it."_s);
    m_core.sweep().stop();
}

void SweepSession::ended(const SweepResultPtr &result)
{
    clearProgress();
    m_results.push_back(result);
    print(u"%1%2\n%3\n%4\n"_s.arg(m_results.size() > 1 ? u"\n"_s : QString(), result->host,
                                  sweepTableText(*result), result->verdict.text()));
    if (m_jobs.empty() && m_mustSweepTotal) {
        m_mustSweepTotal = false;
        m_jobs.push_back(totalJob());
    }
    if (m_jobs.empty()) {
        emit finished();
        return;
    }
    if (const Result<> started = startNext(); !started) {
        printError(started.error().message);
        emit finished();
    }
}

/** Each host at what was found for it, or at the highest level that did it no harm. */
SweepJob SweepSession::totalJob() const
{
    SweepJob job = m_options.job;
    int sum = 0;
    for (std::size_t i = 0; i < m_hosts.size(); ++i) {
        const Recommendation &found = m_results[i]->recommendation;
        const int limit = found.limit.value_or(std::max(1, found.highestMeasured));
        job.fixedHosts.push_back({m_hosts[i], limit});
        sum += limit;
    }
    std::vector<int> &ladder = job.settings.ladder;
    std::erase_if(ladder, [sum](int rung) { return rung >= sum; });
    ladder.push_back(sum);
    return job;
}

void SweepSession::showProgress(const SweepProgress &progress)
{
    if (m_options.progress == ProgressMode::None)
        return;
    const QString text =
        u"level %1 of about %2: limit %3, %4 requests, %5 s left"_s.arg(progress.levelsDone + 1)
            .arg(progress.levelsPlanned)
            .arg(progress.limit)
            .arg(progress.sent)
            .arg(progress.leftUs / 1'000'000);
    if (m_options.progress == ProgressMode::Plain) {
        if (std::exchange(m_shownLevel, progress.levelsDone) != progress.levelsDone)
            printError(text);
        return;
    }
    const QByteArray line = '\r' + text.leftJustified(m_shownLength).toUtf8();
    m_shownLength = text.size();
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
    std::fflush(stderr);
}

void SweepSession::clearProgress()
{
    if (m_options.progress == ProgressMode::Live && m_shownLength > 0) {
        const QByteArray line = '\r' + QByteArray(m_shownLength, ' ') + '\r';
        std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
        std::fflush(stderr);
    }
    m_shownLength = 0;
}

} // namespace Sluice

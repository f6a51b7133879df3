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
    connect(&core.sweeps(), &SweepSequence::stageFinished, this, &SweepSession::takeResult);
    connect(&core.sweeps(), &SweepSequence::finished, this, &SweepSession::finished);
}

Result<> SweepSession::start()
{
    return m_core.sweeps().start(m_options.job);
}

void SweepSession::interrupt(int count)
{
    m_wasInterrupted = true;
    clearProgress();
    if (count > 1) {
        m_core.sweeps().abort();
        return;
    }
    printError(u"Interrupted: waiting for what is in flight. Once more aborts it."_s);
    m_core.sweeps().stop();
}

void SweepSession::takeResult(const SweepResultPtr &result)
{
    clearProgress();
    m_results.push_back(result);
    print(u"%1%2\n%3\n%4\n"_s.arg(m_results.size() > 1 ? u"\n"_s : QString(), result->host,
                                  sweepTableText(*result), result->verdict.text()));
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

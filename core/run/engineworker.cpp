// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engineworker.h"

#include <QTimerEvent>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Rates and percentiles are of the last ten seconds: they change for so long after the last event.
 */
constexpr qint64 SettleUs = 11'000'000;

} // namespace

EngineWorker::EngineWorker() = default;
EngineWorker::~EngineWorker() = default;

void EngineWorker::begin()
{
    m_core = std::make_unique<EngineCore>(EngineCore::Live::On);
    connect(m_core.get(), &EngineCore::changed, this, &EngineWorker::noteChange);
    connect(&m_core->sender(), &Sender::finished, this, &EngineWorker::sendFinished);
    SweepDriver &sweep = m_core->sweep();
    connect(&sweep, &SweepDriver::progressed, this, &EngineWorker::sweepProgressed);
    connect(&sweep, &SweepDriver::levelMeasured, this, &EngineWorker::sweepLevelMeasured);
    SweepSequence &sweeps = m_core->sweeps();
    connect(&sweeps, &SweepSequence::stageBegan, this, &EngineWorker::sweepStageBegan);
    connect(&sweeps, &SweepSequence::stageFinished, this, &EngineWorker::sweepStageFinished);
    connect(&sweeps, &SweepSequence::finished, this, &EngineWorker::sweepFinished);
    connect(&m_core->runner(), &Runner::finished, this, [this] {
        publish();
        emit runFinished(std::make_shared<const RunOutcome>(m_core->outcome()));
    });
}

void EngineWorker::startSweep(const SweepJob &job)
{
    const Result<> started =
        m_core->runner().isRunning()
            ? failure(ErrorCode::Usage,
                      u"A run is going on; a sweep beside it would measure both."_s)
            : m_core->startSweep(job);
    if (!started)
        emit sweepRefused(started.error());
}

EngineWorker::Newest EngineWorker::take()
{
    const std::scoped_lock lock(m_mutex);
    m_isAnnounced = false;
    return std::exchange(m_newest, {});
}

void EngineWorker::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_soon.timerId()) {
        m_soon.stop();
        publish();
        return;
    }
    if (event->timerId() != m_timer.timerId()) {
        QObject::timerEvent(event);
        return;
    }
    publish();
    const bool isSettled = m_core->clock().nowUs() - m_changedUs > SettleUs;
    if (isSettled && m_core->dispatcher().isIdle() && !m_core->runner().isRunning())
        m_timer.stop();
}

void EngineWorker::noteChange()
{
    m_changedUs = m_core->clock().nowUs();
    if (!m_timer.isActive())
        m_timer.start(m_intervalMs, this);
}

void EngineWorker::setPublishRate(int perSecond)
{
    m_intervalMs = 1000 / perSecond;
    if (m_timer.isActive())
        m_timer.start(m_intervalMs, this);
}

void EngineWorker::publishSoon()
{
    const qint64 sinceMs = (m_core->clock().nowUs() - m_publishedUs) / 1000;
    if (sinceMs >= SoonMs)
        publish();
    else if (!m_soon.isActive())
        m_soon.start(SoonMs - int(sinceMs), this);
}

void EngineWorker::publish()
{
    m_publishedUs = m_core->clock().nowUs();
    Newest newest{m_core->liveSnapshot(), {}};
    if (m_core->runner().isRunning())
        newest.progress = m_core->runner().progress();
    RunBatch rows = m_core->takeRows();
    bool mustAnnounce = false;
    {
        const std::scoped_lock lock(m_mutex);
        // Rows add up until they are taken; of the others only the newest is of interest.
        newest.rows = std::move(m_newest.rows);
        if (!rows.isEmpty())
            newest.rows.push_back(std::make_shared<const RunBatch>(std::move(rows)));
        m_newest = std::move(newest);
        mustAnnounce = !std::exchange(m_isAnnounced, true);
    }
    if (mustAnnounce)
        emit published();
}

} // namespace Sluice

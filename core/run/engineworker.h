// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/enginecore.h"
#include "core/run/runoutcome.h"

#include <QBasicTimer>

#include <mutex>

namespace Sluice {

/** The part of Engine that lives in the engine thread: makes the core there, publishes its state.
 */
class EngineWorker final : public QObject
{
    Q_OBJECT

public:
    static constexpr int SoonMs = 33;

    /** What the other thread has not taken yet. */
    struct Newest
    {
        LiveSnapshotPtr snapshot;
        std::optional<RunProgress> progress;
        std::vector<RunBatchPtr> rows;
    };

    EngineWorker();
    ~EngineWorker() override;

    /** Engine thread: makes the core. Before anything else. */
    void begin();
    EngineCore &core() { return *m_core; }
    void startSweep(const SweepJob &job);
    /** How often something is published while it changes. */
    void setPublishRate(int perSecond);
    int publishIntervalMs() const { return m_intervalMs; }
    /** A person waits for it: within SoonMs, however slow the rate is. */
    void publishSoon();

    /** Any thread: what came since the last call. */
    Newest take();

signals:
    /** There is something to take(); not said again before it is taken. */
    void published();
    void sendFinished(quint64 id, std::shared_ptr<const SendResult> result);
    void runFinished(RunOutcomePtr outcome);
    void sweepRefused(const Error &why);
    void sweepProgressed(const SweepProgress &progress);
    void sweepLevelMeasured(const SweepLevel &level);
    void sweepStageBegan(const SweepStage &stage);
    void sweepStageFinished(SweepResultPtr result);
    void sweepFinished();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void noteChange();
    void publish();

    std::unique_ptr<EngineCore> m_core;
    QBasicTimer m_timer;
    QBasicTimer m_soon; ///< Ahead of it, once.
    int m_intervalMs = 100;
    qint64 m_publishedUs = 0;
    qint64 m_changedUs = 0;
    std::mutex m_mutex; ///< Guards what follows.
    Newest m_newest;
    bool m_isAnnounced = false;
};

} // namespace Sluice

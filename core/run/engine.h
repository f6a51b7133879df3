// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "core/run/runoutcome.h"
#include "core/run/runplan.h"
#include "core/run/runrows.h"
#include "core/run/sweepjob.h"
#include "core/tuning/sweepplan.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace Sluice {

class EngineWorker;

/**
 * The engine as the window sees it: owns the engine thread with the admission queue, the lanes, the
 * run and the metrics. Every call returns at once; answers come as signals in the caller's thread.
 */
class Engine final : public QObject
{
    Q_OBJECT

public:
    static constexpr int MinLiveRate = 1; ///< A second, when nobody looks.
    static constexpr int MaxLiveRate = 30;
    static constexpr int UsualLiveRate = 10;

    explicit Engine(QObject *parent = nullptr);
    /** Aborts what is in flight and joins the engine thread. */
    ~Engine() override;

    /** Sends one request ahead of any run; the id comes back in sendFinished(). */
    quint64 send(SendJob job);
    void cancelSend(quint64 id);

    /** Starts a run; one at a time, and none beside a sweep: another one is ignored. */
    void startRun(RunPlan plan);
    /** Cancels what is queued and lets the rest finish. */
    void drainRun();
    /** As drainRun(), and aborts what is in flight. */
    void abortRun();

    /**
     * Starts the sweeps that \a job takes, see SweepSequence; answers with sweepRefused() or, in
     * the end, sweepFinished(). Not beside a run: its requests would disturb the measurement.
     */
    void startSweep(SweepJob job);
    /** From startSweep() until it was refused or has ended. */
    bool isSweeping() const { return m_sweeps > 0; }
    /** Lets what is in flight end; what was measured comes with sweepStageFinished(). */
    void stopSweep();

    /** Acts on what is queued and running, at once; \a origin is told on the time axis. */
    void setLimits(const Limits &limits, LimitsOrigin origin = LimitsOrigin::Person);
    void setPaused(bool paused);
    /** Sends to \a endpoint, of a snapshot, before the rest is over that it asked for; None = all.
     */
    void endHold(EndpointId endpoint);

    /**
     * How often liveChanged() and runProgressed() come at most: MinLiveRate to MaxLiveRate a
     * second.
     */
    void setLiveRate(int perSecond);
    /** What part of time the snapshots show from now on; the next one comes soon. */
    void setLiveView(const LiveView &view);
    /** Marks \a atUs on the time axis with \a text; -1 = now. */
    void addLiveNote(qint64 atUs, const QString &text);

signals:
    void sendFinished(quint64 id, std::shared_ptr<const SendResult> result);
    /** As often as setLiveRate() says and only while something changes; the newest wins. */
    void liveChanged(LiveSnapshotPtr snapshot);
    void runProgressed(RunProgress progress);
    /** The rows of finished requests, with runProgressed() and before runFinished(). */
    void runRowsAdded(RunBatchPtr batch);
    void runFinished(RunOutcomePtr outcome);
    void sweepRefused(const Error &why);
    /** Some ten times a second. */
    void sweepProgressed(const SweepProgress &progress);
    void sweepLevelMeasured(const SweepLevel &level);
    void sweepStageBegan(const SweepStage &stage);
    void sweepStageFinished(SweepResultPtr result);
    void sweepFinished();

private:
    void takeNewest();

    QThread m_thread;
    EngineWorker *m_worker; ///< Lives in the thread, which deletes it.
    quint64 m_lastSend = 0;
    int m_sweeps = 0; ///< Started, and neither refused nor ended.
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/sweepdriver.h"

#include <deque>

namespace Sluice {

/**
 * The sweeps that one job takes: of its one host, or of each host by itself and then of the total,
 * with each host at what was found for it. The job's budget is for all of them. Lives in the engine
 * thread.
 */
class SweepSequence final : public QObject
{
    Q_OBJECT

public:
    /** \a driver outlives the sequence, and runs nothing else meanwhile. */
    explicit SweepSequence(SweepDriver &driver, QObject *parent = nullptr);

    /** Fails, and starts nothing, when any of the hosts must not be swept. */
    Result<> start(SweepJob job);
    /** Ends the sweep that goes on, keeps what was measured, and starts no other. */
    void stop();
    /** As stop(), and aborts what is in flight. */
    void abort();
    bool isRunning() const { return m_isRunning; }

signals:
    void stageBegan(const SweepStage &stage);
    void stageFinished(SweepResultPtr result);
    /** After the last stageFinished(). */
    void finished();

private:
    Result<> startNext();
    void takeResult(const SweepResultPtr &result);
    SweepJob totalJob() const;

    SweepDriver &m_driver;
    SweepJob m_job;
    std::vector<SweepTarget> m_targets;
    std::deque<SweepTarget> m_left;
    std::vector<SweepResultPtr> m_results; ///< Of the hosts, as m_targets.
    int m_requestsLeft = 0;                ///< 0 = no budget.
    int m_stage = 0;
    bool m_isRunning = false;
    bool m_isStopping = false;
};

} // namespace Sluice

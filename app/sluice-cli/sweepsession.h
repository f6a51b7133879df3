// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice-cli/sweepoptions.h"
#include "core/run/enginecore.h"

#include <deque>

namespace Sluice {

/**
 * The sweeps of one command, one after another: of one host, or of each host and then of the total
 * over them with each host at what was found for it.
 */
class SweepSession final : public QObject
{
    Q_OBJECT

public:
    SweepSession(SweepOptions options, EngineCore &core, QObject *parent = nullptr);

    /** Starts the first sweep; fails when it must not run. */
    Result<> start();
    /** Ends the sweep that goes on, and starts no other; the second time aborts it. */
    void interrupt(int count);

    const std::vector<SweepResultPtr> &results() const { return m_results; }
    bool wasInterrupted() const { return m_wasInterrupted; }

signals:
    void finished();

private:
    Result<> startNext();
    void ended(const SweepResultPtr &result);
    void showProgress(const SweepProgress &progress);
    void clearProgress();
    SweepJob totalJob() const;

    SweepOptions m_options;
    EngineCore &m_core;
    std::deque<SweepJob> m_jobs;
    std::vector<SweepResultPtr> m_results;
    std::vector<QString> m_hosts; ///< Keys of those swept by themselves.
    qsizetype m_shownLength = 0;
    int m_shownLevel = -1;
    bool m_mustSweepTotal = false;
    bool m_wasInterrupted = false;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice-cli/sweepoptions.h"
#include "core/run/enginecore.h"

namespace Sluice {

/**
 * The sweeps of one command on the terminal: a line that says where they are, then a table and a
 * verdict each.
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
    void takeResult(const SweepResultPtr &result);
    void showProgress(const SweepProgress &progress);
    void clearProgress();

    SweepOptions m_options;
    EngineCore &m_core;
    std::vector<SweepResultPtr> m_results;
    qsizetype m_shownLength = 0;
    int m_shownLevel = -1;
    bool m_wasInterrupted = false;
};

} // namespace Sluice

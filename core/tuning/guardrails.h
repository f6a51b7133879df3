// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweeptypes.h"

namespace Sluice {

/**
 * Decides when a level does harm and must end now, and whether going higher makes sense. Knows the
 * levels before through levelEnded(). A value; no clock.
 */
class Guardrails
{
public:
    explicit Guardrails(const SweepSettings &settings);

    void levelBegan();
    /** Counts one ended request; not None means: end the level, keep what was measured. */
    SweepStop eventEnded(const SweepEvent &event);
    /** \a level has ended; not None means: do not go higher. Only for SweepPass::Ascent. */
    SweepStop levelEnded(const SweepLevel &level);

private:
    double m_errorBudget = 0;
    qint64 m_targetP95Us = 0;
    int m_ended = 0;
    int m_failed = 0;
    int m_timedOut = 0;
    int m_failedInARow = 0;
    qint64 m_baselineP95Us = 0;
    double m_bestThroughput = 0;
    int m_withoutGain = 0;
    int m_collapsed = 0;
};

} // namespace Sluice

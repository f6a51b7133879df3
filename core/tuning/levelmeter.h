// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweeptypes.h"

namespace Sluice {

/**
 * Measures one level: drops the warm-up (one second or twice the 95th percentile, whichever is
 * longer, and one completion a slot), then collects until the throughput is known well enough.
 */
class LevelMeter
{
public:
    /** \a level says limit, pass and block. */
    void begin(const SweepSettings &settings, const SweepLevel &level, qint64 nowUs);
    void ended(const SweepEvent &event);
    /** True when enough is known at \a nowUs, or the level's time is up. */
    bool isComplete(qint64 nowUs);
    void setClientLoad(const ClientLoad &load) { m_level.client = load; }
    int limit() const { return m_level.limit; }
    qint64 beganUs() const { return m_level.beganUs; }
    /** The level as measured so far; \a why is the guard rail that cut it short. */
    SweepLevel result(qint64 nowUs, SweepStop why) const;

private:
    bool endWarmup(qint64 nowUs);

    SweepSettings m_settings;
    SweepLevel m_level;
    std::vector<qint64> m_finishedUs; ///< Successes since the warm-up ended, ascending.
    std::vector<qint64> m_latencyUs;  ///< Of the same.
    std::vector<qint64> m_warmupLatencyUs;
    qint64 m_measuringSinceUs = -1;
    qint64 m_nextCheckUs = 0;
};

} // namespace Sluice

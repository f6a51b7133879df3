// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/timings.h"
#include "core/metrics/loghistogram.h"
#include "core/tuning/sweeptypes.h"

namespace Sluice {

/**
 * Watches what this machine itself spends while a level is measured. Lives in the engine thread,
 * whose processor time and event-loop lag count.
 */
class ClientLoadMeter
{
public:
    void begin(qint64 nowUs);
    /** A timer that was due at \a dueUs has come. */
    void ticked(qint64 dueUs, qint64 nowUs) { m_lag.record(nowUs - dueUs); }
    void requestEnded(const PhaseTimings &timings);
    ClientLoad load(qint64 nowUs) const;

private:
    qint64 m_beganUs = 0;
    qint64 m_threadCpuUs = 0;
    qint64 m_processCpuUs = 0;
    qint64 m_stalledUs = 0;
    qint64 m_ended = 0;
    LogHistogram m_lag;
};

} // namespace Sluice

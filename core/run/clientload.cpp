// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/clientload.h"

#include "core/metrics/cpuclock.h"

#include <QThread>

#include <algorithm>

namespace Sluice {

void ClientLoadMeter::begin(qint64 nowUs)
{
    *this = {};
    m_beganUs = nowUs;
    m_threadCpuUs = threadCpuUs();
    m_processCpuUs = processCpuUs();
}

void ClientLoadMeter::requestEnded(const PhaseTimings &timings)
{
    m_stalledUs += timings.stalledUs();
    ++m_ended;
}

ClientLoad ClientLoadMeter::load(qint64 nowUs) const
{
    const auto passedUs = double(std::max<qint64>(1, nowUs - m_beganUs));
    const double thread = double(threadCpuUs() - m_threadCpuUs) / passedUs;
    const double process = double(processCpuUs() - m_processCpuUs) / passedUs
                           / std::max(1, QThread::idealThreadCount());
    return {std::min(1.0, std::max(thread, process)), m_lag.percentileUs(95),
            m_ended > 0 ? m_stalledUs / m_ended : 0};
}

} // namespace Sluice

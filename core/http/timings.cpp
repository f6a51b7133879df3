// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/timings.h"

#include <algorithm>
#include <numeric>

namespace Sluice {

namespace {

qint64 span(qint64 from, qint64 to)
{
    return from < 0 || to < 0 ? 0 : std::max<qint64>(0, to - from);
}

} // namespace

qint64 PhaseTimings::queuedUs() const
{
    return std::accumulate(waits.begin(), waits.end(), qint64(0));
}

qint64 PhaseTimings::stalledUs() const
{
    const qint64 begunUs = connectUs >= 0 ? connectUs : sentUs;
    return span(admittedUs, begunUs >= 0 ? begunUs : finishedUs);
}

qint64 PhaseTimings::connectingUs() const
{
    return span(connectUs, sentUs >= 0 ? sentUs : finishedUs);
}

qint64 PhaseTimings::waitingUs() const
{
    return span(sentUs, headersUs >= 0 ? headersUs : finishedUs);
}

qint64 PhaseTimings::downloadUs() const
{
    return span(headersUs, finishedUs);
}

qint64 PhaseTimings::onWireUs() const
{
    return span(admittedUs, finishedUs);
}

qint64 PhaseTimings::totalUs() const
{
    return span(enqueuedUs, finishedUs);
}

} // namespace Sluice

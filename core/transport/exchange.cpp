// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/exchange.h"

namespace Sluice {

Exchange::Due Exchange::due() const
{
    Due first;
    const auto consider = [&first](Deadline deadline, qint64 fromUs, qint64 spanUs) {
        if (spanUs > 0 && (first.atUs < 0 || fromUs + spanUs < first.atUs))
            first = {deadline, fromUs + spanUs, spanUs};
    };
    if (timesSent == 0)
        consider(Deadline::Connect, state == State::Held ? startedUs : placedUs,
                 timeouts.connectUs);
    else if (timings.headersUs < 0)
        consider(Deadline::FirstByte, timings.sentUs, timeouts.firstByteUs);
    if (timesSent > 0)
        consider(Deadline::Idle, activeUs, timeouts.idleUs);
    consider(Deadline::Total, startedUs, timeouts.totalUs);
    return first;
}

} // namespace Sluice

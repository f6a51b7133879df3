// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sampling.h"

namespace Sluice {

Sample sampleOf(const Response &response)
{
    Sample sample;
    sample.ticket = TicketId(response.ticket);
    sample.status = response.status;
    if (response.error) {
        sample.error = response.error->code;
        // A later hop or attempt may be refused of what was sent already.
        sample.admitted = !isRefused(response.error->code) || response.timings.sentUs >= 0;
    }
    sample.bytesWire = response.bytesWire;
    sample.bytesBody = response.body.size();
    sample.attempt = response.attempts;
    sample.timesSent = response.timesSent;
    sample.redirects = int(response.redirects.size());
    sample.http2 = response.protocol == "HTTP/2";
    sample.timings = response.timings;
    return sample;
}

bool isRefused(ErrorCode code)
{
    return code == ErrorCode::QueueFull || code == ErrorCode::QueueTimeout;
}

} // namespace Sluice

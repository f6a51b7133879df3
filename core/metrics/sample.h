// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/ticket.h"
#include "core/base/error.h"
#include "core/http/timings.h"

#include <optional>

namespace Sluice {

/** One finished request as the statistics, the samples file and the live view see it. */
struct Sample
{
    quint64 seq = 0;     ///< In order of submission.
    quint32 run = 0;     ///< Number of the run, from 1; 0 = not of a run.
    quint32 request = 0; ///< Index into the run's requests.
    EndpointId endpoint = EndpointId::None;
    TicketId ticket = TicketId::None; ///< Of the last attempt's last hop.
    int status = 0;
    std::optional<ErrorCode> error;
    qint64 bytesWire = 0;
    qint64 bytesBody = 0;
    int attempt = 1;
    int redirects = 0;
    int timesSent = 1; ///< See Response::timesSent.
    bool http2 = false;
    bool admitted = true; ///< False when the queue refused it.
    PhaseTimings timings;
};

} // namespace Sluice

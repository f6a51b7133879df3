// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/admission/ticket.h"

#include <array>
#include <vector>

namespace Sluice {

/** One endpoint at one moment. */
struct EndpointSnapshot
{
    EndpointId id = EndpointId::None;
    QString endpoint; ///< `scheme://host:port`.
    int limit = 0;    ///< In force; 0 = unlimited.
    int inFlight = 0;
    int queued = 0;
    int draining = 0; ///< In flight over the limit, after the limit was lowered.
    WaitReason waitingFor = WaitReason::None;
    qint64 oldestEnqueuedUs = 0; ///< 0 when nothing is queued.
    qint64 holdUntilUs = 0;      ///< 0 when not on hold.
};

/** The whole queue at one moment; an independent value that may cross threads. */
struct AdmissionSnapshot
{
    qint64 atUs = 0;
    Limits limits;
    int inFlight = 0;
    int queued = 0;
    int draining = 0;
    std::array<int, WaitReasonCount> queuedByReason{}; ///< Indexed by WaitReason; sums to `queued`.
    bool paused = false;
    std::vector<EndpointSnapshot> endpoints; ///< Those with something queued, in flight or held.
};

} // namespace Sluice

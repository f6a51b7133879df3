// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/admission/ticket.h"

namespace Sluice {

/** One transition of the queue. Replaying the events of a run rebuilds every gauge exactly. */
struct AdmissionEvent
{
    enum class Kind : quint8 {
        Enqueued,
        Admitted,      ///< `waits` tells what the ticket waited for, as for the next two.
        Cancelled,     ///< Left the queue before it was admitted.
        Refused,       ///< `refusal` says why.
        Released,      ///< `outcome` says how it went.
        LimitsChanged, ///< Those of AdmissionQueue::limits(), or `endpoint`'s adaptive one.
        Paused,
        Resumed,
        HoldBegan, ///< `endpoint` is on hold until `untilUs`.
        HoldEnded,
        WaitsChanged, ///< Nothing moved, but `queuedByReason` changed.
        Idle,         ///< Nothing queued, nothing in flight.
        Closed,
    };

    Kind kind = Kind::Enqueued;
    Priority priority = Priority::Run;
    Refusal refusal = Refusal::Closed;
    Outcome outcome = Outcome::Success;
    EndpointId endpoint = EndpointId::None;
    TicketId ticket = TicketId::None;
    qint64 atUs = 0;
    qint64 untilUs = 0;
    int adaptiveLimit = 0; ///< LimitsChanged of an `endpoint`: the one in force; 0 = none.
    WaitTimes waits{};
    // Gauges after this event.
    int inFlight = 0;
    int hostInFlight = 0;
    int queued = 0;
    int hostQueued = 0;
    /** Indexed by WaitReason; sums to `queued`, less the tickets that are about to be admitted. */
    std::array<int, WaitReasonCount> queuedByReason{};
    /**
     * False while more tickets are about to be admitted at this same instant. A chart of minimum
     * and maximum takes the gauges of settled events only: the others lasted no time. The last
     * event of every instant is settled.
     */
    bool settled = true;
};

/** Hears every transition, in order, after the queue's state is settled. May call back in. */
class AdmissionObserver
{
public:
    virtual ~AdmissionObserver() = default;
    virtual void admissionEvent(const AdmissionEvent &event) = 0;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/indexlist.h"
#include "core/admission/priorityturns.h"

#include <QString>

namespace Sluice {

/** What the queue remembers of an endpoint for good. */
struct EndpointRecord
{
    QString name;
    double paidUntilUs = 0; ///< See RateGate.
    quint32 rateTurn = 0;   ///< The turn that began when its rate let waiting tickets go.
};

/** The limit of an endpoint: apart, because every host that gets something to do asks for it. */
struct EndpointLimit
{
    int adaptive = 0;
    int configured = 0; ///< Valid for `revision`.
    quint32 revision = 0;
};

/** What the queue keeps of an endpoint while something is queued, in flight or on hold there. */
struct alignas(64) HostState
{
    EndpointId endpoint = EndpointId::None; ///< None = a free slot.
    int limit = 0;                          ///< In force; 0 = unlimited.
    int inFlight = 0;
    int queued = 0;
    WaitReason block = WaitReason::None; ///< What of this host itself blocks its queued tickets.
    PriorityMask inRing = 0;
    PriorityTurns turns;
    qint64 holdUntilUs = 0;
    std::array<IndexList, PriorityCount> fifo; ///< Of tickets.
    std::array<IndexLink, PriorityCount> ring; ///< In the ring of admissible hosts.
    WaitTimes waited{};                        ///< Bases of the host's clocks of waiting.

    PriorityMask waiting() const
    {
        PriorityMask mask = 0;
        for (std::size_t p = 0; p < PriorityCount; ++p)
            mask |= fifo[p].isEmpty() ? 0 : maskOf(Priority(p));
        return mask;
    }
};
static_assert(sizeof(HostState) == 128);

/** Asks for both cache lines of \a host. */
inline void prefetch(const HostState &host)
{
    __builtin_prefetch(&host);
    __builtin_prefetch(&host.waited.back());
}

} // namespace Sluice

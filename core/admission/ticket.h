// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <cstddef>

namespace Sluice {

/** Names one ticket for the life of its queue; never used twice. 0 is no ticket. */
enum class TicketId : quint64 { None = 0 };

/** An endpoint as the queue knows it: an index that AdmissionQueue::endpoint() hands out. */
enum class EndpointId : quint32 { None = 0xffffffff };

/** Order inside one host. No priority breaks a limit. */
enum class Priority : quint8 {
    Continuation, ///< A redirect hop or a retry that is due.
    Interactive,  ///< A person pressed Send.
    Run,
};
inline constexpr std::size_t PriorityCount = 3;

/** What a queued ticket waits for. Where several hold, the first of this list is named. */
enum class WaitReason : quint8 {
    Paused, ///< Dispatch is paused.
    Hold,   ///< The host asked for a rest (429/503 with Retry-After).
    HostLimit,
    HostRate,
    TotalLimit,
    TotalRate,
    None, ///< Not waiting.
};
inline constexpr std::size_t WaitReasonCount = 6;

/** Microseconds waited for each reason; indexed by WaitReason. Their sum is the queued time. */
using WaitTimes = std::array<qint64, WaitReasonCount>;

/** How an admitted ticket ended, for adaptive limits. */
enum class Outcome : quint8 {
    Success,
    Ignored, ///< Says nothing about the server: cancelled, or it never got there.
    Dropped, ///< A sign of overload: time-out, 429, 503, connection refused or reset.
};

/** Why a ticket was never admitted. */
enum class Refusal : quint8 { QueueFull, QueueTimeout, Closed };

} // namespace Sluice

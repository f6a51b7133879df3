// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace Sluice {

struct Sample;

/** How a finished request is counted in the throughput chart. */
enum class ReplyClass : quint8 {
    Success,  ///< 1xx and 2xx.
    Redirect, ///< 3xx that was not followed.
    ClientError,
    Limited, ///< 429 and 503: the server asks for less.
    ServerError,
    Timeout,
    NoReply, ///< Refused, reset, not admitted, cancelled.
};
inline constexpr std::size_t ReplyClassCount = 7;
using ReplyCounts = std::array<int, ReplyClassCount>; ///< Indexed by ReplyClass.

/** The class that \a sample is counted in. */
ReplyClass replyClass(const Sample &sample);
/** Neither 2xx nor 3xx. */
bool isFailure(ReplyClass reply);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
// What the dispatcher keeps of each request; its own files only.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <array>
#include <optional>

namespace Sluice {

/** One submitted request, over all its hops and attempts. */
struct Dispatcher::Job
{
    enum class State : quint8 { Free, Queued, InFlight, Backoff, Ended };

    quint32 slot = 0;
    quint32 generation = 0;
    State state = State::Free;
    bool cancelled = false;
    Priority priority = Priority::Run;
    quint64 tag = 0;
    DispatchClient *client = nullptr;
    SharedRequest request;
    EndpointId endpoint = EndpointId::None;
    TicketId ticket = TicketId::None;
    ExchangeId exchange = ExchangeId::None;
    int attempts = 1;
    int retries = 0; ///< Of those the ones that count against `maxRetries`.
    int redirectsLeft = 0;
    qint64 totalTimeoutUs = 0;
    qint64 onWireUs = 0; ///< Spent by the hops of this attempt.
    qint64 enqueuedUs = 0;
    qint64 admittedUs = -1;
    qint64 sentUs = -1; ///< When a hop of it last was.
    WaitTimes waits{};
    std::vector<RedirectHop> redirects;
    std::optional<Error> error; ///< Of a request that ended without an exchange.

    void addWaits(const WaitTimes &more)
    {
        for (std::size_t reason = 0; reason < WaitReasonCount; ++reason)
            waits[reason] += more[reason];
    }
    RequestId id() const { return RequestId(quint64(generation) << 32 | (slot + 1)); }
};

/** One admitted ticket and its exchange, which may outlast the request. */
struct Dispatcher::Flight
{
    TicketId ticket = TicketId::None;
    RequestId request = RequestId::None;
    EndpointId endpoint = EndpointId::None;
    Outcome outcome = Outcome::Ignored;
    int hostInFlight = 0; ///< When it was admitted, with it.
    qint64 admittedUs = 0;
};

struct Dispatcher::DueRetry
{
    qint64 atUs = 0;
    RequestId request = RequestId::None;

    bool operator<(const DueRetry &other) const { return atUs > other.atUs; }
};

} // namespace Sluice

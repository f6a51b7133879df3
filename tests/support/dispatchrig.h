// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/qnamtransport.h"

#include <functional>

namespace Sluice::Test {

/** A dispatcher over the real transport, and everything that finished. */
class DispatchRig final : public DispatchClient
{
public:
    explicit DispatchRig(const Limits &limits);

    RequestId submit(const PreparedRequest &request, Priority priority = Priority::Run);
    void submitMany(const PreparedRequest &request, int count);
    /** Runs the event loop until nothing is queued, in flight or closing; false after \a ms. */
    bool waitIdle(int ms = 60000);

    void requestFinished(RequestId request, quint64 tag, Response &&response) override;

    SteadyClock clock;
    QnamTransport transport{clock};
    Dispatcher dispatcher{clock, transport};
    std::vector<Response> responses;          ///< In order of finishing, without bodies.
    std::function<void(int done)> onFinished; ///< Called after each.
};

/** Limits with \a total and \a perHost, all else by default. */
Limits limitsOf(int total, int perHost = 0);

/** A GET of \a url over HTTP/1.1. */
PreparedRequest getRequest(const QUrl &url);

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/qnamtransport.h"
#include "tests/support/loopbackserver.h"

#include <vector>

namespace Sluice::Test {

/** A real transport and what it said. */
struct TransportRig final : TransportClient
{
    TransportRig() { transport.setClient(this); }
    void exchangeFinished(ExchangeId exchange, quint64 tag, Response &&response) override;
    void exchangeClosed(ExchangeId exchange, quint64 tag) override;
    void connectionBegan(const QString &endpoint) override { began.append(endpoint); }

    /** Until so many exchanges are closed; false when that takes too long. */
    bool wait(int count = 1);
    /** Sends one request and returns how it ended. */
    Response run(const PreparedRequest &request);

    SteadyClock clock;
    QnamTransport transport{clock};
    std::vector<quint64> finished; ///< Tags.
    std::vector<quint64> closed;   ///< Tags.
    std::vector<Response> responses;
    QStringList began; ///< Endpoints of the connections.
};

PreparedRequest to(const QUrl &url, const QByteArray &method = "GET");

LoopbackServer::Script always(const ScriptedReply &reply);
/** Answers 200 with `hello`. */
LoopbackServer::Script ok();
/** Just these bytes. */
ScriptedReply raw(const QByteArray &bytes, bool closeAfter);

} // namespace Sluice::Test

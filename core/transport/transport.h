// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/preparedrequest.h"
#include "core/http/response.h"

namespace Sluice {

/** Names one exchange (one request on the wire, no redirects followed). */
enum class ExchangeId : quint64 { None = 0 };

/** Hears how exchanges end. */
class TransportClient
{
public:
    virtual ~TransportClient() = default;
    /** The reply is complete, or has failed. Comes exactly once for each exchange. */
    virtual void exchangeFinished(ExchangeId exchange, quint64 tag, Response &&response) = 0;
    /**
     * The exchange no longer occupies a connection; its slot may be given to another. Comes exactly
     * once, after exchangeFinished(): at once for a complete reply, later for an aborted one, whose
     * connection Qt closes in its own time.
     */
    virtual void exchangeClosed(ExchangeId exchange, quint64 tag) = 0;
    /**
     * A connection to \a endpoint (`scheme://host:port`) begins, for whichever exchange comes to
     * use it. Comes once for each, from the event loop.
     */
    virtual void connectionBegan(const QString &endpoint) { Q_UNUSED(endpoint) }
};

/**
 * Puts requests on the wire. Never queues: whoever calls start() holds an admission slot for it.
 * Lives in the engine thread. Neither callback comes from inside start() or abort().
 */
class Transport
{
public:
    virtual ~Transport() = default;
    /** Sets who hears of the exchanges; \a client outlives the transport's last exchange. */
    virtual void setClient(TransportClient *client) = 0;
    virtual ExchangeId start(const PreparedRequest &request, quint64 tag) = 0;
    /** Ends an exchange early with ErrorCode::Cancelled; no-op once it has finished. */
    virtual void abort(ExchangeId exchange) = 0;
    /** HTTP/2 streams that one connection may carry; further ones open another connection. */
    virtual void setStreamsPerConnection(int streams) = 0;
    /** How long an unused connection stays open, at least 1; acts on hosts that have none open. */
    virtual void setIdleExpirySeconds(int seconds) = 0;
    /** How many connections are wanted at most, idle ones included; 0 = any number. */
    virtual void setConnectionLimit(int connections) = 0;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/laneset.h"
#include "core/transport/replyerror.h"
#include "core/transport/transport.h"
#include "core/transport/wirerequest.h"

namespace Sluice {

class LaneGroup;

/** What has become of the connection of an exchange that is over. */
enum class ConnectionEnd : quint8 {
    Stays,   ///< Good for the next exchange, unless the reply says otherwise.
    Gone,    ///< It is closed.
    Unknown, ///< Qt is closing it, or is about to.
};

/** One request on the wire, from Transport::start() until its connection is free again. */
struct Exchange
{
    enum class State : quint8 {
        Free,
        Held, ///< Waits for the request that finds out what its host speaks.
        Running,
        Failed,  ///< Not sent; the client will be told from the event loop.
        Closing, ///< The client knows the end; Qt is still closing the connection.
    };

    quint32 slot = 0;
    quint32 generation = 0;
    State state = State::Free;
    quint64 tag = 0;
    LaneGroup *group = nullptr;
    int host = -1;
    LanePlace place;
    bool probes = false; ///< Finds out what its host speaks.
    bool http2 = false;
    QNetworkReply *reply = nullptr;
    QNetworkReply *ending = nullptr; ///< The client knows the end; Qt is yet to abort it.
    WireRequest wire;
    QUrl url;
    QString hostName; ///< `host:port`, for messages.
    Timeouts timeouts;
    qint64 maxBodyBytes = 0;
    bool useCookies = true;
    quint32 cookieJar = 0;
    PhaseTimings timings;
    qint64 startedUs = 0;
    qint64 placedUs = 0; ///< When Qt was given it.
    quint64 number = 0;  ///< In the order in which Qt was given them.
    qint64 activeUs = 0; ///< When a byte last moved.
    int timesSent = 0;
    std::optional<Error> error; ///< Why we ended it ourselves.

    ExchangeId id() const { return ExchangeId(quint64(generation) << 32 | (slot + 1)); }
    bool isWaiting() const { return state == State::Held || state == State::Running; }

    struct Due
    {
        Deadline deadline = Deadline::Total;
        qint64 atUs = -1; ///< -1 = never.
        qint64 spanUs = 0;
    };
    /** The deadline that runs out first, as things stand. */
    Due due() const;
};

} // namespace Sluice

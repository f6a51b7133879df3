// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/http/header.h"
#include "core/http/timings.h"

#include <QUrl>

#include <optional>
#include <vector>

namespace Sluice {

/** A redirect that was followed on the way to a response. */
struct RedirectHop
{
    QUrl url;
    int status = 0;
};

/** The end of one request: a reply, or the error that took its place. */
struct Response
{
    int status = 0; ///< 0 when no reply came.
    QByteArray reason;
    HeaderList headers;
    QByteArray body;        ///< Decoded.
    qint64 bytesWire = 0;   ///< Body bytes before decoding, where known.
    QByteArray protocol;    ///< `HTTP/1.1` or `HTTP/2`.
    QUrl url;               ///< Of the last hop.
    QByteArray method;      ///< Of the last hop.
    HeaderList sentHeaders; ///< As they went out, credentials included.
    std::vector<RedirectHop> redirects;
    PhaseTimings timings;
    quint64 ticket = 0; ///< Of the last hop, in the admission queue; 0 = it had none.
    int attempts = 1;   ///< Our retries count.
    int timesSent = 1;  ///< Times Qt wrote the last attempt; > 1 means that Qt resent it.
    /** The server says that it did nothing about the request (RFC 9113 8.7). */
    bool unprocessed = false;
    std::optional<Error> error;

    bool failed() const { return error.has_value(); }
};

} // namespace Sluice

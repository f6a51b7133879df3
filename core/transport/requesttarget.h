// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/endpoint.h"
#include "core/http/preparedrequest.h"

namespace Sluice {

/** Where a request goes: what its URL and its `resolve` rules come to. */
struct RequestTarget
{
    Endpoint endpoint;    ///< Invalid for what is not http or https.
    QString hostName;     ///< `host:port`, for messages.
    QByteArray hostField; ///< The value of `Host` (RFC 9110 7.2).
    QString address;      ///< Where `resolve` sends it instead of the URL's host; else empty.
    int host = -1;        ///< Of the lanes.

    /** Leaves `host` to be found. */
    static RequestTarget of(const PreparedRequest &request);
    /** Tells connections apart that must not be shared. */
    QString laneKey() const;
};

} // namespace Sluice

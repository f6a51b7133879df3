// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/preparedrequest.h"
#include "core/http/response.h"

namespace Sluice {

/** True for a reply that sends the request elsewhere: 301, 302, 303, 307 or 308 with a Location. */
bool isRedirect(const Response &response);

/**
 * The request that follows \a response, a redirect of \a request (RFC 9110 15.4, with the method
 * changes that the Fetch standard settled on: 303 turns all but HEAD into GET, 301 and 302 turn
 * POST into GET). When the origin changes, everything that carries a credential is left out:
 * Authorization, Cookie, Proxy-Authorization, `credentialHeaders`, fields whose name says so, and
 * the client certificate; and what is about the one place: Host and the conditions (If-Match, …).
 * Fails with ErrorCode::InvalidUrl when the place is not http or https.
 */
Result<PreparedRequest> followRedirect(const PreparedRequest &request, const Response &response);

} // namespace Sluice

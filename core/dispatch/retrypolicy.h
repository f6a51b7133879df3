// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/ticket.h"
#include "core/http/preparedrequest.h"
#include "core/http/response.h"

#include <QDateTime>

#include <optional>

namespace Sluice {

/**
 * True when \a response may be had again: the method is idempotent (RFC 9110 9.2.2) and either the
 * connection failed or timed out, or the status is 408, 429, 502, 503 or 504.
 */
bool isRetryable(const PreparedRequest &request, const Response &response);

/**
 * The wait before attempt number \a attempt + 1, in microseconds: full jitter over a capped
 * exponential, `random × min(cap, base × 2^(attempt − 1))` with base 250 ms and cap 30 s; \a random
 * is in [0, 1).
 */
qint64 backoffUs(int attempt, double random);

/**
 * How long the reply asks for a rest, in microseconds, from `Retry-After` in either form
 * (RFC 9110 10.2.3). A date counts from the reply's own Date where there is one, else from \a now.
 */
std::optional<qint64> retryAfterUs(const HeaderList &headers, const QDateTime &now);

/** What \a response says about the server, for adaptive limits. */
Outcome outcomeOf(const Response &response);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

namespace Sluice {

/** One request of a curl command line. */
struct CurlRequest
{
    RequestSpec request;
    SendOptions options; ///< How curl would connect; no part of a saved request.
    /** Options that `options` holds, for those who only take the request. */
    std::vector<Error> connection;
};

/** Everything that a text of curl commands asks for. */
struct CurlCommands
{
    std::vector<CurlRequest> requests;
    std::vector<Error> issues; ///< Options that have no counterpart, with line and column.
};

/**
 * Reads one or more curl command lines, as people copy them from a browser (POSIX or cmd), a manual
 * or a script. Files that they name are not read: they become file bodies. Parse when no curl
 * command is in \a text or it cannot be taken apart.
 */
Result<CurlCommands> readCurl(const QString &text);

/** True when \a text looks like a curl command line. */
bool looksLikeCurl(const QString &text);

} // namespace Sluice

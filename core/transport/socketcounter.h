// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <map>

namespace Sluice {

/** The TCP connections of this process at one moment, as the system sees them. */
struct OpenSockets
{
    /** Connecting, connected or closing, idle ones included; listeners are not. */
    int total = 0;
    std::map<QString, int> byPeer; ///< By `address:port` of the other end, IPv6 in brackets.
};

/**
 * Asks Linux for this process's TCP connections: the truth that neither the queue nor Qt can tell.
 * Takes about a microsecond for each open file; from any thread. Fails with ErrorCode::Unsupported
 * on other systems.
 */
Result<OpenSockets> countOpenSockets();

/**
 * Connections that programs of this machine have let go of while the other end has not yet, by
 * `address:port` of the other end. They belong to no process any more, so other programs' are
 * among them.
 */
Result<std::map<QString, int>> countHalfClosedSockets();

/**
 * Lets this process have as many files open as the system allows it, and says how many that is.
 * Each connection takes one. Fails with ErrorCode::Unsupported where there is no such limit.
 */
Result<qint64> raiseOpenFileLimit();

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Sluice {

struct RequestTarget;

/** How the sockets that one host has on a lane are kept apart. */
struct Pooling
{
    /** Qt 6.4 opens six HTTP/1.1 connections to a host for each of its pools; no setting. */
    static constexpr int SocketsMax = 6;
    /** Connections that one thread has the time for, and more. */
    static constexpr int PerLane = 64;

    int pools = 1;            ///< That one lane can have.
    int sockets = SocketsMax; ///< HTTP/1.1 connections of each. HTTP/2 has one.

    bool operator==(const Pooling &) const = default;
};

/**
 * The pools that a host can have on one lane. Qt keeps a pool of connections for each endpoint and
 * each name that its certificate is checked against (QNetworkRequest::setPeerVerifyName()); a host
 * has as many pools as its name has spellings, and one more for no name at all.
 *
 * Where they lead to an address, each pool has a single connection, and Qt is never left to choose
 * one. Behind a name there may be addresses of both families, and Qt tries both for the first
 * connection of each pool (RFC 8305), so they are few and large. So they are where a certificate is
 * checked against an address (\a verifyTls), since some name an address as if it were a host, and
 * then Qt compares the spelling.
 */
Pooling poolingOf(const RequestTarget &target, bool verifyTls);

/**
 * The spelling \a index of \a host, 0 = as it is. To servers and certificates all are the same:
 * names compare without case (RFC 4343) and are sent in lower case, and of addresses Qt takes off
 * the spaces.
 */
QString spelling(const QString &host, int index);

} // namespace Sluice

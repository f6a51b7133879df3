// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace Sluice {

/** Where connections lead. */
struct PeerAddress
{
    QString address; ///< Empty when a name is all that is known.
    quint16 port = 0;

    /** \a host may be a name or an address. */
    static PeerAddress of(const QString &host, quint16 port);
    /** False when connections to one are certainly none to the other. */
    bool mayBe(const PeerAddress &other) const;
    /** `address:port`, IPv6 in brackets. */
    QString toString() const;
};

/**
 * A second descriptor of a TCP connection of this process. While it is held, the connection stays
 * as it is although its owner closes it, which nobody else is told. Any thread.
 */
class KeptSocket
{
public:
    KeptSocket(int original, int copy);
    ~KeptSocket();
    KeptSocket(KeptSocket &&other) noexcept;
    KeptSocket &operator=(KeptSocket &&other) noexcept;

    int descriptor() const { return m_copy; }
    /** None while the connection is being established, and when it was over before. */
    std::optional<PeerAddress> peer() const;
    /** True when the owner has closed it. */
    bool isAbandoned() const;
    /** Tells the other end that nothing more will come (FIN). */
    void shutDown();
    /**
     * Reads what the other end still sends, some of it at a time, and returns how many bytes that
     * were; nothing when the other end has closed the connection, or has reset it.
     */
    std::optional<qint64> discard();
    /**
     * Gives the connection up (RST). Returns how long that may take to arrive, in microseconds: the
     * time-out that RFC 6298 2.3 computes from the round trips so far.
     */
    qint64 reset();

private:
    int m_original;
    int m_copy;
    std::optional<PeerAddress> m_peer; ///< When it was taken.
};

/**
 * Keeps each connection of this process that leads to one of \a ports or is being established,
 * except where \a isExcepted says so of its descriptor. Fails where the system cannot tell them,
 * and when that would take a descriptor of \a endOfFiles or above (0 = any).
 */
Result<std::vector<KeptSocket>> keepSockets(const std::set<quint16> &ports,
                                            const std::function<bool(int)> &isExcepted,
                                            qint64 endOfFiles);

} // namespace Sluice

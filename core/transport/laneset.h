// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <vector>

namespace Sluice {

/** What a host speaks, as far as a lane group knows. */
enum class WireProtocol : quint8 {
    Unknown, ///< An https host not yet asked: one request goes first and finds out.
    Http1,
    Http2,
};

/**
 * Chooses lanes: counts the exchanges of each host on each lane, so that Qt is never handed more
 * than it can put on the wire at once. Bookkeeping only; owns no socket.
 *
 * A host takes turns over the first `spread` lanes, beginning with its own, then takes the lowest
 * lane with room. In this order the sockets that a host leaves open never outnumber the most
 * exchanges it ever had in flight, and the high lanes fall idle first.
 */
class LaneSet
{
public:
    /** Qt 6.4 opens six HTTP/1.1 connections to a host for each manager and offers no setting. */
    static constexpr int Http1Capacity = 6;

    /** \a spread: how many lanes, and so threads, a single host is spread over; at least 1. */
    explicit LaneSet(int spread);

    /** The index of the host \a key, a new one when it was never seen. */
    int host(const QString &key);
    WireProtocol protocol(int host) const { return m_hosts[std::size_t(host)].protocol; }
    void setProtocol(int host, WireProtocol protocol);
    /** HTTP/2 streams for each lane and host; at least 1. */
    void setStreamsPerConnection(int streams);

    /** Takes a place for one exchange and returns its lane; there is always a next lane. */
    int take(int host);
    void give(int host, int lane);
    int inFlight(int host, int lane) const;
    /** One more than the highest lane ever taken. */
    int laneCount() const { return m_laneCount; }

private:
    struct Host
    {
        WireProtocol protocol = WireProtocol::Unknown;
        int home = 0;
        int lowestWithRoom = 0; ///< No lane in spread…lowestWithRoom has room.
        std::vector<int> inFlight;
    };

    int capacity(const Host &host) const;
    int load(const Host &host, int lane) const;
    int leastLoaded(const Host &host) const;
    int firstWithRoom(const Host &host) const;

    int m_spread;
    int m_streams = 100;
    int m_laneCount = 0;
    std::vector<Host> m_hosts;
    QHash<QString, int> m_indexes;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/pooling.h"

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

/** Where an exchange goes. */
struct LanePlace
{
    int lane = -1; ///< -1 = nowhere.
    int pool = 0;

    bool operator==(const LanePlace &) const = default;
};

/**
 * Chooses lanes, and pools on them: counts the exchanges of each host in each, so that Qt is never
 * handed more than it can put on the wire at once, and the sockets that it may have open, idle ones
 * included. Bookkeeping only; owns no socket.
 *
 * A host uses a socket of its own again before it opens another, so its sockets never outnumber
 * the most exchanges that it had in flight. New ones go to the host's own lanes, of which the first
 * `spread` take turns; hosts keep apart while there are lanes that nobody uses, because only a lane
 * at rest can be rid of its idle sockets. Low pools come first, so that the sockets of the others
 * expire when fewer are needed.
 */
class LaneSet
{
public:
    /** Lanes, and so threads, that are made to keep hosts apart; more only when all are full. */
    static constexpr int ApartMax = 8;

    /** \a spread: how many lanes, and so threads, a single host is spread over; at least 1. */
    explicit LaneSet(int spread);

    /** The index of the host \a key, a new one with \a pooling when it was never seen. */
    int host(const QString &key, const Pooling &pooling = {});
    const QString &key(int host) const { return m_hosts[std::size_t(host)].key; }
    WireProtocol protocol(int host) const { return m_hosts[std::size_t(host)].protocol; }
    void setProtocol(int host, WireProtocol protocol);
    /** HTTP/2 streams of each connection; at least 1. */
    void setStreamsPerConnection(int streams);
    /** Takes a place for one exchange; there is always a next lane. */
    LanePlace take(int host);
    /** Gives the place back; \a closed says that an HTTP/1 socket went with it. */
    void give(int host, const LanePlace &place, qint64 nowUs, bool closed = false);
    /** The connection of \a host at \a place takes no new stream; what it carries may end. */
    void goAway(int host, const LanePlace &place);
    /**
     * A connection of \a host at \a place is of no use, and Qt would use it again: nothing more
     * goes to its pool before its sockets are gone, by cleared() or forgetUnusedSince().
     */
    void spoil(int host, const LanePlace &place);
    /** True when \a lane carries nothing and has a pool that was spoilt. */
    bool isSpoiltAtRest(int lane) const;

    /** An exchange of \a host at \a place is on the wire, */
    void sent(int host, const LanePlace &place);
    /** and that one is over; before give(). */
    void answered(int host, const LanePlace &place);
    /** Something came from \a host at \a place. */
    void heard(int host, const LanePlace &place, qint64 nowUs);
    qint64 heardUs(int host, const LanePlace &place) const;
    /** True when not all that \a place carries has been sent. */
    bool hasUnsent(int host, const LanePlace &place) const;
    /** \a host takes no more streams on a connection than it ever had at \a place. */
    void limitStreams(int host, const LanePlace &place);

    /** True when the next take() for \a host opens a socket. */
    bool needsSocket(int host) const;
    /** The most sockets that may be open now, over all hosts. */
    int openSockets() const { return m_open; }
    /** Of pools that have carried nothing since before \a us, the sockets have expired. */
    void forgetUnusedSince(qint64 us);
    /** A lane that carries nothing and has sockets open, the one unused for longest; -1 = none. */
    int restingLane() const;
    /** True when \a lane carries nothing and has sockets open. */
    bool isResting(int lane) const { return m_lanes[std::size_t(lane)].isResting(); }
    /** The hosts that may have sockets open on \a lane. */
    std::vector<int> hostsOn(int lane) const;
    /** \a lane, which carries nothing, has lost its sockets; returns how many, by host. */
    std::vector<std::pair<int, int>> cleared(int lane);

    int inFlight(int host, int lane) const;
    /** Sockets that \a host may have open on \a lane, in use or idle. */
    int open(int host, int lane) const;
    /** One more than the highest lane ever taken. */
    int laneCount() const { return int(m_lanes.size()); }

private:
    struct Pool
    {
        quint16 inFlight = 0;
        quint16 open = 0; ///< Sockets, in use or idle.
        quint16 sent = 0; ///< Of those in flight.
        quint16 mostSent = 0;
        bool goesAway = false;
        bool isSpoilt = false; ///< Only while sockets are open.
        qint64 leftUs = 0;     ///< When an exchange last ended on it.
        qint64 heardUs = 0;    ///< When something last came.
    };
    /** One host on one lane. */
    struct Share
    {
        int inFlight = 0;
        int open = 0;
        int spoilt = 0; ///< Pools.
        std::vector<Pool> pools;
    };
    struct Host
    {
        QString key;
        Pooling pooling;
        WireProtocol protocol = WireProtocol::Unknown;
        int streams = 0;           ///< That the server allows on a connection; 0 = not known.
        std::vector<Share> shares; ///< By lane.

        int socketsPerPool() const;
        int capacity() const { return pooling.pools * socketsPerPool(); }
    };
    struct Lane
    {
        int inFlight = 0;
        int open = 0;
        int spoilt = 0; ///< Pools, of all hosts.
        quint64 lastTaken = 0;

        bool isEmpty() const { return inFlight == 0 && open == 0; }
        bool isResting() const { return inFlight == 0 && open > 0; }
    };

    const Share *share(int host, int lane) const;
    Pool &poolAt(int host, const LanePlace &place);
    const Pool &poolAt(int host, const LanePlace &place) const;
    int streamsOf(const Host &host) const;
    bool hasIdleSocket(const Host &host, const Share &share) const;
    bool hasRoomForSocket(const Host &host, const Share &share) const;
    bool takesMore(const Host &host, const Pool &pool) const;
    bool takesMoreSurely(const Host &host, const Pool &pool) const;
    int withIdleSocket(const Host &host) const;
    int withFreeStream(const Host &host) const;
    int withRoom(const Host &host) const;
    int forNewSocket(const Host &host) const;
    int ownWithRoom(const Host &host) const;
    int poolFor(const Host &host, Share &share) const;
    int emptyLane() const;
    int sharedLane(const Host &host) const;
    void addOpen(Share &share, const LanePlace &place, int count);
    void unspoil(Share &share, const LanePlace &place);

    int m_spread;
    int m_streams = 100;
    int m_open = 0;
    quint64 m_taken = 0;
    std::vector<Lane> m_lanes;
    std::vector<Host> m_hosts;
    QHash<QString, int> m_indexes;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
// How lanes and pools are chosen.
#include "core/transport/laneset.h"

#include <algorithm>

namespace Sluice {

int LaneSet::streamsOf(const Host &host) const
{
    return host.streams > 0 ? std::min(host.streams, m_streams) : m_streams;
}

/** True when an open connection of \a pool can carry another exchange at once. */
bool LaneSet::takesMore(const Host &host, const Pool &pool) const
{
    if (host.protocol == WireProtocol::Http2)
        return pool.open > 0 && pool.inFlight < streamsOf(host) && !pool.goesAway && !pool.isSpoilt;
    return pool.open > pool.inFlight && !pool.isSpoilt;
}

bool LaneSet::hasIdleSocket(const Host &host, const Share &share) const
{
    if (share.spoilt == 0)
        return share.open > share.inFlight;
    return std::ranges::any_of(share.pools,
                               [&](const Pool &pool) { return takesMore(host, pool); });
}

bool LaneSet::hasRoomForSocket(const Host &host, const Share &share) const
{
    if (share.spoilt == 0)
        return share.open < host.capacity();
    const int sockets = host.socketsPerPool();
    return std::ssize(share.pools) < host.pooling.pools
           || std::ranges::any_of(
               share.pools,
               [sockets](const Pool &pool) { return !pool.isSpoilt && int(pool.open) < sockets; });
}

/**
 * The same, of a connection that is known to work: what is still being set up may hang. Over
 * HTTP/1.1 no other takes more.
 */
bool LaneSet::takesMoreSurely(const Host &host, const Pool &pool) const
{
    return takesMore(host, pool) && (pool.heardUs > 0 || host.protocol != WireProtocol::Http2);
}

/** The lowest pool of \a share that takes more, else the lowest that can open a connection. */
int LaneSet::poolFor(const Host &host, Share &share) const
{
    std::vector<Pool> &pools = share.pools;
    auto found = std::ranges::find_if(
        pools, [this, &host](const Pool &pool) { return takesMoreSurely(host, pool); });
    if (found == pools.end()) {
        found = std::ranges::find_if(
            pools, [this, &host](const Pool &pool) { return takesMore(host, pool); });
    }
    if (found == pools.end()) {
        const int sockets = host.socketsPerPool();
        found = std::ranges::find_if(pools, [sockets](const Pool &pool) {
            return int(pool.open) < sockets && !pool.isSpoilt;
        });
    }
    if (found == pools.end())
        found = pools.emplace(found);
    return int(found - pools.begin());
}

bool LaneSet::needsSocket(int hostIndex) const
{
    return withRoom(m_hosts[std::size_t(hostIndex)]) < 0;
}

/** The lane on which an open connection of \a host can carry another exchange; -1 = none. */
int LaneSet::withRoom(const Host &host) const
{
    return host.protocol == WireProtocol::Http2 ? withFreeStream(host) : withIdleSocket(host);
}

/** Of the host's first lanes the one with the least to do, else the lowest; -1 = none. */
int LaneSet::withIdleSocket(const Host &host) const
{
    int best = -1;
    int own = 0;
    for (std::size_t lane = 0; lane < host.shares.size(); ++lane) {
        const Share &share = host.shares[lane];
        if (share.open == 0)
            continue;
        if (++own > m_spread && best >= 0)
            break;
        if (hasIdleSocket(host, share)
            && (best < 0 || share.inFlight < host.shares[std::size_t(best)].inFlight))
            best = int(lane);
    }
    return best;
}

/** One connection is filled before the next is opened. */
int LaneSet::withFreeStream(const Host &host) const
{
    for (const auto takes : {&LaneSet::takesMoreSurely, &LaneSet::takesMore}) {
        const auto found = std::ranges::find_if(host.shares, [&](const Share &share) {
            return std::ranges::any_of(
                share.pools, [&](const Pool &pool) { return (this->*takes)(host, pool); });
        });
        if (found != host.shares.end())
            return int(found - host.shares.begin());
    }
    return -1;
}

int LaneSet::forNewSocket(const Host &host) const
{
    const int empty = emptyLane();
    const auto own =
        std::ranges::count_if(host.shares, [](const Share &share) { return share.open > 0; });
    if (own < m_spread && empty < ApartMax)
        return empty;
    if (const int lane = ownWithRoom(host); lane >= 0)
        return lane;
    if (empty < ApartMax)
        return empty;
    const int shared = sharedLane(host);
    return shared >= 0 ? shared : empty;
}

/** As withIdleSocket(), of the lanes where the host may open another. */
int LaneSet::ownWithRoom(const Host &host) const
{
    int best = -1;
    int own = 0;
    for (std::size_t lane = 0; lane < host.shares.size(); ++lane) {
        const Share &share = host.shares[lane];
        if (share.open == 0)
            continue;
        if (++own > m_spread && best >= 0)
            break;
        if (hasRoomForSocket(host, share)
            && (best < 0 || share.inFlight < host.shares[std::size_t(best)].inFlight))
            best = int(lane);
    }
    return best;
}

/** The lowest lane that nobody uses; there is always one. */
int LaneSet::emptyLane() const
{
    const auto found = std::ranges::find_if(m_lanes, &Lane::isEmpty);
    return int(found - m_lanes.begin());
}

/** The lane of other hosts with the least to do; -1 when the host has its part of each. */
int LaneSet::sharedLane(const Host &host) const
{
    int best = -1;
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        const bool taken = lane < host.shares.size() && host.shares[lane].open > 0;
        if (taken)
            continue;
        if (best < 0 || m_lanes[lane].open < m_lanes[std::size_t(best)].open)
            best = int(lane);
    }
    return best;
}

} // namespace Sluice

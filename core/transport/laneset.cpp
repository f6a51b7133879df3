// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/laneset.h"

#include <algorithm>
#include <utility>

namespace Sluice {

LaneSet::LaneSet(int spread) : m_spread(std::max(1, spread)) {}

/** Until a handshake has said more, Qt puts all requests of a pool on its one connection. */
int LaneSet::Host::socketsPerPool() const
{
    return protocol == WireProtocol::Http1 ? pooling.sockets : 1;
}

int LaneSet::host(const QString &key, const Pooling &pooling)
{
    const auto found = m_indexes.constFind(key);
    if (found != m_indexes.cend())
        return *found;
    const int index = int(m_hosts.size());
    m_hosts.push_back({key, pooling, WireProtocol::Unknown, {}});
    m_indexes.insert(key, index);
    return index;
}

void LaneSet::setProtocol(int host, WireProtocol protocol)
{
    m_hosts[std::size_t(host)].protocol = protocol;
}

void LaneSet::setStreamsPerConnection(int streams)
{
    m_streams = std::max(1, streams);
}

const LaneSet::Share *LaneSet::share(int host, int lane) const
{
    const std::vector<Share> &shares = m_hosts[std::size_t(host)].shares;
    return std::size_t(lane) < shares.size() ? &shares[std::size_t(lane)] : nullptr;
}

int LaneSet::inFlight(int host, int lane) const
{
    const Share *found = share(host, lane);
    return found ? found->inFlight : 0;
}

int LaneSet::open(int host, int lane) const
{
    const Share *found = share(host, lane);
    return found ? found->open : 0;
}

void LaneSet::addOpen(Share &share, const LanePlace &place, int count)
{
    Pool &pool = share.pools[std::size_t(place.pool)];
    pool.open = quint16(pool.open + count);
    share.open += count;
    m_lanes[std::size_t(place.lane)].open += count;
    m_open += count;
}

LanePlace LaneSet::take(int hostIndex)
{
    Host &host = m_hosts[std::size_t(hostIndex)];
    LanePlace place{withRoom(host), 0};
    if (place.lane < 0)
        place.lane = forNewSocket(host);
    if (std::size_t(place.lane) >= m_lanes.size())
        m_lanes.resize(std::size_t(place.lane) + 1);
    if (std::size_t(place.lane) >= host.shares.size())
        host.shares.resize(std::size_t(place.lane) + 1);
    Share &share = host.shares[std::size_t(place.lane)];
    place.pool = poolFor(host, share);
    Pool &pool = share.pools[std::size_t(place.pool)];
    ++pool.inFlight;
    ++share.inFlight;
    const int needed = host.protocol == WireProtocol::Http2 ? 1 : pool.inFlight;
    if (pool.open < needed)
        addOpen(share, place, needed - pool.open);
    Lane &lane = m_lanes[std::size_t(place.lane)];
    ++lane.inFlight;
    lane.lastTaken = ++m_taken;
    return place;
}

void LaneSet::give(int hostIndex, const LanePlace &place, qint64 nowUs, bool closed)
{
    Host &host = m_hosts[std::size_t(hostIndex)];
    Share &share = host.shares[std::size_t(place.lane)];
    Pool &pool = share.pools[std::size_t(place.pool)];
    --pool.inFlight;
    pool.leftUs = nowUs;
    --share.inFlight;
    --m_lanes[std::size_t(place.lane)].inFlight;
    const bool http2 = host.protocol == WireProtocol::Http2;
    const bool goneAway = pool.goesAway && pool.inFlight == 0;
    if (pool.open > 0 && (goneAway || (closed && !http2)))
        addOpen(share, place, -1);
    if (goneAway)
        pool.goesAway = false;
    if (pool.open == 0)
        unspoil(share, place);
}

LaneSet::Pool &LaneSet::poolAt(int host, const LanePlace &place)
{
    Share &share = m_hosts[std::size_t(host)].shares[std::size_t(place.lane)];
    return share.pools[std::size_t(place.pool)];
}

const LaneSet::Pool &LaneSet::poolAt(int host, const LanePlace &place) const
{
    const Share &share = m_hosts[std::size_t(host)].shares[std::size_t(place.lane)];
    return share.pools[std::size_t(place.pool)];
}

void LaneSet::goAway(int host, const LanePlace &place)
{
    poolAt(host, place).goesAway = true;
}

void LaneSet::spoil(int host, const LanePlace &place)
{
    Pool &pool = poolAt(host, place);
    if (pool.open == 0 || std::exchange(pool.isSpoilt, true))
        return;
    ++m_hosts[std::size_t(host)].shares[std::size_t(place.lane)].spoilt;
    ++m_lanes[std::size_t(place.lane)].spoilt;
}

void LaneSet::unspoil(Share &share, const LanePlace &place)
{
    if (!std::exchange(share.pools[std::size_t(place.pool)].isSpoilt, false))
        return;
    --share.spoilt;
    --m_lanes[std::size_t(place.lane)].spoilt;
}

bool LaneSet::isSpoiltAtRest(int lane) const
{
    return m_lanes[std::size_t(lane)].spoilt > 0 && isResting(lane);
}

void LaneSet::sent(int host, const LanePlace &place)
{
    Pool &pool = poolAt(host, place);
    pool.mostSent = std::max(pool.mostSent, ++pool.sent);
}

void LaneSet::answered(int host, const LanePlace &place)
{
    --poolAt(host, place).sent;
}

void LaneSet::heard(int host, const LanePlace &place, qint64 nowUs)
{
    poolAt(host, place).heardUs = nowUs;
}

qint64 LaneSet::heardUs(int host, const LanePlace &place) const
{
    return poolAt(host, place).heardUs;
}

bool LaneSet::hasUnsent(int host, const LanePlace &place) const
{
    const Pool &pool = poolAt(host, place);
    return pool.inFlight > pool.sent;
}

void LaneSet::limitStreams(int host, const LanePlace &place)
{
    m_hosts[std::size_t(host)].streams = std::max<int>(1, poolAt(host, place).mostSent);
}

void LaneSet::forgetUnusedSince(qint64 us)
{
    for (Host &host : m_hosts) {
        for (std::size_t lane = 0; lane < host.shares.size(); ++lane) {
            std::vector<Pool> &pools = host.shares[lane].pools;
            for (std::size_t pool = 0; pool < pools.size(); ++pool) {
                if (pools[pool].inFlight > 0 || pools[pool].leftUs >= us)
                    continue;
                const LanePlace place{int(lane), int(pool)};
                addOpen(host.shares[lane], place, -pools[pool].open);
                unspoil(host.shares[lane], place);
            }
        }
    }
}

int LaneSet::restingLane() const
{
    int best = -1;
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        if (m_lanes[lane].isResting()
            && (best < 0 || m_lanes[lane].lastTaken < m_lanes[std::size_t(best)].lastTaken))
            best = int(lane);
    }
    return best;
}

std::vector<int> LaneSet::hostsOn(int lane) const
{
    std::vector<int> hosts;
    for (std::size_t host = 0; host < m_hosts.size(); ++host) {
        if (open(int(host), lane) > 0)
            hosts.push_back(int(host));
    }
    return hosts;
}

std::vector<std::pair<int, int>> LaneSet::cleared(int lane)
{
    std::vector<std::pair<int, int>> lost;
    for (std::size_t host = 0; host < m_hosts.size(); ++host) {
        std::vector<Share> &shares = m_hosts[host].shares;
        if (std::size_t(lane) >= shares.size() || shares[std::size_t(lane)].open == 0)
            continue;
        lost.emplace_back(int(host), shares[std::size_t(lane)].open);
        shares[std::size_t(lane)] = {};
    }
    m_open -= m_lanes[std::size_t(lane)].open;
    m_lanes[std::size_t(lane)].open = 0;
    m_lanes[std::size_t(lane)].spoilt = 0;
    return lost;
}

} // namespace Sluice

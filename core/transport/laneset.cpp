// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/laneset.h"

#include <algorithm>

namespace Sluice {

LaneSet::LaneSet(int spread) : m_spread(std::max(1, spread)) {}

int LaneSet::host(const QString &key)
{
    const auto found = m_indexes.constFind(key);
    if (found != m_indexes.cend())
        return *found;
    const int index = int(m_hosts.size());
    Host host;
    host.home = index % m_spread;
    host.lowestWithRoom = m_spread;
    m_hosts.push_back(std::move(host));
    m_indexes.insert(key, index);
    return index;
}

void LaneSet::setProtocol(int host, WireProtocol protocol)
{
    Host &entry = m_hosts[std::size_t(host)];
    entry.protocol = protocol;
    entry.lowestWithRoom = m_spread;
}

void LaneSet::setStreamsPerConnection(int streams)
{
    m_streams = std::max(1, streams);
    for (Host &host : m_hosts)
        host.lowestWithRoom = m_spread;
}

int LaneSet::take(int hostIndex)
{
    Host &host = m_hosts[std::size_t(hostIndex)];
    // HTTP/2 fills one connection before it opens the next.
    int lane = host.protocol == WireProtocol::Http2 ? firstWithRoom(host) : leastLoaded(host);
    if (lane < 0) {
        lane = host.lowestWithRoom;
        while (load(host, lane) >= capacity(host))
            ++lane;
        host.lowestWithRoom = lane;
    }
    if (std::size_t(lane) >= host.inFlight.size())
        host.inFlight.resize(std::size_t(lane) + 1);
    ++host.inFlight[std::size_t(lane)];
    m_laneCount = std::max(m_laneCount, lane + 1);
    return lane;
}

void LaneSet::give(int hostIndex, int lane)
{
    Host &host = m_hosts[std::size_t(hostIndex)];
    --host.inFlight[std::size_t(lane)];
    if (lane >= m_spread)
        host.lowestWithRoom = std::min(host.lowestWithRoom, lane);
}

int LaneSet::inFlight(int host, int lane) const
{
    return load(m_hosts[std::size_t(host)], lane);
}

int LaneSet::capacity(const Host &host) const
{
    return host.protocol == WireProtocol::Http2 ? m_streams : Http1Capacity;
}

int LaneSet::load(const Host &host, int lane) const
{
    return std::size_t(lane) < host.inFlight.size() ? host.inFlight[std::size_t(lane)] : 0;
}

int LaneSet::leastLoaded(const Host &host) const
{
    int best = -1;
    int bestLoad = capacity(host);
    for (int i = 0; i < m_spread; ++i) {
        const int lane = (host.home + i) % m_spread;
        const int laneLoad = load(host, lane);
        if (laneLoad < bestLoad) {
            best = lane;
            bestLoad = laneLoad;
        }
    }
    return best;
}

int LaneSet::firstWithRoom(const Host &host) const
{
    for (int i = 0; i < m_spread; ++i) {
        const int lane = (host.home + i) % m_spread;
        if (load(host, lane) < capacity(host))
            return lane;
    }
    return -1;
}

} // namespace Sluice

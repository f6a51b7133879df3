// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/laneset.h"

#include <algorithm>
#include <limits>

namespace Sluice {

LaneSet::LaneSet(int spread) : m_spread(std::max(1, spread)) {}

int LaneSet::host(const QString &key)
{
    const auto found = m_indexes.constFind(key);
    if (found != m_indexes.cend())
        return *found;
    const int index = int(m_hosts.size());
    m_hosts.push_back({key, WireProtocol::Unknown, {}});
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

LaneSet::Place LaneSet::place(int host, int lane) const
{
    const std::vector<Place> &places = m_hosts[std::size_t(host)].places;
    return std::size_t(lane) < places.size() ? places[std::size_t(lane)] : Place();
}

void LaneSet::addOpen(Place &place, int lane, int count)
{
    place.open = quint16(place.open + count);
    m_lanes[std::size_t(lane)].open += count;
    m_open += count;
}

int LaneSet::take(int hostIndex)
{
    Host &host = m_hosts[std::size_t(hostIndex)];
    const bool http2 = host.protocol == WireProtocol::Http2;
    int lane = http2 ? withFreeStream(host) : withIdleSocket(host);
    if (lane < 0)
        lane = forNewSocket(host);
    if (std::size_t(lane) >= m_lanes.size())
        m_lanes.resize(std::size_t(lane) + 1);
    if (std::size_t(lane) >= host.places.size())
        host.places.resize(std::size_t(lane) + 1);
    Place &place = host.places[std::size_t(lane)];
    ++place.inFlight;
    const int needed = http2 ? 1 : place.inFlight;
    if (place.open < needed)
        addOpen(place, lane, needed - place.open);
    ++m_lanes[std::size_t(lane)].inFlight;
    m_lanes[std::size_t(lane)].lastTaken = ++m_taken;
    return lane;
}

void LaneSet::give(int hostIndex, int lane, bool closed)
{
    Host &host = m_hosts[std::size_t(hostIndex)];
    Place &place = host.places[std::size_t(lane)];
    --place.inFlight;
    --m_lanes[std::size_t(lane)].inFlight;
    const bool http2 = host.protocol == WireProtocol::Http2;
    const bool goneAway = place.goesAway && place.inFlight == 0;
    if (place.open > 0 && (goneAway || (closed && !http2)))
        addOpen(place, lane, -1);
    if (goneAway)
        place.goesAway = false;
}

void LaneSet::goAway(int host, int lane)
{
    m_hosts[std::size_t(host)].places[std::size_t(lane)].goesAway = true;
}

bool LaneSet::needsSocket(int hostIndex) const
{
    const Host &host = m_hosts[std::size_t(hostIndex)];
    return (host.protocol == WireProtocol::Http2 ? withFreeStream(host) : withIdleSocket(host)) < 0;
}

/** Of the host's first lanes the one with the least to do, else the lowest; -1 = none. */
int LaneSet::withIdleSocket(const Host &host) const
{
    int best = -1;
    int own = 0;
    for (std::size_t lane = 0; lane < host.places.size(); ++lane) {
        const Place &place = host.places[lane];
        if (place.open == 0)
            continue;
        if (++own > m_spread && best >= 0)
            break;
        if (place.open > place.inFlight
            && (best < 0 || place.inFlight < host.places[std::size_t(best)].inFlight))
            best = int(lane);
    }
    return best;
}

/** One connection is filled before the next is opened. */
int LaneSet::withFreeStream(const Host &host) const
{
    for (std::size_t lane = 0; lane < host.places.size(); ++lane) {
        const Place &place = host.places[lane];
        if (place.open > 0 && place.inFlight < m_streams && !place.goesAway)
            return int(lane);
    }
    return -1;
}

int LaneSet::forNewSocket(const Host &host) const
{
    const int empty = emptyLane();
    if (host.protocol != WireProtocol::Http2) {
        const auto own =
            std::ranges::count_if(host.places, [](const Place &place) { return place.open > 0; });
        if (own < m_spread && empty < ApartMax)
            return empty;
        if (const int lane = ownWithRoom(host); lane >= 0)
            return lane;
    }
    if (empty < ApartMax)
        return empty;
    const int shared = sharedLane(host);
    return shared >= 0 ? shared : empty;
}

/** As withIdleSocket(), of the lanes where the host may open another. */
int LaneSet::ownWithRoom(const Host &host) const
{
    // Until a handshake has said more, Qt puts all requests of a lane on the one connection.
    const int capacity = host.protocol == WireProtocol::Unknown ? 1 : Http1Capacity;
    int best = -1;
    int own = 0;
    for (std::size_t lane = 0; lane < host.places.size(); ++lane) {
        const Place &place = host.places[lane];
        if (place.open == 0)
            continue;
        if (++own > m_spread && best >= 0)
            break;
        if (place.open < capacity
            && (best < 0 || place.inFlight < host.places[std::size_t(best)].inFlight))
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
        const bool taken = lane < host.places.size() && host.places[lane].open > 0;
        if (taken)
            continue;
        if (best < 0 || m_lanes[lane].open < m_lanes[std::size_t(best)].open)
            best = int(lane);
    }
    return best;
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
        std::vector<Place> &places = m_hosts[host].places;
        if (std::size_t(lane) >= places.size() || places[std::size_t(lane)].open == 0)
            continue;
        lost.emplace_back(int(host), places[std::size_t(lane)].open);
        places[std::size_t(lane)] = {};
    }
    m_open -= m_lanes[std::size_t(lane)].open;
    m_lanes[std::size_t(lane)].open = 0;
    return lost;
}

} // namespace Sluice

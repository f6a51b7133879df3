// SPDX-License-Identifier: GPL-3.0-or-later
// How many sockets are open, and how idle ones make room for others.
#include "core/transport/exchange.h"
#include "core/transport/lanegroup.h"
#include "core/transport/qnamtransport.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int FilesPerLane = 4; // A thread's event loop takes some.
constexpr int SpareFiles = 48;  // For the run's record, reports and what else is open.
constexpr int RestMs = 1000;    // Idle sockets of a host in use are kept until they expire.
constexpr qint64 ExpiryMarginUs = 2'000'000; // Qt counts in seconds and may be late.

} // namespace

int QnamTransport::openSockets() const
{
    int count = 0;
    for (const std::unique_ptr<LaneGroup> &group : m_groups)
        count += group->lanes().openSockets();
    return count;
}

void QnamTransport::forgetExpired()
{
    const qint64 us = m_clock.nowUs() - m_idleExpirySeconds * 1'000'000LL - ExpiryMarginUs;
    for (const std::unique_ptr<LaneGroup> &group : m_groups)
        group->lanes().forgetUnusedSince(us);
}

/** Closes idle sockets while more are open than wanted; those that cannot go yet are seen to later.
 */
void QnamTransport::makeRoom()
{
    m_roomTimer.stop();
    if (m_connectionLimit <= 0)
        return;
    forgetExpired();
    while (openSockets() > m_connectionLimit) {
        if (closeRestingLane(RestMs * 1000))
            continue;
        m_roomTimer.start(RestMs, this);
        return;
    }
}

/** Empties a lane that has carried nothing for \a restedUs; false when there is none. */
bool QnamTransport::closeRestingLane(qint64 restedUs)
{
    for (const std::unique_ptr<LaneGroup> &group : m_groups) {
        const int lane = group->lanes().restingLane();
        if (lane < 0 || m_clock.nowUs() - group->lane(lane).leftUs < restedUs)
            continue;
        clearLane(*group, lane);
        return true;
    }
    return false;
}

/** Hosts that lose sockets get no new ones before their servers have closed these, too. */
void QnamTransport::clearLane(LaneGroup &group, int index)
{
    std::set<quint16> ports;
    for (const int host : group.lanes().hostsOn(index))
        ports.insert(group.peer(host).port);
    auto kept =
        keepSockets(ports, [this](int file) { return m_lingering.holds(file); }, endOfCopies());
    const std::vector<std::pair<int, int>> lost = group.clear(index);
    if (!kept) {
        for (const auto &[host, sockets] : lost) {
            group.closing()[host].sockets += sockets;
            for (int i = 0; i < sockets; ++i) {
                m_peers.add(group.peer(host), [this, &group, host] { socketClosed(group, host); });
            }
        }
        return;
    }
    for (KeptSocket &socket : *kept) {
        const std::optional<PeerAddress> peer = socket.peer();
        if (!peer || !socket.isAbandoned())
            continue;
        std::vector<int> hosts; // Several where only their names are known.
        for (const auto &[host, sockets] : lost) {
            if (group.peer(host).mayBe(*peer))
                hosts.push_back(host);
        }
        for (const int host : hosts)
            ++group.closing()[host].sockets;
        m_lingering.add(std::move(socket), [this, &group, hosts] {
            for (const int host : hosts)
                socketClosed(group, host);
        });
    }
}

void QnamTransport::socketClosed(LaneGroup &group, int host)
{
    const auto closing = group.closing().find(host);
    if (--closing->second.sockets > 0)
        return;
    const std::deque<ExchangeId> waiting = std::move(closing->second.waiting);
    group.closing().erase(closing);
    for (const ExchangeId id : waiting) {
        if (Exchange *next = find(id))
            send(*next);
    }
}

/** Gives the place on the lane back; \a closed says that its HTTP/1 connection is gone as well. */
void QnamTransport::leaveLane(Exchange &exchange, bool closed)
{
    LaneSet &lanes = exchange.group->lanes();
    Lane &lane = exchange.group->lane(exchange.place.lane);
    lane.leftUs = m_clock.nowUs();
    if (exchange.timesSent > 0)
        lanes.answered(exchange.host, exchange.place);
    lanes.give(exchange.host, exchange.place, lane.leftUs, closed);
    lane.forgetConnecting(exchange.host, lanes.open(exchange.host, exchange.place.lane));
    if (lanes.isSpoiltAtRest(exchange.place.lane) && !std::exchange(m_clearsSoon, true))
        QMetaObject::invokeMethod(this, &QnamTransport::clearSpoiltLanes, Qt::QueuedConnection);
    exchange.place = {};
    --m_placed;
}

/** Not sooner: it waits for the threads of lanes, of which one may just have told of a reply. */
void QnamTransport::clearSpoiltLanes()
{
    m_clearsSoon = false;
    for (const std::unique_ptr<LaneGroup> &group : m_groups) {
        for (int lane = 0; lane < group->lanes().laneCount(); ++lane) {
            if (group->lanes().isSpoiltAtRest(lane))
                clearLane(*group, lane);
        }
    }
}

/** Qt ends the program when a thread finds no file for its event loop, so we stop before. */
std::optional<Error> QnamTransport::outOfFiles()
{
    const auto enough = [this] {
        const qint64 needed = std::max(m_placed, openSockets()) + m_lingering.count()
                              + qint64(laneCount() + 1) * FilesPerLane + SpareFiles;
        return m_openFileLimit <= 0 || needed < m_openFileLimit;
    };
    if (!enough())
        forgetExpired();
    while (!enough()) {
        if (closeRestingLane(0))
            continue;
        return Error{ErrorCode::ConnectFailed,
                     u"Not sent: with %1 connections the limit of %2 open files is reached; raise "
                     "it (ulimit -n) or lower the total limit"_s.arg(
                         QString::number(openSockets()), QString::number(m_openFileLimit)),
                     {},
                     0,
                     0};
    }
    return {};
}

/** What we may take to see what is closed: not what the lanes need. */
qint64 QnamTransport::endOfCopies() const
{
    return m_openFileLimit > 0 ? std::max<qint64>(1, m_openFileLimit - SpareFiles) : 0;
}

/** Sends, unless the host needs a connection while its server may still have closed ones open. */
void QnamTransport::sendOrHold(Exchange &exchange)
{
    LaneGroup &group = *exchange.group;
    const auto closing = group.closing().find(exchange.host);
    if (closing == group.closing().end() || !group.lanes().needsSocket(exchange.host)) {
        send(exchange);
        return;
    }
    exchange.state = Exchange::State::Held;
    closing->second.waiting.push_back(exchange.id());
}

} // namespace Sluice

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
constexpr int RestMs = 1000;    // Idle sockets of a host in use are kept.

} // namespace

int QnamTransport::openSockets() const
{
    int count = 0;
    for (const std::unique_ptr<LaneGroup> &group : m_groups)
        count += group->lanes().openSockets();
    return count;
}

/** Closes idle sockets while more are open than wanted; those that cannot go yet are seen to later.
 */
void QnamTransport::makeRoom()
{
    m_roomTimer.stop();
    if (m_connectionLimit <= 0)
        return;
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
        for (const auto &[host, sockets] : group->clear(lane))
            socketsClosed(*group, host, sockets);
        return true;
    }
    return false;
}

void QnamTransport::socketsClosed(LaneGroup &group, int host, int count)
{
    group.closing()[host].sockets += count;
    for (int i = 0; i < count; ++i) {
        m_peers.add(peerOf(group.lanes().key(host)),
                    [this, &group, host] { socketClosed(group, host); });
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
    lanes.give(exchange.host, exchange.lane, closed);
    Lane &lane = exchange.group->lane(exchange.lane);
    lane.leftUs = m_clock.nowUs();
    lane.forgetConnecting(exchange.host, lanes.open(exchange.host, exchange.lane));
    exchange.lane = -1;
    --m_placed;
}

/** Qt ends the program when a thread finds no file for its event loop, so we stop before. */
std::optional<Error> QnamTransport::outOfFiles()
{
    const auto enough = [this] {
        const qint64 needed =
            std::max(m_placed, openSockets()) + qint64(laneCount() + 1) * FilesPerLane + SpareFiles;
        return m_openFileLimit <= 0 || needed < m_openFileLimit;
    };
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

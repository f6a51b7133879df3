// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/keptsocket.h"
#include "core/transport/transport.h"

#include <deque>
#include <memory>
#include <vector>

namespace Sluice {

class LaneGroup;

/** Exchanges with one host that are ended together, and the connections that went with them. */
struct ClosingParty
{
    LaneGroup *group = nullptr;
    int host = -1;
    PeerAddress peer;
    std::deque<ExchangeId> exchanges; ///< Whose slots are still taken.
    std::vector<KeptSocket> sockets;  ///< That were closed, once ClosingBatch::attribute() ran.
    int open = 0;                     ///< Of these, how many the server has yet to close.
    /** As many were closed as exchanges ended; otherwise some may have stayed, idle. */
    bool allClosed = false;
};

/**
 * Finds out which connections end with the exchanges that are aborted. Qt tells neither which one
 * an exchange uses nor when it is closed, so each of this process's connections to the hosts in
 * question is kept by a second descriptor meanwhile: those that only we have then are the ones.
 */
class ClosingBatch
{
public:
    /**
     * Takes \a exchange with the host \a host of \a group. False when the connections of another
     * host in the batch could not be told from this one's.
     */
    bool add(ExchangeId exchange, LaneGroup &group, int host);

    /**
     * See keepSockets(); before the first of the exchanges is aborted. Where the system does not
     * let us see what is closed, nothing will be attributed.
     */
    void keep(const std::function<bool(int)> &isExcepted, qint64 endOfFiles);
    /** After the last was closed: gives each party what was closed of its own. */
    void attribute();
    /** Closed connections that belong to no party: others ended at the same time. */
    std::vector<KeptSocket> takeStrays() { return std::move(m_sockets); }
    const std::vector<std::shared_ptr<ClosingParty>> &parties() const { return m_parties; }

private:
    std::vector<std::shared_ptr<ClosingParty>> m_parties;
    std::vector<KeptSocket> m_sockets;
};

} // namespace Sluice

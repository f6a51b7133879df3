// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/closingbatch.h"

#include "core/transport/lanegroup.h"

#include <algorithm>

namespace Sluice {

bool ClosingBatch::add(ExchangeId exchange, LaneGroup &group, int host)
{
    const auto own = std::ranges::find_if(m_parties, [&group, host](const auto &party) {
        return party->group == &group && party->host == host;
    });
    if (own != m_parties.end()) {
        (*own)->exchanges.push_back(exchange);
        return true;
    }
    const PeerAddress peer = group.peer(host);
    if (std::ranges::any_of(m_parties,
                            [&peer](const auto &party) { return party->peer.mayBe(peer); }))
        return false;
    m_parties.push_back(std::make_shared<ClosingParty>());
    ClosingParty &party = *m_parties.back();
    party.group = &group;
    party.host = host;
    party.peer = peer;
    party.exchanges.push_back(exchange);
    return true;
}

void ClosingBatch::keep(const std::function<bool(int)> &isExcepted, qint64 endOfFiles)
{
    std::set<quint16> ports;
    for (const std::shared_ptr<ClosingParty> &party : m_parties)
        ports.insert(party->peer.port);
    if (auto kept = keepSockets(ports, isExcepted, endOfFiles))
        m_sockets = std::move(*kept);
}

void ClosingBatch::attribute()
{
    int unknown = 0; // That never came to be connected.
    std::vector<KeptSocket> strays;
    for (KeptSocket &socket : std::exchange(m_sockets, {})) {
        if (!socket.isAbandoned())
            continue;
        const std::optional<PeerAddress> peer = socket.peer();
        const auto owner = std::ranges::find_if(
            m_parties, [&peer](const auto &party) { return peer && party->peer.mayBe(*peer); });
        if (!peer)
            ++unknown;
        else if (owner != m_parties.end())
            (*owner)->sockets.push_back(std::move(socket));
        else
            strays.push_back(std::move(socket));
    }
    m_sockets = std::move(strays);
    int missing = 0;
    for (const std::shared_ptr<ClosingParty> &party : m_parties) {
        party->open = int(party->sockets.size());
        missing += std::max(0, int(party->exchanges.size()) - party->open);
    }
    for (const std::shared_ptr<ClosingParty> &party : m_parties)
        party->allClosed = missing == unknown || std::ssize(party->exchanges) <= party->open;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
// How connections of aborted exchanges are closed, until their servers have closed them as well.
#include "core/transport/closingbatch.h"
#include "core/transport/exchange.h"
#include "core/transport/lanegroup.h"
#include "core/transport/qnamtransport.h"

#include <QMetaObject>
#include <QNetworkAccessManager>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

/** All that end in one turn of the event loop are closed together. */
void QnamTransport::closeThrough(Exchange &exchange)
{
    m_toClose.push_back(exchange.id());
    if (!m_batch && !std::exchange(m_closesSoon, true))
        QMetaObject::invokeMethod(this, &QnamTransport::closeNext, Qt::QueuedConnection);
}

void QnamTransport::closeNext()
{
    m_closesSoon = false;
    m_batch = std::make_unique<ClosingBatch>();
    std::set<Lane *> unsure;
    for (const ExchangeId id : std::exchange(m_toClose, {})) {
        Exchange &exchange = *find(id);
        if (!exchange.ending)
            m_closedByQt.push_back(id);
        else if (!m_batch->add(id, *exchange.group, exchange.host))
            m_toClose.push_back(id);
        else if (exchange.timesSent == 0)
            unsure.insert(&exchange.group->lane(exchange.place.lane));
    }
    // A connection that Qt is yet to begin could not be kept.
    probe(unsure, &QnamTransport::abortBatch);
}

void QnamTransport::abortBatch()
{
    std::vector<ExchangeId> idle; // The reply came after all; its connection stays.
    for (const std::shared_ptr<ClosingParty> &party : m_batch->parties()) {
        const auto over = std::ranges::stable_partition(
            party->exchanges, [this](ExchangeId id) { return !find(id)->ending->isFinished(); });
        idle.insert(idle.end(), over.begin(), over.end());
        party->exchanges.erase(over.begin(), over.end());
    }
    m_batch->keep([this](int file) { return m_lingering.holds(file); }, endOfCopies());
    std::set<Lane *> lanes;
    for (const std::shared_ptr<ClosingParty> &party : m_batch->parties()) {
        for (const ExchangeId id : party->exchanges) {
            Exchange &exchange = *find(id);
            QNetworkReply *reply = std::exchange(exchange.ending, nullptr);
            reply->abort();
            reply->deleteLater();
            lanes.insert(&exchange.group->lane(exchange.place.lane));
        }
    }
    for (const ExchangeId id : m_closedByQt) {
        const Exchange &exchange = *find(id);
        lanes.insert(&exchange.group->lane(exchange.place.lane));
    }
    probe(lanes, &QnamTransport::batchClosed);
    for (const ExchangeId id : idle) {
        find(id)->ending->deleteLater();
        closed(*find(id), false);
    }
}

/**
 * Goes on with \a then when the HTTP threads of \a lanes have done what they were told before. Qt
 * begins, aborts and closes there, and says nothing when it is done. Each thread takes its work in
 * order, so a further request to the same manager that fails at once in that thread tells it:
 * nothing listens on port 0.
 */
void QnamTransport::probe(const std::set<Lane *> &lanes, void (QnamTransport::*then)())
{
    if (lanes.empty()) {
        (this->*then)();
        return;
    }
    m_probes = int(lanes.size());
    for (Lane *lane : lanes) {
        QNetworkReply *probe = lane->manager->get(QNetworkRequest(QUrl(u"http://127.0.0.1:0/"_s)));
        connect(probe, &QNetworkReply::finished, this, [this, probe, then] {
            probe->deleteLater();
            if (--m_probes == 0)
                (this->*then)();
        });
    }
}

void QnamTransport::batchClosed()
{
    const std::unique_ptr<ClosingBatch> batch = std::move(m_batch);
    batch->attribute();
    for (KeptSocket &stray : batch->takeStrays())
        m_lingering.add(std::move(stray), {});
    for (const std::shared_ptr<ClosingParty> &party : batch->parties()) {
        for (KeptSocket &socket : party->sockets) {
            m_lingering.add(std::move(socket), [this, party] {
                --party->open;
                releaseSlots(*party);
            });
        }
        // One that was begun and closed unseen, or none at all. HTTP/2 closes streams only.
        const bool streams = party->group->lanes().protocol(party->host) == WireProtocol::Http2;
        while (!streams && std::ssize(party->exchanges) > party->open) {
            watchPeer(party->exchanges.front(), party->allClosed);
            party->exchanges.pop_front();
        }
    }
    for (const ExchangeId id : std::exchange(m_closedByQt, {}))
        watchPeer(id, true);
    if (!m_toClose.empty() && !std::exchange(m_closesSoon, true))
        QMetaObject::invokeMethod(this, &QnamTransport::closeNext, Qt::QueuedConnection);
    for (const std::shared_ptr<ClosingParty> &party : batch->parties())
        releaseSlots(*party);
}

void QnamTransport::watchPeer(ExchangeId id, bool connectionGone)
{
    const Exchange &exchange = *find(id);
    m_peers.add(exchange.group->peer(exchange.host), [this, id, connectionGone] {
        if (Exchange *waiting = find(id))
            closed(*waiting, connectionGone);
    });
}

/** The connections are alike: each that is gone frees one slot, and so does each missing one. */
void QnamTransport::releaseSlots(ClosingParty &party)
{
    while (std::ssize(party.exchanges) > party.open) {
        Exchange *exchange = find(party.exchanges.front());
        party.exchanges.pop_front();
        if (exchange)
            closed(*exchange, party.allClosed);
    }
}

void QnamTransport::closed(Exchange &exchange, bool connectionGone)
{
    const int lane = exchange.place.lane;
    if (lane >= 0) {
        leaveLane(exchange, connectionGone);
        // Qt keeps a connection that is being set up for whoever comes next, and it may be stuck.
        const bool mayBeStuck = !connectionGone && exchange.timesSent == 0;
        if (mayBeStuck && exchange.group->lanes().isResting(lane))
            clearLane(*exchange.group, lane);
    }
    const ExchangeId id = exchange.id();
    const quint64 tag = exchange.tag;
    freeExchange(exchange);
    if (m_client)
        m_client->exchangeClosed(id, tag);
}

} // namespace Sluice

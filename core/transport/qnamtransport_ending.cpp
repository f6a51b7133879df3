// SPDX-License-Identifier: GPL-3.0-or-later
// How exchanges end: replies, failures, and connections that Qt has yet to close.
#include "core/transport/exchange.h"
#include "core/transport/lanegroup.h"
#include "core/transport/laneproxyfactory.h"
#include "core/transport/qnamtransport.h"
#include "core/transport/socketcounter.h"

#include <QMetaObject>
#include <QNetworkAccessManager>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

HeaderList replyHeaders(const QNetworkReply &reply)
{
    const QList<QNetworkReply::RawHeaderPair> &pairs = reply.rawHeaderPairs();
    HeaderList headers;
    headers.reserve(pairs.size());
    for (const auto &[name, value] : pairs) {
        // Qt joins repeated fields; cookies cannot be joined by commas, so it uses line breaks.
        if (!value.contains('\n')) {
            headers.append(name, value);
            continue;
        }
        for (const QByteArray &single : value.split('\n'))
            headers.append(name, single);
    }
    return headers;
}

constexpr int PeerCheckMs = 2;
constexpr qint64 PeerPatienceUs = 1'000'000;
// A connection that was reset leaves no trace; its server is given this long to notice.
constexpr qint64 PeerGraceUs = 10'000;

/** The `address:port` that \a exchange connected to, where its URL or `resolve` names an address.
 */
QString peerOf(const Exchange &exchange)
{
    const QString &address = exchange.wire.address;
    if (address.isEmpty())
        return exchange.hostName;
    const QString port = exchange.hostName.sliced(exchange.hostName.lastIndexOf(u':'));
    return (address.contains(u':') ? u'[' + address + u']' : address) + port;
}

/** The `host:port` of the proxy that \a exchange goes through; empty when it goes direct. */
QString proxyOf(const Exchange &exchange)
{
    const ConnectionProfile &profile = exchange.group->profile();
    if (profile.proxy.isEmpty() || bypassesProxy(profile.noProxy, exchange.url.host()))
        return {};
    const auto proxy = LaneProxyFactory::parse(profile.proxy);
    return proxy ? proxy->hostName() + u':' + QString::number(proxy->port()) : QString();
}

/** The socket is known to be gone, so the next connection cannot overlap it. */
bool endsWithoutSocket(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::RemoteHostClosedError
           || error == QNetworkReply::ConnectionRefusedError
           || error == QNetworkReply::HostNotFoundError;
}

} // namespace

void QnamTransport::finished(Exchange &exchange)
{
    Response response = takeResponse(exchange);
    const bool gone = !response.error || endsWithoutSocket(exchange.reply->error());
    if (exchange.useCookies && response.status > 0)
        m_cookies.store(exchange.cookieJar, exchange.url, response.headers);
    deliver(exchange, std::move(response), gone);
}

Response QnamTransport::takeResponse(Exchange &exchange)
{
    QNetworkReply &reply = *exchange.reply;
    Response response;
    response.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
    response.headers = replyHeaders(reply);
    response.body = reply.readAll();
    exchange.http2 = reply.attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    if (response.status > 0)
        response.protocol = exchange.http2 ? "HTTP/2" : "HTTP/1.1";
    const QVariant wire = reply.attribute(QNetworkRequest::OriginalContentLengthAttribute);
    response.bytesWire = wire.isValid() ? wire.toLongLong() : response.body.size();
    response.error = replyError(reply, exchange.hostName, proxyOf(exchange));
    return response;
}

/** Ends an exchange from our side. */
void QnamTransport::fail(Exchange &exchange, Error error)
{
    Response response;
    bool gone = true;
    if (exchange.state == Exchange::State::Held) {
        std::erase(exchange.group->held()[exchange.host], exchange.id());
    } else if (exchange.reply) {
        response = takeResponse(exchange);
        // Taken away first: abort() would emit finished() from inside.
        QNetworkReply *reply = exchange.reply;
        reply->disconnect(this);
        reply->abort();
        gone = false;
    }
    response.error = std::move(error);
    deliver(exchange, std::move(response), gone);
}

void QnamTransport::failLater(Exchange &exchange, Error error)
{
    exchange.state = Exchange::State::Failed;
    exchange.error = std::move(error);
    QMetaObject::invokeMethod(
        this,
        [this, id = exchange.id()] {
            if (Exchange *found = find(id))
                fail(*found, *found->error);
        },
        Qt::QueuedConnection);
}

/** All state is settled before the client hears of it, because it may call back in. */
void QnamTransport::deliver(Exchange &exchange, Response &&response, bool connectionGone)
{
    exchange.timings.finishedUs = m_clock.nowUs();
    response.timings = exchange.timings;
    response.url = exchange.url;
    response.method = exchange.wire.method;
    response.sentHeaders = std::move(exchange.wire.sentHeaders);
    response.timesSent = exchange.timesSent;
    if (exchange.reply) {
        exchange.reply->deleteLater();
        exchange.reply = nullptr;
    }
    const ExchangeId id = exchange.id();
    const bool placed = exchange.lane >= 0;
    exchange.state = Exchange::State::Closing;
    if (exchange.probes) {
        if (response.status > 0)
            protocolKnown(exchange, exchange.http2);
        else
            sendHeld(*exchange.group, exchange.host);
        exchange.probes = false;
    }
    if (connectionGone && placed) {
        exchange.group->lanes().give(exchange.host, exchange.lane);
        exchange.lane = -1;
        --m_placed;
    }
    if (m_client)
        m_client->exchangeFinished(id, exchange.tag, std::move(response));
    if (connectionGone)
        closed(exchange);
    else
        closeThrough(exchange);
}

/**
 * Qt closes an aborted exchange's connection in the lane's HTTP thread, and says nothing when it is
 * done. That thread takes its work in order, so a further request to the same manager that fails
 * at once in that thread tells it: nothing listens on port 0.
 */
void QnamTransport::closeThrough(Exchange &exchange)
{
    Lane &lane = exchange.group->lane(exchange.lane);
    lane.closing.push_back(exchange.id());
    if (lane.probed.empty())
        probeClosing(*exchange.group, exchange.lane);
}

void QnamTransport::probeClosing(LaneGroup &group, int index)
{
    Lane &lane = group.lane(index);
    lane.probed.swap(lane.closing);
    QNetworkRequest request(QUrl(u"http://127.0.0.1:0/"_s));
    QNetworkReply *probe = lane.manager->get(request);
    connect(probe, &QNetworkReply::finished, this, [this, probe, &group, index] {
        probe->deleteLater();
        Lane &finishedLane = group.lane(index);
        const std::vector<ExchangeId> done = std::exchange(finishedLane.probed, {});
        if (!finishedLane.closing.empty())
            probeClosing(group, index);
        const qint64 now = m_clock.nowUs();
        for (const ExchangeId id : done)
            m_awaitingPeer.emplace_back(id, now);
        awaitPeers();
    });
}

/**
 * Our end of an aborted connection is closed. Its server still has it until it has read that and
 * closed its own end; where the system tells, the slot is kept until then, within reason.
 */
void QnamTransport::awaitPeers()
{
    const auto halfClosed = countHalfClosedSockets();
    std::map<QString, int> open = halfClosed.value_or(std::map<QString, int>());
    const qint64 now = m_clock.nowUs();
    std::vector<std::pair<ExchangeId, qint64>> waiting;
    std::vector<ExchangeId> done;
    for (const auto &[id, closedUs] : m_awaitingPeer) {
        const Exchange *exchange = find(id);
        const auto peer = exchange ? open.find(peerOf(*exchange)) : open.end();
        const bool halfOpen = peer != open.end() && peer->second > 0;
        if (halfOpen)
            --peer->second;
        if (now - closedUs < (halfOpen ? PeerPatienceUs : PeerGraceUs))
            waiting.emplace_back(id, closedUs);
        else
            done.push_back(id);
    }
    m_awaitingPeer = std::move(waiting);
    if (m_awaitingPeer.empty())
        m_peerTimer.stop();
    else if (!m_peerTimer.isActive())
        m_peerTimer.start(PeerCheckMs, Qt::PreciseTimer, this);
    for (const ExchangeId id : done) {
        if (Exchange *exchange = find(id))
            closed(*exchange);
    }
}

void QnamTransport::closed(Exchange &exchange)
{
    if (exchange.lane >= 0) {
        exchange.group->lanes().give(exchange.host, exchange.lane);
        --m_placed;
    }
    const ExchangeId id = exchange.id();
    const quint64 tag = exchange.tag;
    freeExchange(exchange);
    if (m_client)
        m_client->exchangeClosed(id, tag);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/qnamtransport.h"

#include "core/base/logging.h"
#include "core/transport/closingbatch.h"
#include "core/transport/exchange.h"
#include "core/transport/lanegroup.h"
#include "core/transport/laneproxyfactory.h"
#include "core/transport/socketcounter.h"

#include <QMetaObject>
#include <QNetworkAccessManager>
#include <QThread>

#include <algorithm>
#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int MaxSpread = 8;

/** What \a host of \a scheme speaks, where the profile or the scheme alone decides. */
WireProtocol knownProtocol(HttpVersion version, const QString &scheme)
{
    if (version == HttpVersion::Http1)
        return WireProtocol::Http1;
    if (scheme == "https"_L1)
        return WireProtocol::Unknown;
    return version == HttpVersion::Http2 ? WireProtocol::Http2 : WireProtocol::Http1;
}

} // namespace

QnamTransport::QnamTransport(const Clock &clock, int spread, QObject *parent)
    : QObject(parent), m_clock(clock), m_lingering(clock), m_peers(clock),
      // One processor is for the thread that starts them all: on two a second lane costs a tenth.
      m_spread(spread > 0 ? spread : std::clamp(QThread::idealThreadCount() - 1, 1, MaxSpread))
{
    // Direct means direct: without this, http_proxy in the environment would route our sockets.
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    // A thread that has been waited for still frees what OpenSSL keeps for it, which reads what
    // OpenSSL's exit handler has freed by then. OpenSSL is the library that Qt loads for TLS.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    m_openFileLimit = raiseOpenFileLimit().value_or(0);
    qCDebug(lcTransport) << "up to" << m_openFileLimit << "open files";
}

QnamTransport::~QnamTransport()
{
    for (const std::unique_ptr<Exchange> &exchange : m_exchanges) {
        for (QNetworkReply *reply : {exchange->reply, exchange->ending}) {
            if (reply)
                reply->disconnect(this);
        }
    }
}

void QnamTransport::setClient(TransportClient *client)
{
    m_client = client;
}

void QnamTransport::setStreamsPerConnection(int streams)
{
    m_streams = streams;
    for (const std::unique_ptr<LaneGroup> &group : m_groups)
        group->lanes().setStreamsPerConnection(streams);
}

void QnamTransport::setConnectionLimit(int connections)
{
    m_connectionLimit = connections;
    makeRoom();
}

void QnamTransport::setOpenFileLimit(qint64 files)
{
    m_openFileLimit = files;
}

void QnamTransport::setIdleExpirySeconds(int seconds)
{
    m_idleExpirySeconds = std::max(1, seconds);
    for (const std::unique_ptr<LaneGroup> &group : m_groups)
        group->setIdleExpirySeconds(m_idleExpirySeconds);
}

int QnamTransport::laneCount() const
{
    int count = 0;
    for (const std::unique_ptr<LaneGroup> &group : m_groups)
        count += group->lanes().laneCount();
    return count;
}

LaneGroup *QnamTransport::groupFor(const PreparedRequest &request, std::optional<Error> &error)
{
    const ConnectionProfile &profile = request.profile;
    return profile.proxy.isEmpty() && profile.noProxy.isEmpty()
               ? groupOf(profile, error)
               : groupOf(routed(profile, request.url.host()), error);
}

LaneGroup *QnamTransport::groupOf(const ConnectionProfile &profile, std::optional<Error> &error)
{
    for (const std::unique_ptr<LaneGroup> &group : m_groups) {
        if (group->profile() == profile)
            return group.get();
    }
    if (const auto proxy = LaneProxyFactory::parse(profile.proxy); !proxy) {
        error = proxy.error();
        return nullptr;
    }
    Result<WireRequestWriter> writer = WireRequestWriter::create(profile, m_idleExpirySeconds);
    if (!writer) {
        error = writer.error();
        return nullptr;
    }
    m_groups.push_back(std::make_unique<LaneGroup>(profile, std::move(*writer), m_spread));
    m_groups.back()->lanes().setStreamsPerConnection(m_streams);
    return m_groups.back().get();
}

Exchange &QnamTransport::newExchange()
{
    if (m_freeSlots.empty()) {
        m_freeSlots.push_back(quint32(m_exchanges.size()));
        m_exchanges.push_back(std::make_unique<Exchange>());
        m_exchanges.back()->slot = m_freeSlots.back();
    }
    Exchange &exchange = *m_exchanges[m_freeSlots.back()];
    m_freeSlots.pop_back();
    return exchange;
}

Exchange *QnamTransport::find(ExchangeId id) const
{
    const quint64 slot = (quint64(id) & 0xffffffff) - 1;
    if (id == ExchangeId::None || slot >= m_exchanges.size())
        return nullptr;
    Exchange *exchange = m_exchanges[slot].get();
    return exchange->id() == id && exchange->state != Exchange::State::Free ? exchange : nullptr;
}

void QnamTransport::freeExchange(Exchange &exchange)
{
    const quint32 slot = exchange.slot;
    const quint32 generation = exchange.generation + 1;
    exchange = Exchange();
    exchange.slot = slot;
    exchange.generation = generation;
    m_freeSlots.push_back(slot);
}

ExchangeId QnamTransport::start(const PreparedRequest &request, quint64 tag)
{
    Exchange &exchange = newExchange();
    exchange.tag = tag;
    exchange.url = request.url;
    exchange.timeouts = request.timeouts;
    exchange.maxBodyBytes = request.maxBodyBytes;
    exchange.useCookies = request.useCookies;
    exchange.cookieJar = request.cookieJar;
    exchange.startedUs = exchange.activeUs = m_clock.nowUs();
    exchange.wire.method = request.method;

    std::optional<Error> error = outOfFiles();
    LaneGroup *group = error ? nullptr : groupFor(request, error);
    if (!group) {
        failLater(exchange, *error);
        return exchange.id();
    }
    exchange.group = group;
    const RequestTarget &target = group->target(request);
    QByteArray cookies = joinedValue(request.headers, "cookie");
    if (request.useCookies)
        cookies = m_cookies.cookieHeader(request.cookieJar, request.url, cookies);
    Result<WireRequest> wire = group->wire(request, target, cookies);
    if (!wire) {
        failLater(exchange, wire.error());
        return exchange.id();
    }
    exchange.wire = std::move(*wire);

    exchange.hostName = target.hostName;
    exchange.host = target.host;
    LaneSet &lanes = group->lanes();
    if (lanes.protocol(exchange.host) == WireProtocol::Unknown) {
        lanes.setProtocol(exchange.host,
                          knownProtocol(request.profile.httpVersion, target.endpoint.scheme));
    }
    if (lanes.protocol(exchange.host) != WireProtocol::Unknown) {
        sendOrHold(exchange);
    } else if (const auto held = group->held().find(exchange.host); held != group->held().end()) {
        exchange.state = Exchange::State::Held;
        held->second.push_back(exchange.id());
    } else {
        group->held()[exchange.host];
        exchange.probes = true;
        send(exchange);
    }
    armTimer(exchange.due().atUs);
    return exchange.id();
}

void QnamTransport::send(Exchange &exchange)
{
    exchange.state = Exchange::State::Running;
    exchange.placedUs = m_clock.nowUs();
    exchange.number = ++m_sends;
    ++m_placed;
    exchange.place = exchange.group->lanes().take(exchange.host);
    if (m_connectionLimit > 0 && openSockets() > m_connectionLimit && !m_roomTimer.isActive())
        makeRoom();
    QNetworkAccessManager &manager = *exchange.group->lane(exchange.place.lane).manager;
    const WireRequest &wire = exchange.wire;
    const QNetworkRequest request =
        exchange.group->requestFor(wire, exchange.host, exchange.place.pool);
    // Everything but GET and HEAD goes as a custom verb: Qt's own post() invents a Content-Type.
    if (carriesBody(wire))
        exchange.reply = manager.sendCustomRequest(request, wire.method, wire.body);
    else if (wire.method == "GET")
        exchange.reply = manager.get(request);
    else if (wire.method == "HEAD")
        exchange.reply = manager.head(request);
    else
        exchange.reply = manager.sendCustomRequest(request, wire.method);
    connectReply(exchange, request.url().scheme() == "https"_L1);
    m_stamps.post(m_clock.nowUs());
}

void QnamTransport::protocolKnown(Exchange &exchange, bool http2)
{
    exchange.probes = false;
    LaneGroup &group = *exchange.group;
    group.lanes().setProtocol(exchange.host, http2 ? WireProtocol::Http2 : WireProtocol::Http1);
    const auto held = group.held().find(exchange.host);
    if (held == group.held().end())
        return;
    const std::deque<ExchangeId> waiting = std::move(held->second);
    group.held().erase(held);
    for (const ExchangeId id : waiting) {
        if (Exchange *next = find(id))
            send(*next);
    }
}

/**
 * The request that was to find out has failed before it could: the next one tries, or, where that
 * took a while, all of them, since it may have been a matter of that one connection.
 */
void QnamTransport::sendHeld(LaneGroup &group, int host, bool all)
{
    const auto held = group.held().find(host);
    if (held == group.held().end())
        return;
    std::deque<ExchangeId> trying;
    while (!held->second.empty() && (all || trying.empty())) {
        if (find(held->second.front()))
            trying.push_back(held->second.front());
        held->second.pop_front();
    }
    if (all || trying.empty())
        group.held().erase(held);
    for (const ExchangeId id : trying) {
        Exchange &next = *find(id);
        next.probes = true;
        send(next);
        armTimer(next.due().atUs);
    }
}

} // namespace Sluice

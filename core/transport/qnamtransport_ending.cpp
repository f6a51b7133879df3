// SPDX-License-Identifier: GPL-3.0-or-later
// How exchanges end: replies and failures.
#include "core/transport/exchange.h"
#include "core/transport/lanegroup.h"
#include "core/transport/laneproxyfactory.h"
#include "core/transport/qnamtransport.h"

#include <QMetaObject>
#include <QNetworkAccessManager>

#include <algorithm>

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
        if (!isSameField(name, "set-cookie") || !value.contains('\n')) {
            headers.append(name, value);
            continue;
        }
        for (const QByteArray &single : value.split('\n'))
            headers.append(name, single);
    }
    return headers;
}

/** The `host:port` of the proxy that \a exchange goes through; empty when it goes direct. */
QString proxyOf(const Exchange &exchange)
{
    const QString &text = exchange.group->profile().proxy;
    const auto proxy = LaneProxyFactory::parse(text);
    return proxy && !text.isEmpty() ? proxy->hostName() + u':' + QString::number(proxy->port())
                                    : QString();
}

/** The socket is known to be gone, so the next connection cannot overlap it. */
bool endsWithoutSocket(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::RemoteHostClosedError
           || error == QNetworkReply::ConnectionRefusedError
           || error == QNetworkReply::HostNotFoundError;
}

/**
 * True when the body is not what the server announced. Qt sees to that over HTTP/1; over HTTP/2 it
 * takes a stream that was reset for one that ended (RFC 9113 8.1.1).
 */
bool isCutOff(const Response &response, const QByteArray &method)
{
    if (!hasBody(method, response.status))
        return false;
    bool announced = false;
    const qint64 length = response.headers.value("content-length").toLongLong(&announced);
    return announced && response.body.size() < length;
}

/** True when the server ends an HTTP/1 connection after \a response (RFC 9112 9.6). */
bool closesConnection(const Response &response)
{
    return response.headers.value("connection").toLower().contains("close");
}

/** The reply came whole, but its body is not compressed as the server says it is. */
bool cannotBeDecoded(const QNetworkReply &reply, int status)
{
    return reply.error() == QNetworkReply::UnknownContentError && status < 400;
}

bool isTimeout(const Response &response)
{
    return response.error
           && (response.error->code == ErrorCode::ConnectTimeout
               || response.error->code == ErrorCode::TotalTimeout);
}

/** Qt takes all of them but 100 for the reply itself, and what follows for the next one's. */
bool isInterim(int status)
{
    return status >= 100 && status < 200;
}

} // namespace

void QnamTransport::finished(Exchange &exchange)
{
    Response response = takeResponse(exchange);
    const Refused refused = refusedBy(*exchange.reply);
    response.unprocessed = refused != Refused::No;
    if (refused == Refused::Connection)
        exchange.group->lanes().goAway(exchange.host, exchange.place);
    ConnectionEnd end = ConnectionEnd::Unknown;
    if (!response.error || cannotBeDecoded(*exchange.reply, response.status))
        end = ConnectionEnd::Stays;
    else if (response.unprocessed || endsWithoutSocket(exchange.reply->error()))
        end = ConnectionEnd::Gone;
    if (!response.error && isInterim(response.status)) {
        response.error = interimError(response.status, exchange.hostName);
        exchange.group->lanes().spoil(exchange.host, exchange.place);
    } else if (!response.error && isCutOff(response, exchange.wire.method)) {
        response.error = cutOffError(response.body.size(), exchange.hostName);
        end = ConnectionEnd::Gone;
    }
    if (end == ConnectionEnd::Stays) {
        exchange.group->lanes().heard(exchange.host, exchange.place, m_clock.nowUs());
        learnStreams(exchange);
    }
    if (exchange.useCookies && response.status > 0)
        m_cookies.store(exchange.cookieJar, exchange.url, response.headers);
    deliver(exchange, std::move(response), end);
}

/**
 * How many streams the server allows is Qt's secret; it sends the others when one has ended, the
 * newest first. So one that is not on the wire when a later one has come back waits for that
 * (TRANSPORT 14). Looks now and then only, at no regular distance: replies come in waves.
 */
void QnamTransport::learnStreams(const Exchange &exchange)
{
    LaneSet &lanes = exchange.group->lanes();
    if (lanes.protocol(exchange.host) != WireProtocol::Http2
        || !lanes.hasUnsent(exchange.host, exchange.place))
        return;
    constexpr quint32 GoldenRatio = 0x9e3779b9; // Of 2^32: its multiples are spread evenly.
    constexpr int OneInEight = 3;
    if ((m_looks++ * GoldenRatio) >> (32 - OneInEight) != 0)
        return;
    const bool isPassed = std::ranges::any_of(m_exchanges, [&exchange](const auto &other) {
        return other->state == Exchange::State::Running && other->timesSent == 0
               && other->number < exchange.number && other->group == exchange.group
               && other->host == exchange.host && other->place == exchange.place;
    });
    if (isPassed)
        lanes.limitStreams(exchange.host, exchange.place);
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
    ConnectionEnd end = ConnectionEnd::Gone;
    if (exchange.state == Exchange::State::Held) {
        LaneGroup &group = *exchange.group;
        if (const auto held = group.held().find(exchange.host); held != group.held().end())
            std::erase(held->second, exchange.id());
        if (const auto closing = group.closing().find(exchange.host);
            closing != group.closing().end())
            std::erase(closing->second.waiting, exchange.id());
    } else if (exchange.reply) {
        response = takeResponse(exchange);
        exchange.ending = std::exchange(exchange.reply, nullptr);
        end = ConnectionEnd::Unknown;
    }
    response.error = std::move(error);
    deliver(exchange, std::move(response), end);
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
void QnamTransport::deliver(Exchange &exchange, Response &&response, ConnectionEnd end)
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
    const bool placed = exchange.place.lane >= 0;
    exchange.state = Exchange::State::Closing;
    if (exchange.probes) {
        if (response.status > 0)
            protocolKnown(exchange, exchange.http2);
        else
            sendHeld(*exchange.group, exchange.host, isTimeout(response));
        exchange.probes = false;
    }
    const bool isOver = end != ConnectionEnd::Unknown;
    if (isOver && placed)
        leaveLane(exchange, end == ConnectionEnd::Gone || closesConnection(response));
    if (m_client)
        m_client->exchangeFinished(id, exchange.tag, std::move(response));
    if (isOver)
        closed(exchange, true);
    else
        closeThrough(exchange);
}

} // namespace Sluice

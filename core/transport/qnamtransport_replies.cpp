// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Qt tells of a reply while it is under way: connecting, sending, headers, body.
#include "core/transport/exchange.h"
#include "core/transport/lanegroup.h"
#include "core/transport/qnamtransport.h"
#include "core/transport/replyerror.h"

#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTimer>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace Sluice {

namespace {

/** Until a server has said how many streams it allows, which it does first of all (RFC 9113 3.4).
 */
constexpr auto SettingsTime = 10ms;

} // namespace

void QnamTransport::connectReply(Exchange &exchange, bool secure)
{
    Exchange *e = &exchange;
    QNetworkReply *reply = exchange.reply;
    // A slot is used again for the next exchange; signals of the last reply must not reach it.
    const auto handler = [this, e, reply](auto handle) {
        return [this, e, reply, handle] {
            if (e->reply == reply)
                (this->*handle)(*e);
        };
    };
    // Also told of a reply that has ended: the connection stays for others.
    connect(reply, &QNetworkReply::socketStartedConnecting, this,
            [this, e, reply, group = exchange.group,
             lane = &exchange.group->lane(exchange.place.lane), host = exchange.host] {
                startedConnecting(e->reply == reply ? e : nullptr, *lane, host);
                tellConnection(*group, host);
            });
    connect(reply, &QNetworkReply::requestSent, this, handler(&QnamTransport::sent));
    connect(reply, &QNetworkReply::metaDataChanged, this, handler(&QnamTransport::headersRead));
    connect(reply, &QNetworkReply::readyRead, this, handler(&QnamTransport::bodyRead));
    connect(reply, &QNetworkReply::finished, this, handler(&QnamTransport::finished));
    if (!exchange.wire.body.isEmpty()) {
        connect(reply, &QNetworkReply::uploadProgress, this, [this, e, reply] {
            if (e->reply == reply)
                e->activeUs = m_clock.nowUs();
        });
    }
    if (secure && exchange.probes) {
        connect(reply, &QNetworkReply::encrypted, this, [this, e, reply] {
            if (e->reply != reply)
                return;
            const QByteArray protocol = reply->sslConfiguration().nextNegotiatedProtocol();
            if (protocol != QSslConfiguration::ALPNProtocolHTTP2) {
                protocolKnown(*e, false);
                return;
            }
            QTimer::singleShot(SettingsTime, Qt::PreciseTimer, this, [this, e, reply] {
                if (e->reply == reply && e->probes)
                    protocolKnown(*e, true);
            });
        });
    }
}

/** \a exchange is the one that Qt tells of it, which another may come before; null when it ended.
 */
void QnamTransport::startedConnecting(Exchange *exchange, Lane &lane, int host)
{
    const qint64 beganUs = m_stamps.postedBy(m_clock.nowUs());
    if (exchange && exchange->timings.connectUs < 0)
        exchange->timings.connectUs = std::max(exchange->startedUs, beganUs);
    else
        lane.connecting[host].push_back(beganUs);
}

void QnamTransport::tellConnection(const LaneGroup &group, int host)
{
    if (m_client)
        m_client->connectionBegan(endpointOf(group.lanes().key(host)));
}

bool QnamTransport::claimConnecting(Exchange &exchange)
{
    auto &connecting = exchange.group->lane(exchange.place.lane).connecting;
    const auto unclaimed = connecting.find(exchange.host);
    if (unclaimed == connecting.end())
        return false;
    if (exchange.timings.connectUs < 0)
        exchange.timings.connectUs = std::max(unclaimed->second.front(), exchange.startedUs);
    unclaimed->second.pop_front();
    if (unclaimed->second.empty())
        connecting.erase(unclaimed);
    return true;
}

void QnamTransport::sent(Exchange &exchange)
{
    // Over HTTP/1.1 Qt sends again on a new connection, and tells of it only when others wait.
    const bool isAnew = exchange.timesSent > 0
                        && exchange.group->lanes().protocol(exchange.host) != WireProtocol::Http2;
    if ((exchange.timings.connectUs < 0 || exchange.timesSent > 0) && !claimConnecting(exchange)
        && isAnew)
        tellConnection(*exchange.group, exchange.host);
    const qint64 now = exchange.activeUs = m_clock.nowUs();
    exchange.timings.sentUs =
        std::max({exchange.startedUs, exchange.timings.connectUs, m_stamps.postedBy(now)});
    if (exchange.timesSent++ == 0)
        exchange.group->lanes().sent(exchange.host, exchange.place);
    armTimer(exchange.due().atUs);
}

void QnamTransport::headersRead(Exchange &exchange)
{
    exchange.timings.headersUs = exchange.activeUs = m_clock.nowUs();
    exchange.group->lanes().heard(exchange.host, exchange.place, exchange.activeUs);
    const QVariant length = exchange.reply->header(QNetworkRequest::ContentLengthHeader);
    const int status = exchange.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (length.toLongLong() > exchange.maxBodyBytes && hasBody(exchange.wire.method, status))
        fail(exchange, bodyTooLargeError(exchange.maxBodyBytes, exchange.hostName));
}

void QnamTransport::bodyRead(Exchange &exchange)
{
    exchange.activeUs = m_clock.nowUs();
    exchange.group->lanes().heard(exchange.host, exchange.place, exchange.activeUs);
    if (exchange.reply->bytesAvailable() > exchange.maxBodyBytes)
        fail(exchange, bodyTooLargeError(exchange.maxBodyBytes, exchange.hostName));
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
// When exchanges are over that have not ended by themselves.
#include "core/transport/exchange.h"
#include "core/transport/lanegroup.h"
#include "core/transport/qnamtransport.h"
#include "core/transport/replyerror.h"

#include <QMetaObject>
#include <QNetworkReply>
#include <QTimerEvent>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sluice {

void QnamTransport::abort(ExchangeId id)
{
    Exchange *exchange = find(id);
    if (!exchange || !exchange->isWaiting())
        return;
    exchange->error = Error{ErrorCode::Cancelled,
                            u"The request to %1 was cancelled"_s.arg(exchange->hostName),
                            {},
                            0,
                            0};
    QMetaObject::invokeMethod(
        this,
        [this, id] {
            Exchange *found = find(id);
            if (found && found->isWaiting())
                fail(*found, *found->error);
        },
        Qt::QueuedConnection);
}

void QnamTransport::armTimer(qint64 deadlineUs)
{
    if (deadlineUs < 0 || (m_timerUs >= 0 && m_timerUs <= deadlineUs))
        return;
    m_timerUs = deadlineUs;
    const qint64 waitMs = std::max<qint64>(0, (deadlineUs - m_clock.nowUs() + 999) / 1000);
    m_timer.start(int(std::min<qint64>(waitMs, std::numeric_limits<int>::max())), Qt::PreciseTimer,
                  this);
}

void QnamTransport::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_roomTimer.timerId()) {
        makeRoom();
        return;
    }
    if (event->timerId() != m_timer.timerId()) {
        QObject::timerEvent(event);
        return;
    }
    m_timer.stop();
    m_timerUs = -1;
    checkDeadlines();
}

/**
 * True when the connection of \a exchange may be dead: it is still being set up, or it is one of
 * HTTP/2 that has been silent for as long. Qt would use it again, whereas one of HTTP/1.1 that was
 * used ends with its exchange.
 */
bool QnamTransport::hasHeardNothing(const Exchange &exchange) const
{
    const LaneSet &lanes = exchange.group->lanes();
    if (lanes.protocol(exchange.host) != WireProtocol::Http2)
        return exchange.timesSent == 0;
    const qint64 sinceUs = exchange.timesSent > 0 ? exchange.timings.sentUs : exchange.placedUs;
    return lanes.heardUs(exchange.host, exchange.place) < sinceUs;
}

/** Looks at everything in flight, which the limits keep few, so nothing is kept in order. */
void QnamTransport::checkDeadlines()
{
    const qint64 now = m_clock.nowUs();
    for (std::size_t slot = 0; slot < m_exchanges.size(); ++slot) {
        Exchange &exchange = *m_exchanges[slot];
        if (!exchange.isWaiting())
            continue;
        const Exchange::Due due = exchange.due();
        if (due.atUs < 0 || due.atUs > now) {
            armTimer(due.atUs);
            continue;
        }
        const bool headerless = exchange.timings.headersUs >= 0 && exchange.reply
                                && exchange.reply->rawHeaderPairs().isEmpty();
        if (exchange.place.lane >= 0 && hasHeardNothing(exchange))
            exchange.group->lanes().spoil(exchange.host, exchange.place);
        fail(exchange, deadlineError(due.deadline, due.spanUs, exchange.hostName, headerless));
    }
}

} // namespace Sluice

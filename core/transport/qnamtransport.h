// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/transport/cookiestore.h"
#include "core/transport/eventstamps.h"
#include "core/transport/lingeringsockets.h"
#include "core/transport/peerwatch.h"
#include "core/transport/transport.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>
#include <set>
#include <vector>

class QNetworkReply;

namespace Sluice {

class ClosingBatch;
struct ClosingParty;
enum class ConnectionEnd : quint8;
struct Exchange;
class LaneGroup;
struct Lane;

/**
 * The transport over QNetworkAccessManager: a few managers ("lanes") side by side in the engine
 * thread, each with its own HTTP thread inside Qt, because one thread cannot serve all connections
 * and a manager opens only so many to a host (see poolingOf()). Lanes are grouped by connection
 * profile and shared by all hosts.
 *
 * Redirects, retries, cookies, credentials and deadlines are ours: Qt follows nothing, keeps
 * nothing and waits for nothing by itself, except that it sends a request again, up to three
 * times, when the connection breaks under it (`Response::timesSent` tells).
 *
 * How many sockets are open: in use, never more than the exchanges in flight. Idle ones come on
 * top, for each host no more than the most exchanges it had in flight at once. They expire, each
 * pool of them by itself (see poolingOf()), so that a host which needs fewer soon has fewer. Qt
 * offers no way to close one of them at once, only all of a lane that carries nothing. When the sum
 * would exceed the connection limit, lanes at rest are emptied; a host whose sockets went that way
 * gets new ones when its server has closed the old, too. Those of a host in use stay until they
 * expire, since connecting anew all the time would cost more than they do harm: countOpenSockets()
 * tells how many there are.
 *
 * What cannot be kept from happening, in a pool of more than one connection: Qt gives a request for
 * which it opens a connection one that came free meanwhile, and for the next it may open another,
 * although the first is about to be ready (QHttpNetworkConnectionPrivate::_q_startNextRequest looks
 * at its channels in order). Such a connection serves later requests. It can be one more than the
 * limit only where one that was aborted is still closing, and was seen on a starved machine only.
 *
 * A connection that hangs before it was used, or that is silent over HTTP/2, is left when a
 * deadline runs out on it; until Qt can be rid of it, it comes on top of the others, too.
 *
 * `HttpVersion::Auto` and `Http2` let an https server choose HTTP/2 by ALPN; over plain http,
 * `Http2` speaks it at once (RFC 9113 3.3) and `Auto` never does.
 */
class QnamTransport final : public QObject, public Transport
{
    Q_OBJECT

public:
    static constexpr int DefaultIdleExpirySeconds = 15;

    /** \a clock outlives the transport. \a spread: lanes that one host is spread over; 0 = the
     * processors but one.
     */
    explicit QnamTransport(const Clock &clock, int spread = 0, QObject *parent = nullptr);
    /** Ends what is in flight without telling the client. Waits for Qt's HTTP threads to end. */
    ~QnamTransport() override;

    void setClient(TransportClient *client) override;
    ExchangeId start(const PreparedRequest &request, quint64 tag) override;
    void abort(ExchangeId exchange) override;
    void setStreamsPerConnection(int streams) override;
    void setIdleExpirySeconds(int seconds) override;
    void setConnectionLimit(int connections) override;

    /** How many files the process may have open; a request that would need more fails at once. */
    void setOpenFileLimit(qint64 files);
    CookieStore &cookies() { return m_cookies; }
    /** Lanes in use over all groups: one thread of Qt's each. */
    int laneCount() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    LaneGroup *groupFor(const PreparedRequest &request, std::optional<Error> &error);
    LaneGroup *groupOf(const ConnectionProfile &profile, std::optional<Error> &error);
    std::optional<Error> outOfFiles();
    Exchange &newExchange();
    Exchange *find(ExchangeId id) const;
    void freeExchange(Exchange &exchange);
    void sendOrHold(Exchange &exchange);
    void send(Exchange &exchange);
    void forgetExpired();
    void makeRoom();
    bool closeRestingLane(qint64 restedUs);
    void clearLane(LaneGroup &group, int lane);
    void socketClosed(LaneGroup &group, int host);
    int openSockets() const;
    void leaveLane(Exchange &exchange, bool closed);
    void connectReply(Exchange &exchange, bool secure);
    void startedConnecting(Exchange *exchange, Lane &lane, int host);
    void tellConnection(const LaneGroup &group, int host);
    bool claimConnecting(Exchange &exchange);
    void sent(Exchange &exchange);
    void headersRead(Exchange &exchange);
    void bodyRead(Exchange &exchange);
    void protocolKnown(Exchange &exchange, bool http2);
    void sendHeld(LaneGroup &group, int host, bool all);
    void finished(Exchange &exchange);
    void fail(Exchange &exchange, Error error);
    void failLater(Exchange &exchange, Error error);
    void deliver(Exchange &exchange, Response &&response, ConnectionEnd end);
    Response takeResponse(Exchange &exchange);
    void closeThrough(Exchange &exchange);
    void closeNext();
    void abortBatch();
    void probe(const std::set<Lane *> &lanes, void (QnamTransport::*then)());
    void batchClosed();
    void watchPeer(ExchangeId id, bool connectionGone);
    void releaseSlots(ClosingParty &party);
    void closed(Exchange &exchange, bool connectionGone);
    qint64 endOfCopies() const;
    void armTimer(qint64 deadlineUs);
    bool hasHeardNothing(const Exchange &exchange) const;
    void checkDeadlines();
    void learnStreams(const Exchange &exchange);
    void clearSpoiltLanes();

    const Clock &m_clock;
    TransportClient *m_client = nullptr;
    CookieStore m_cookies;
    std::vector<std::unique_ptr<LaneGroup>> m_groups;
    std::vector<std::unique_ptr<Exchange>> m_exchanges; ///< By slot; free ones are used again.
    std::vector<quint32> m_freeSlots;
    std::vector<ExchangeId> m_toClose;     ///< Ended; Qt has not closed their connections.
    std::unique_ptr<ClosingBatch> m_batch; ///< Those under way; null = none.
    std::vector<ExchangeId> m_closedByQt;  ///< As m_batch: Qt has ended them, or is about to.
    int m_probes = 0;                      ///< As m_batch: lanes that have yet to answer.
    bool m_closesSoon = false;
    LingeringSockets m_lingering;
    PeerWatch m_peers;       ///< Of what we could not keep.
    QBasicTimer m_roomTimer; ///< Runs while more sockets are open than wanted.
    EventStamps m_stamps;
    QBasicTimer m_timer; ///< One for all deadlines.
    qint64 m_timerUs = -1;
    qint64 m_openFileLimit = 0; ///< 0 = unknown.
    int m_placed = 0;           ///< Exchanges that hold a place on a lane.
    quint64 m_sends = 0;        ///< Exchanges that Qt was given so far.
    quint32 m_looks = 0;        ///< That learnStreams() had reason for.
    bool m_clearsSoon = false;
    int m_spread;
    int m_streams = 100;
    int m_connectionLimit = 0;
    int m_idleExpirySeconds = DefaultIdleExpirySeconds;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/keptsocket.h"
#include "core/transport/laneset.h"
#include "core/transport/transport.h"
#include "core/transport/wirerequest.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

class QNetworkAccessManager;

namespace Sluice {

/** One manager, and what its connections are about to be used for. */
struct Lane
{
    Lane();
    ~Lane();

    std::unique_ptr<QNetworkAccessManager> manager;
    /**
     * By host: when sockets began to connect that no exchange has claimed. Qt announces all of a
     * burst on one reply, although each of the burst will use one of them.
     */
    std::unordered_map<int, std::deque<qint64>> connecting;
    /** Forgets those of \a host that are gone: the oldest, beyond the \a open that may be left. */
    void forgetConnecting(int host, int open);
    qint64 leftUs = 0; ///< When an exchange last ended on it.
};

/** Idle connections of a host that were closed here and perhaps not yet at its server. */
struct ClosingHost
{
    int sockets = 0;
    std::deque<ExchangeId> waiting; ///< Exchanges that need a new one.
};

/** The `scheme://host:port` of the host \a key of a LaneSet. */
QString endpointOf(const QString &key);

/** The lanes of one connection profile, which is routed(): all its hosts go one way. */
class LaneGroup
{
public:
    LaneGroup(ConnectionProfile profile, WireRequestWriter writer, int spread);
    ~LaneGroup();

    const ConnectionProfile &profile() const { return m_profile; }
    /** Where \a request goes, `host` included; remembered, as a run sends many to few hosts. */
    const RequestTarget &target(const PreparedRequest &request);
    /** WireRequestWriter::write(), remembered for the next that is the same. */
    Result<WireRequest> wire(const PreparedRequest &request, const RequestTarget &target,
                             const QByteArray &cookies);
    /** See WireRequestWriter; forgets what was written with another. */
    void setIdleExpirySeconds(int seconds);
    /** \a wire, told to use the connections of \a pool; remembered for what wire() remembers. */
    QNetworkRequest requestFor(const WireRequest &wire, int host, int pool);
    /** Where connections to \a host lead: to its own address or to the proxy's. */
    PeerAddress peer(int host) const;
    LaneSet &lanes() { return m_lanes; }
    const LaneSet &lanes() const { return m_lanes; }
    /** The lane \a index, made when it is first asked for. */
    Lane &lane(int index);
    /**
     * Closes the sockets of the lane \a index, which carries nothing, and returns how many there
     * may have been, by host. Waits for the lane's thread to end.
     */
    std::vector<std::pair<int, int>> clear(int index);
    /** Exchanges that wait until their host's protocol is known; there while a request asks. */
    std::map<int, std::deque<ExchangeId>> &held() { return m_held; }
    /** By host, as long as any are closing. */
    std::map<int, ClosingHost> &closing() { return m_closing; }

private:
    void forgetWire();
    const QString &poolName(int host, int index);

    ConnectionProfile m_profile;
    WireRequestWriter m_writer;
    LaneSet m_lanes;
    QHash<QString, RequestTarget> m_targets; ///< By origin as the URL writes it.
    QStringList m_resolve;                   ///< The rules that m_targets were found by.
    QUrl m_lastUrl;                          ///< That was looked up, and what was found.
    RequestTarget m_lastTarget;
    PreparedRequest m_lastRequest; ///< That was written, without body, and what came of it.
    QByteArray m_lastCookies;
    std::optional<WireRequest> m_lastWire;
    std::vector<std::optional<QNetworkRequest>> m_lastByPool; ///< m_lastWire's, as far as asked.
    quint64 m_written = 0;
    std::vector<std::vector<QString>> m_poolNames; ///< By host and spelling().
    std::vector<std::unique_ptr<Lane>> m_managers;
    std::map<int, std::deque<ExchangeId>> m_held;
    std::map<int, ClosingHost> m_closing;
};

} // namespace Sluice

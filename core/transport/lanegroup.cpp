// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/lanegroup.h"

#include "core/transport/laneproxyfactory.h"

#include <QNetworkAccessManager>

namespace Sluice {

Lane::Lane() : manager(std::make_unique<QNetworkAccessManager>()) {}
Lane::~Lane() = default;

void Lane::forgetConnecting(int host, int open)
{
    const auto unclaimed = connecting.find(host);
    if (unclaimed == connecting.end())
        return;
    while (std::ssize(unclaimed->second) > open)
        unclaimed->second.pop_front();
    if (unclaimed->second.empty())
        connecting.erase(unclaimed);
}

QString endpointOf(const QString &key)
{
    const qsizetype at = key.lastIndexOf(u'@');
    return at < 0 ? key : key.first(at);
}

LaneGroup::LaneGroup(ConnectionProfile profile, WireRequestWriter writer, int spread)
    : m_profile(std::move(profile)), m_writer(std::move(writer)), m_lanes(spread)
{
}

LaneGroup::~LaneGroup() = default;

const RequestTarget &LaneGroup::target(const PreparedRequest &request)
{
    if (request.resolve != m_resolve) {
        m_resolve = request.resolve;
        m_targets.clear();
    } else if (request.url == m_lastUrl) {
        return m_lastTarget;
    }
    const QUrl &url = request.url;
    const QString origin = url.scheme() + u'/' + url.host() + u':' + QString::number(url.port());
    const auto known = m_targets.constFind(origin);
    m_lastUrl = url;
    m_lastTarget = known != m_targets.cend() ? *known : RequestTarget::of(request);
    if (known == m_targets.cend() && m_lastTarget.endpoint.isValid()) {
        m_lastTarget.host =
            m_lanes.host(m_lastTarget.laneKey(), poolingOf(m_lastTarget, m_profile.verifyTls));
        m_targets.insert(origin, m_lastTarget);
    }
    return m_lastTarget;
}

Result<WireRequest> LaneGroup::wire(const PreparedRequest &request, const RequestTarget &target,
                                    const QByteArray &cookies)
{
    // A body is not compared: it may be long, and it counts in the header fields.
    const bool known = m_lastWire && request.body.isEmpty()
                       && request.method == m_lastRequest.method
                       && request.headers == m_lastRequest.headers && cookies == m_lastCookies
                       && request.url == m_lastRequest.url && target.address == m_lastWire->address;
    if (known)
        return *m_lastWire;
    Result<WireRequest> written = m_writer.write(request, target, cookies);
    forgetWire();
    if (written)
        written->number = ++m_written;
    if (written && request.body.isEmpty()) {
        m_lastRequest.method = request.method;
        m_lastRequest.headers = request.headers;
        m_lastRequest.url = request.url;
        m_lastCookies = cookies;
        m_lastWire = *written;
    }
    return written;
}

void LaneGroup::setIdleExpirySeconds(int seconds)
{
    m_writer.setIdleExpirySeconds(seconds);
    forgetWire();
}

void LaneGroup::forgetWire()
{
    m_lastWire.reset();
    m_lastByPool.clear();
}

QNetworkRequest LaneGroup::requestFor(const WireRequest &wire, int host, int pool)
{
    if (pool == 0)
        return wire.request;
    const bool known = m_lastWire && m_lastWire->number == wire.number;
    if (known && std::size_t(pool) >= m_lastByPool.size())
        m_lastByPool.resize(std::size_t(pool) + 1);
    if (known && m_lastByPool[std::size_t(pool)])
        return *m_lastByPool[std::size_t(pool)];
    QNetworkRequest request = wire.request;
    const bool named = !request.peerVerifyName().isEmpty();
    request.setPeerVerifyName(poolName(host, named ? pool : pool - 1));
    if (known)
        m_lastByPool[std::size_t(pool)] = request;
    return request;
}

const QString &LaneGroup::poolName(int host, int index)
{
    if (std::size_t(host) >= m_poolNames.size())
        m_poolNames.resize(std::size_t(host) + 1);
    std::vector<QString> &names = m_poolNames[std::size_t(host)];
    if (names.empty())
        names.push_back(QUrl(endpointOf(m_lanes.key(host))).host());
    for (int next = int(names.size()); next <= index; ++next)
        names.push_back(spelling(names.front(), next));
    return names[std::size_t(index)];
}

PeerAddress LaneGroup::peer(int host) const
{
    const QString &key = m_lanes.key(host);
    const QUrl url(endpointOf(key));
    const qsizetype at = key.lastIndexOf(u'@');
    const QString name = at < 0 ? url.host() : key.sliced(at + 1);
    if (!m_profile.proxy.isEmpty()) {
        if (const auto proxy = LaneProxyFactory::parse(m_profile.proxy))
            return PeerAddress::of(proxy->hostName(), proxy->port());
    }
    return PeerAddress::of(name, quint16(url.port()));
}

Lane &LaneGroup::lane(int index)
{
    if (std::size_t(index) >= m_managers.size())
        m_managers.resize(std::size_t(index) + 1);
    std::unique_ptr<Lane> &lane = m_managers[std::size_t(index)];
    if (!lane) {
        lane = std::make_unique<Lane>();
        // The manager takes the factory over.
        lane->manager->setProxyFactory(std::make_unique<LaneProxyFactory>(m_profile).release());
    }
    return *lane;
}

std::vector<std::pair<int, int>> LaneGroup::clear(int index)
{
    Lane &cleared = lane(index);
    cleared.manager->clearConnectionCache();
    cleared.connecting.clear();
    return m_lanes.cleared(index);
}

} // namespace Sluice

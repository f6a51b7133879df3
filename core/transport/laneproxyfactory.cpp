// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/laneproxyfactory.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int DefaultHttpProxyPort = 8080;
constexpr int DefaultSocksPort = 1080;

/** True when \a host is covered by \a noProxy: `*`, a host, or a domain with its subdomains. */
bool bypassesProxy(const QStringList &noProxy, QStringView host)
{
    return std::ranges::any_of(noProxy, [host](const QString &entry) {
        QStringView pattern = QStringView(entry).trimmed();
        if (pattern == u'*')
            return true;
        if (pattern.startsWith(u"*."))
            pattern = pattern.sliced(2);
        else if (pattern.startsWith(u'.'))
            pattern = pattern.sliced(1);
        if (pattern.isEmpty() || !host.endsWith(pattern, Qt::CaseInsensitive))
            return false;
        return host.size() == pattern.size() || host[host.size() - pattern.size() - 1] == u'.';
    });
}

} // namespace

LaneProxyFactory::LaneProxyFactory(const ConnectionProfile &profile)
    : m_proxy(parse(profile.proxy).value_or(QNetworkProxy(QNetworkProxy::DefaultProxy)))
{
}

QList<QNetworkProxy> LaneProxyFactory::queryProxy(const QNetworkProxyQuery &query)
{
    // Port 0 is never a server; the transport asks it to find out how far the lane's thread is.
    const bool direct = query.peerPort() == 0;
    return {direct ? QNetworkProxy(QNetworkProxy::DefaultProxy) : m_proxy};
}

Result<QNetworkProxy> LaneProxyFactory::parse(const QString &text)
{
    if (text.isEmpty())
        return QNetworkProxy(QNetworkProxy::DefaultProxy);
    const QUrl url(text.contains("://"_L1) ? text : "http://"_L1 + text);
    const bool socks = url.scheme() == "socks5"_L1 || url.scheme() == "socks5h"_L1;
    const bool http = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!socks && !http)) {
        return failure(ErrorCode::Proxy,
                       u"“%1” is not a proxy; write http://host:port or socks5://host:port"_s.arg(
                           url.toString(QUrl::RemoveUserInfo)));
    }
    const int port = url.port(socks ? DefaultSocksPort : DefaultHttpProxyPort);
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         quint16(port), url.userName(QUrl::FullyDecoded),
                         url.password(QUrl::FullyDecoded));
}

ConnectionProfile routed(ConnectionProfile profile, QStringView host)
{
    if (bypassesProxy(profile.noProxy, host))
        profile.proxy.clear();
    profile.noProxy.clear();
    return profile;
}

} // namespace Sluice

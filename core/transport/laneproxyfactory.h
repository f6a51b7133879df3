// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/preparedrequest.h"

#include <QNetworkProxyFactory>

namespace Sluice {

/**
 * Routes one lane: the proxy of a profile that is routed(), or direct. Direct is spelt
 * DefaultProxy, not NoProxy: it makes Qt choose its buffered socket, which reads a reply's headers
 * in blocks instead of one system call a byte.
 */
class LaneProxyFactory final : public QNetworkProxyFactory
{
public:
    explicit LaneProxyFactory(const ConnectionProfile &profile);
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

    /**
     * The proxy that \a text names: `http://`, `https://` (an HTTP proxy reached in the clear) or
     * `socks5://`, `user:password@` and port optional. No scheme means http.
     */
    static Result<QNetworkProxy> parse(const QString &text);

private:
    QNetworkProxy m_proxy;
};

/**
 * \a profile as it is for \a host, which is the name that the URL has, whatever it resolves to:
 * with its proxy or without one, and `noProxy` empty. An entry of `noProxy` is `*`, a host, or a
 * domain with its subdomains.
 */
ConnectionProfile routed(ConnectionProfile profile, QStringView host);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/endpoint.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

int defaultPort(const QString &scheme)
{
    if (scheme == "http"_L1)
        return 80;
    return scheme == "https"_L1 ? 443 : 0;
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

} // namespace

Endpoint Endpoint::of(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    const int fallback = defaultPort(scheme);
    if (!url.isValid() || url.host().isEmpty() || fallback == 0)
        return {};
    QString host = url.host(QUrl::FullyEncoded).toLower();
    while (host.endsWith(u'.'))
        host.chop(1);
    const int port = url.port(fallback);
    if (port <= 0 || port > 65535 || host.isEmpty())
        return {};
    return {scheme, host, quint16(port)};
}

QString Endpoint::key() const
{
    return scheme + "://"_L1 + bracketed(host) + u':' + QString::number(port);
}

QString Endpoint::display() const
{
    return port == defaultPort(scheme) ? scheme + "://"_L1 + bracketed(host) : key();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/requesttarget.h"

namespace Sluice {

namespace {

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

QByteArray hostFieldOf(const QUrl &url)
{
    QString host = bracketed(url.host(QUrl::FullyEncoded));
    if (url.port() > 0)
        host += u':' + QString::number(url.port());
    return host.toLatin1();
}

/** The address that a `HOST:PORT:ADDR` rule gives for \a endpoint, without brackets. */
QString resolvedAddress(const QStringList &rules, const Endpoint &endpoint)
{
    const QString prefix = bracketed(endpoint.host) + u':' + QString::number(endpoint.port) + u':';
    for (const QString &rule : rules) {
        if (!rule.startsWith(prefix, Qt::CaseInsensitive))
            continue;
        QString address = rule.sliced(prefix.size());
        if (address.startsWith(u'[') && address.endsWith(u']'))
            address = address.sliced(1, address.size() - 2);
        return address;
    }
    return {};
}

} // namespace

RequestTarget RequestTarget::of(const PreparedRequest &request)
{
    RequestTarget target;
    target.endpoint = Endpoint::of(request.url);
    if (!target.endpoint.isValid())
        return target;
    target.hostName = target.endpoint.key().sliced(target.endpoint.scheme.size() + 3);
    target.hostField = hostFieldOf(request.url);
    target.address = resolvedAddress(request.resolve, target.endpoint);
    return target;
}

QString RequestTarget::laneKey() const
{
    return address.isEmpty() ? endpoint.key() : endpoint.key() + u'@' + address;
}

} // namespace Sluice

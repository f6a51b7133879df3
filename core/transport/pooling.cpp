// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/pooling.h"

#include "core/transport/requesttarget.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

bool isAddress(const QString &host)
{
    return !QHostAddress(host).isNull();
}

bool isLetter(QChar c)
{
    return c.unicode() < 128 && c.isLetter();
}

/** How many spellings \a host has, as far as a lane needs them. */
int spellingsOf(const QString &host)
{
    if (isAddress(host))
        return Pooling::PerLane;
    int spellings = 1;
    for (const QChar c : host) {
        if (isLetter(c) && spellings < Pooling::PerLane)
            spellings *= 2;
    }
    return spellings;
}

} // namespace

Pooling poolingOf(const RequestTarget &target, bool verifyTls)
{
    const QString &host = target.endpoint.host;
    const bool compared = target.endpoint.scheme == "https"_L1 && verifyTls && isAddress(host);
    const int spellings = compared ? 1 : spellingsOf(host);
    const bool oneFamily = isAddress(target.address.isEmpty() ? host : target.address);
    const int sockets = oneFamily && spellings == Pooling::PerLane ? 1 : Pooling::SocketsMax;
    const int names = spellings + (target.address.isEmpty() ? 1 : 0);
    return {std::min(Pooling::PerLane / sockets, names), sockets};
}

QString spelling(const QString &host, int index)
{
    if (isAddress(host))
        return host + QString(index, u' ');
    QString spelled = host;
    for (QChar &c : spelled) {
        if (!isLetter(c))
            continue;
        if (index % 2 != 0)
            c = c.toUpper();
        index /= 2;
    }
    return spelled;
}

} // namespace Sluice

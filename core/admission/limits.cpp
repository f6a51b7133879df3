// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/limits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct Origin
{
    QStringView scheme; ///< Empty: any.
    QStringView host;
    QStringView port; ///< Empty: any.
};

QStringView defaultPort(QStringView scheme)
{
    if (scheme.compare("http"_L1, Qt::CaseInsensitive) == 0)
        return u"80";
    return scheme.compare("https"_L1, Qt::CaseInsensitive) == 0 ? u"443" : u"";
}

Origin parseOrigin(QStringView text)
{
    Origin origin;
    text = text.trimmed();
    if (const qsizetype colon = text.indexOf("://"_L1); colon >= 0) {
        origin.scheme = text.first(colon);
        text = text.sliced(colon + 3);
        if (text.endsWith(u'/'))
            text.chop(1);
    }
    const qsizetype bracket = text.lastIndexOf(u']');
    const qsizetype colon = text.lastIndexOf(u':');
    // More than one colon and no bracket is a bare IPv6 address.
    const bool hasPort = colon > bracket && (bracket >= 0 || text.indexOf(u':') == colon);
    origin.host = hasPort ? text.first(colon) : text;
    if (hasPort)
        origin.port = text.sliced(colon + 1);
    else if (!origin.scheme.isEmpty())
        origin.port = defaultPort(origin.scheme);
    if (origin.host.startsWith(u'[') && origin.host.endsWith(u']'))
        origin.host = origin.host.sliced(1, origin.host.size() - 2);
    while (origin.host.endsWith(u'.'))
        origin.host.chop(1);
    return origin;
}

bool hostMatches(QStringView pattern, QStringView host)
{
    if (pattern == u"*")
        return true;
    if (!pattern.startsWith("*."_L1))
        return pattern.compare(host, Qt::CaseInsensitive) == 0;
    const QStringView suffix = pattern.sliced(1);
    return host.size() > suffix.size() && host.endsWith(suffix, Qt::CaseInsensitive);
}

} // namespace

bool hostPatternMatches(QStringView pattern, QStringView endpoint)
{
    const Origin wanted = parseOrigin(pattern);
    const Origin actual = parseOrigin(endpoint);
    return (wanted.scheme.isEmpty()
            || wanted.scheme.compare(actual.scheme, Qt::CaseInsensitive) == 0)
           && (wanted.port.isEmpty() || wanted.port == actual.port) && !wanted.host.isEmpty()
           && hostMatches(wanted.host, actual.host);
}

const HostLimit *overrideForEndpoint(const Limits &limits, QStringView endpoint)
{
    const auto found = std::ranges::find_if(limits.hosts, [endpoint](const HostLimit &host) {
        return hostPatternMatches(host.pattern, endpoint);
    });
    return found == limits.hosts.end() ? nullptr : &*found;
}

int limitForEndpoint(const Limits &limits, QStringView endpoint)
{
    const HostLimit *host = overrideForEndpoint(limits, endpoint);
    if (!host)
        return limits.perHost;
    return host->isAdaptive() ? 0 : host->limit;
}

} // namespace Sluice

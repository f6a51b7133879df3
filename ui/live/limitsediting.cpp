// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitsediting.h"

#include "ui/live/livetext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LimitsEditing", text);
}

QString fromTo(const QString &name, int from, int to)
{
    return tr("%1 %2 \u2192 %3").arg(name, limitText(from), limitText(to));
}

} // namespace

Limits withTotal(Limits limits, int value)
{
    limits.total = value;
    return limits;
}

Limits withEndpointLimit(Limits limits, const QString &endpoint, int value)
{
    const auto covering = std::ranges::find_if(limits.hosts, [&endpoint](const HostLimit &host) {
        return hostPatternMatches(host.pattern, endpoint);
    });
    const bool exact = covering != limits.hosts.end() && !covering->pattern.contains(u'*');
    if (exact)
        covering->limit = value;
    else
        limits.hosts.insert(limits.hosts.begin(), {endpointLabel(endpoint), value});
    return limits;
}

QString limitsChangeText(const Limits &before, const Limits &after)
{
    if (before.total != after.total)
        return fromTo(tr("total limit"), before.total, after.total);
    if (before.perHost != after.perHost)
        return fromTo(tr("limit per host"), before.perHost, after.perHost);
    if (before.queueMax != after.queueMax)
        return fromTo(tr("queue limit"), before.queueMax, after.queueMax);
    if (before.streamsPerConnection != after.streamsPerConnection)
        return fromTo(tr("streams per connection"), before.streamsPerConnection,
                      after.streamsPerConnection);
    if (before.rate != after.rate || before.ratePerHost != after.ratePerHost)
        return tr("rate");
    for (const HostLimit &host : after.hosts) {
        const auto old = std::ranges::find(before.hosts, host.pattern, &HostLimit::pattern);
        if (old == before.hosts.end())
            return tr("limit for %1").arg(host.pattern);
        if (old->limit != host.limit)
            return fromTo(host.pattern, old->limit, host.limit);
    }
    return tr("limits");
}

} // namespace Sluice

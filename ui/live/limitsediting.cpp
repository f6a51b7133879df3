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

QString rateLimitText(const RateLimit &rate)
{
    return rate.perSecond > 0 ? rateText(rate.perSecond) : tr("off");
}

/** An endpoint that \a pattern stands for: enough to ask which limit holds for it. */
QString endpointLike(const QString &pattern)
{
    if (pattern.contains("://"_L1))
        return pattern;
    const QString host = pattern.startsWith("*."_L1) ? u'x' + pattern.mid(1) : pattern;
    return u"https://"_s + (host.contains(u':') ? host : host + u":443"_s);
}

/** What changed for single hosts: those with an override before or after. */
void addHostChanges(const Limits &before, const Limits &after, QStringList &changes)
{
    QStringList patterns;
    for (const Limits *limits : {&before, &after}) {
        for (const HostLimit &host : limits->hosts) {
            if (!patterns.contains(host.pattern))
                patterns << host.pattern;
        }
    }
    for (const QString &pattern : patterns) {
        const QString endpoint = endpointLike(pattern);
        const int from = limitForEndpoint(before, endpoint);
        const int to = limitForEndpoint(after, endpoint);
        const bool followsAll = from == before.perHost && to == after.perHost;
        if (from != to && !followsAll)
            changes << fromTo(pattern, from, to);
    }
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
        *covering = {covering->pattern, value};
    else
        limits.hosts.insert(limits.hosts.begin(), {endpointLabel(endpoint), value});
    return limits;
}

Limits withFoundLimits(Limits limits, const FoundLimits &found)
{
    for (const HostLimit &host : found.hosts)
        limits = withEndpointLimit(std::move(limits), host.pattern, host.limit);
    if (found.total > 0)
        limits.total = found.total;
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
    if (before.idleExpiryUs != after.idleExpiryUs)
        return tr("idle connections %1 s \u2192 %2 s")
            .arg(double(before.idleExpiryUs) / 1e6)
            .arg(double(after.idleExpiryUs) / 1e6);
    if (before.rate != after.rate || before.ratePerHost != after.ratePerHost)
        return tr("rate");
    for (const HostLimit &host : after.hosts) {
        const auto old = std::ranges::find(before.hosts, host.pattern, &HostLimit::pattern);
        if (old == before.hosts.end())
            return tr("limit for %1").arg(host.pattern);
        if (host.isAdaptive() && old->adaptive != host.adaptive)
            return tr("limit for %1 to %2").arg(host.pattern, host.adaptive);
        if (*old != host)
            return fromTo(host.pattern, old->limit, host.limit);
    }
    return tr("limits");
}

QString limitsMarkText(const Limits &before, const Limits &after)
{
    QStringList changes;
    if (before.total != after.total)
        changes << tr("%1 \u2192 %2").arg(limitText(before.total), limitText(after.total));
    if (before.perHost != after.perHost)
        changes << fromTo(tr("host"), before.perHost, after.perHost);
    addHostChanges(before, after, changes);
    if (before.rate != after.rate)
        changes
            << tr("rate %1 \u2192 %2").arg(rateLimitText(before.rate), rateLimitText(after.rate));
    if (before.ratePerHost != after.ratePerHost)
        changes << tr("host rate %1 \u2192 %2")
                       .arg(rateLimitText(before.ratePerHost), rateLimitText(after.ratePerHost));
    return changes.isEmpty() ? limitsChangeText(before, after) : changes.join(u", "_s);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/loadnotes.h"

using namespace Qt::StringLiterals;

namespace Sluice {

QStringList lostVariables(const ScriptTexts &texts)
{
    QStringList notes;
    for (const QString &name : texts.unknown())
        notes += u"The variable '%1' has no value; it is written as it stands."_s.arg(name);
    for (const QString &name : texts.dynamic()) {
        notes += u"{{%1}} is new at every use in Sluice; here it is one fixed value."_s.arg(name);
    }
    return notes;
}

QStringList lostLimits(const Limits &limits)
{
    QStringList notes;
    if (limits.total == 0)
        notes += u"An unlimited total cannot be expressed; %1 users stand for it."_s.arg(
            DefaultTotalLimit);
    if (limits.rate.perSecond > 0 || limits.ratePerHost.perSecond > 0)
        notes += u"The rate is approximate: it is kept by pacing users, not by a token bucket."_s;
    if (limits.queueMax > 0 || limits.queueTimeoutUs > 0)
        notes += u"There is no queue: its length and timeout have no meaning here."_s;
    for (const HostLimit &host : limits.hosts) {
        if (host.isAdaptive())
            notes += u"The limit of '%1' finds itself in Sluice; here it is %2."_s.arg(
                host.pattern, host.limit > 0 ? QString::number(host.limit) : u"the total"_s);
    }
    if (!limits.holdStatuses.empty())
        notes += u"Retry-After of a 429 or 503 holds nobody back."_s;
    return notes;
}

QStringList lostOptions(const RunPlan &plan)
{
    const SendOptions &options = plan.options;
    const ConnectionProfile &profile = options.profile;
    QStringList notes;
    if (options.maxRetries > 0)
        notes += u"Failed requests are not tried again."_s;
    if (!profile.proxy.isEmpty())
        notes += u"The proxy is not written: set HTTP_PROXY and HTTPS_PROXY."_s;
    if (!profile.caFile.isEmpty() || !profile.certFile.isEmpty())
        notes += u"Certificate files are not written."_s;
    if (!options.resolve.isEmpty())
        notes += u"--resolve is not written."_s;
    if (options.cookies == CookieMode::Shared)
        notes += u"Cookies are each user's own; in Sluice all requests of a run share them."_s;
    else if (options.cookies == CookieMode::Off)
        notes += u"Cookies are kept by each user; in Sluice they are off."_s;
    return notes;
}

} // namespace Sluice

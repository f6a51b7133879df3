// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/specwriter.h"

#include "core/base/duration.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

YamlValue count(int value)
{
    return YamlValue::literal(QString::number(value));
}

void addRate(YamlValue &map, const QString &rateKey, const QString &burstKey, const RateLimit &rate)
{
    const RateLimit defaults;
    if (rate.perSecond != defaults.perSecond)
        map.add(rateKey, YamlValue::number(rate.perSecond));
    if (rate.burst != defaults.burst)
        map.add(burstKey, YamlValue::number(rate.burst));
}

} // namespace

YamlValue toYaml(const Limits &limits)
{
    const Limits defaults;
    YamlValue map = YamlValue::map();
    const auto addContent = [&map](const QString &key, YamlValue value) {
        if (!value.children.empty())
            map.add(key, std::move(value));
    };
    map.add(u"total"_s, count(limits.total));
    map.add(u"perHost"_s, count(limits.perHost));
    YamlValue hosts = YamlValue::list();
    for (const HostLimit &host : limits.hosts) {
        YamlValue row = YamlValue::map();
        row.add(u"host"_s, YamlValue::string(host.pattern));
        row.add(u"limit"_s,
                host.isAdaptive() ? YamlValue::string(host.adaptive) : count(host.limit));
        hosts.append(std::move(row));
    }
    addContent(u"hosts"_s, std::move(hosts));
    if (limits.streamsPerConnection != defaults.streamsPerConnection)
        map.add(u"streamsPerConnection"_s, count(limits.streamsPerConnection));
    if (limits.idleExpiryUs != defaults.idleExpiryUs)
        map.add(u"idleExpiry"_s, YamlValue::string(durationText(limits.idleExpiryUs)));

    YamlValue rate = YamlValue::map();
    addRate(rate, u"perSecond"_s, u"burst"_s, limits.rate);
    addRate(rate, u"perHost"_s, u"perHostBurst"_s, limits.ratePerHost);
    addContent(u"rate"_s, std::move(rate));

    YamlValue queue = YamlValue::map();
    if (limits.queueMax != defaults.queueMax)
        queue.add(u"max"_s, count(limits.queueMax));
    if (limits.queueTimeoutUs != defaults.queueTimeoutUs)
        queue.add(u"timeout"_s, YamlValue::string(durationText(limits.queueTimeoutUs)));
    addContent(u"queue"_s, std::move(queue));

    YamlValue hold = YamlValue::map();
    if (limits.holdStatuses != defaults.holdStatuses) {
        YamlValue statuses = YamlValue::list();
        for (const int status : limits.holdStatuses)
            statuses.append(count(status));
        hold.add(u"statuses"_s, std::move(statuses));
    }
    if (limits.holdMaxUs != defaults.holdMaxUs)
        hold.add(u"maxWait"_s, YamlValue::string(durationText(limits.holdMaxUs)));
    addContent(u"onHold"_s, std::move(hold));
    return map;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/limitsreader.h"

#include "core/base/duration.h"
#include "core/tuning/limitcatalog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qint64 MaxLimit = 100'000;
constexpr qint64 MaxQueue = 100'000'000;
constexpr double MaxRate = 1e6;
constexpr qint64 MaxDurationUs = qint64(24) * 3600 * 1'000'000;
constexpr qint64 MinIdleExpiryUs = 1'000'000;

void refuseUnknownKeys(const YamlNode &node, const QStringList &known, YamlReader &reader)
{
    for (const YamlNode &child : node.children) {
        if (!known.contains(child.key)) {
            reader.keyProblem(
                child, u"\"%1\" is no limit; known here: %2"_s.arg(child.key, known.join(", "_L1)));
        }
    }
}

void readCount(const YamlNode &node, QStringView key, int &count, YamlReader &reader,
               qint64 least = 0, qint64 most = MaxLimit)
{
    if (const auto value = reader.integer(node, key, least, most))
        count = int(*value);
}

void readRateValue(const YamlNode &node, QStringView key, double least, double &rate,
                   YamlReader &reader)
{
    const auto value = reader.number(node, key);
    if (!value)
        return;
    if (*value < least || *value > MaxRate) {
        reader.problem(
            *node.child(key),
            u"\"%1\" has to be from %2 to %3"_s.arg(key).arg(least).arg(MaxRate, 0, 'f', 0));
        return;
    }
    rate = *value;
}

void readDuration(const YamlNode &node, QStringView key, qint64 &us, YamlReader &reader,
                  qint64 least = 0)
{
    const YamlNode *child = node.child(key);
    if (YamlReader::isInherited(child))
        return;
    const Result<qint64> value = parseDurationUs(reader.scalar(*child));
    if (!value)
        reader.problem(*child, u"\"%1\": %2"_s.arg(key, value.error().message));
    else if (*value > MaxDurationUs)
        reader.problem(*child, u"\"%1\" is longer than a day"_s.arg(key));
    else if (*value < least)
        reader.problem(*child, u"\"%1\" is less than %2"_s.arg(key, durationText(least)));
    else
        us = *value;
}

/** A number, or the name of a rule that finds it. */
void readHostLimit(const YamlNode &item, HostLimit &host, YamlReader &reader)
{
    const YamlNode *limit = item.child(u"limit");
    if (YamlReader::isInherited(limit)) {
        reader.problem(item, u"A host limit needs a limit, e.g. limit: 4"_s);
        return;
    }
    const QString text = reader.scalar(*limit);
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (isNumber)
        readCount(item, u"limit", host.limit, reader);
    else if (makeLimitAlgorithm(text))
        host.adaptive = text;
    else
        reader.problem(*limit, u"\"%1\" is no limit: a number is needed, or one of %2"_s.arg(
                                   text, limitAlgorithmNames()));
}

void readHosts(const YamlNode &node, Limits &limits, YamlReader &reader)
{
    for (const YamlNode *item : reader.items(node, u"hosts")) {
        refuseUnknownKeys(*item, {u"host"_s, u"limit"_s}, reader);
        HostLimit host;
        host.pattern = reader.text(*item, u"host");
        if (host.pattern.trimmed().isEmpty())
            reader.problem(*item, u"A host limit needs a host, e.g. host: api.example.com"_s);
        readHostLimit(*item, host, reader);
        limits.hosts.push_back(std::move(host));
    }
}

void readRates(const YamlNode &node, Limits &limits, YamlReader &reader)
{
    const YamlNode *rate = reader.mapping(node, u"rate");
    if (!rate)
        return;
    refuseUnknownKeys(*rate, {u"perSecond"_s, u"burst"_s, u"perHost"_s, u"perHostBurst"_s}, reader);
    readRateValue(*rate, u"perSecond", 0, limits.rate.perSecond, reader);
    readRateValue(*rate, u"burst", 1, limits.rate.burst, reader);
    readRateValue(*rate, u"perHost", 0, limits.ratePerHost.perSecond, reader);
    readRateValue(*rate, u"perHostBurst", 1, limits.ratePerHost.burst, reader);
}

void readHold(const YamlNode &node, Limits &limits, YamlReader &reader)
{
    const YamlNode *hold = reader.mapping(node, u"onHold");
    if (!hold)
        return;
    refuseUnknownKeys(*hold, {u"statuses"_s, u"maxWait"_s}, reader);
    readDuration(*hold, u"maxWait", limits.holdMaxUs, reader);
    const YamlNode *statuses = reader.sequence(*hold, u"statuses");
    if (!statuses)
        return;
    limits.holdStatuses.clear();
    for (const YamlNode &status : statuses->children) {
        bool ok = false;
        const int code = reader.scalar(status).toInt(&ok);
        if (ok && code >= 100 && code <= 599)
            limits.holdStatuses.push_back(code);
        else
            reader.problem(status, u"A status is a number from 100 to 599"_s);
    }
}

} // namespace

std::optional<Limits> readLimits(const YamlNode &root, YamlReader &reader)
{
    const YamlNode *sluice = root.descendant({u"extensions", u"sluice"});
    if (!sluice || sluice->isNull())
        return {};
    const YamlNode *node = reader.mapping(*sluice, u"limits");
    if (!node)
        return {};
    refuseUnknownKeys(*node,
                      {u"total"_s, u"perHost"_s, u"hosts"_s, u"streamsPerConnection"_s,
                       u"idleExpiry"_s, u"rate"_s, u"queue"_s, u"onHold"_s},
                      reader);
    Limits limits;
    readCount(*node, u"total", limits.total, reader);
    readCount(*node, u"perHost", limits.perHost, reader);
    readHosts(*node, limits, reader);
    readCount(*node, u"streamsPerConnection", limits.streamsPerConnection, reader, 1);
    readDuration(*node, u"idleExpiry", limits.idleExpiryUs, reader, MinIdleExpiryUs);
    readRates(*node, limits, reader);
    if (const YamlNode *queue = reader.mapping(*node, u"queue")) {
        refuseUnknownKeys(*queue, {u"max"_s, u"timeout"_s}, reader);
        readCount(*queue, u"max", limits.queueMax, reader, 0, MaxQueue);
        readDuration(*queue, u"timeout", limits.queueTimeoutUs, reader);
    }
    readHold(*node, limits, reader);
    return limits;
}

} // namespace Sluice

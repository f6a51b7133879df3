// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/runreport.h"

#include "core/http/endpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

double milliseconds(double us)
{
    return us / 1000;
}

/** Two decimals are more than a rate is worth. */
double rounded(double value)
{
    return std::round(value * 100) / 100;
}

qint64 number(quint64 count)
{
    return qint64(count);
}

QJsonObject limitsJson(const Limits &limits)
{
    QJsonArray hosts;
    for (const HostLimit &host : limits.hosts) {
        const QJsonValue limit = host.isAdaptive() ? QJsonValue(host.adaptive) : host.limit;
        hosts.append(QJsonObject{{u"host"_s, host.pattern}, {u"limit"_s, limit}});
    }
    return {
        {u"total"_s, limits.total},
        {u"perHost"_s, limits.perHost},
        {u"hosts"_s, hosts},
        {u"streamsPerConnection"_s, limits.streamsPerConnection},
        {u"idleExpiryMs"_s, milliseconds(double(limits.idleExpiryUs))},
        {u"rate"_s, QJsonObject{{u"perSecond"_s, limits.rate.perSecond},
                                {u"perHost"_s, limits.ratePerHost.perSecond}}},
        {u"queue"_s, QJsonObject{{u"max"_s, limits.queueMax},
                                 {u"timeoutMs"_s, milliseconds(double(limits.queueTimeoutUs))}}}};
}

QJsonObject histogramJson(const LogHistogram &histogram)
{
    const auto percentile = [&histogram](double percent) {
        return milliseconds(double(histogram.percentileUs(percent)));
    };
    return {{u"mean"_s, rounded(milliseconds(histogram.meanUs()))},
            {u"p50"_s, percentile(50)},
            {u"p90"_s, percentile(90)},
            {u"p95"_s, percentile(95)},
            {u"p99"_s, percentile(99)},
            {u"max"_s, milliseconds(double(histogram.maxUs()))}};
}

QJsonObject latencyJson(const LatencyStatistics &latency)
{
    return {{u"onWire"_s, histogramJson(latency.onWire)},
            {u"withQueue"_s, histogramJson(latency.withQueue)},
            {u"queued"_s, histogramJson(latency.queued)}};
}

QJsonObject statusJson(const StatusCounts &status)
{
    QJsonObject json;
    for (const auto &[code, count] : status)
        json.insert(QString::number(code), number(count));
    return json;
}

QJsonObject requestsJson(const RunReport &report)
{
    const RunStatistics &run = report.statistics;
    return {{u"planned"_s, number(report.planned)},
            {u"sent"_s, number(run.sent())},
            {u"succeeded"_s, number(run.succeeded())},
            {u"failed"_s, number(run.failed())},
            {u"cancelled"_s, number(run.cancelled())},
            {u"neverAdmitted"_s, number(run.neverAdmitted())},
            {u"retries"_s, number(run.retries())},
            {u"redirects"_s, number(run.redirects())},
            {u"resent"_s, number(run.resent())}};
}

QJsonObject concurrencyJson(const RunStatistics &run)
{
    return {{u"peakInFlight"_s, run.peakInFlight()},
            {u"meanInFlight"_s, rounded(run.meanInFlight())},
            {u"peakQueued"_s, run.peakQueued()},
            {u"peakConnections"_s, number(run.peakConnections())},
            {u"connectionsOpened"_s, number(run.connectionsOpened())}};
}

QJsonArray errorsJson(const RunStatistics &run)
{
    QJsonArray list;
    for (const auto &[code, errors] : run.errors()) {
        list.append(QJsonObject{{u"kind"_s, errorCodeName(code)},
                                {u"count"_s, number(errors.count)},
                                {u"example"_s, errors.example}});
    }
    return list;
}

QJsonArray hostsJson(const RunReport &report, const Limits &limits)
{
    QJsonArray list;
    for (const HostStatistics &host : report.statistics.hosts()) {
        const QString name = report.endpointName(host.endpoint);
        list.append(QJsonObject{{u"host"_s, Endpoint::of(QUrl(name)).display()},
                                {u"protocol"_s, host.http2 ? u"h2"_s : u"h1"_s},
                                {u"limit"_s, limitForEndpoint(limits, name)},
                                {u"sent"_s, number(host.sent)},
                                {u"peakInFlight"_s, host.peakInFlight},
                                {u"peakConnections"_s, number(host.peakConnections())},
                                {u"connectionsOpened"_s, number(host.connectionsOpened)},
                                {u"status"_s, statusJson(host.status)}});
    }
    return list;
}

QJsonArray epochsJson(const RunStatistics &run)
{
    QJsonArray list;
    for (const EpochStatistics &epoch : run.epochs()) {
        list.append(QJsonObject{{u"fromMs"_s, milliseconds(double(epoch.fromUs - run.beganUs()))},
                                {u"toMs"_s, milliseconds(double(epoch.toUs - run.beganUs()))},
                                {u"limits"_s, limitsJson(epoch.limits)},
                                {u"throughputPerSecond"_s, rounded(epoch.throughputPerSecond())},
                                {u"latencyMs"_s, latencyJson(epoch.latency)},
                                {u"errors"_s, number(epoch.errors)}});
    }
    return list;
}

} // namespace

QByteArray runReportJson(const RunReport &report)
{
    const RunStatistics &run = report.statistics;
    const Limits limits = run.epochs().empty() ? Limits() : run.epochs().back().limits;
    QJsonObject json{{u"schema"_s, u"sluice.run/1"_s},
                     {u"collection"_s, report.collection},
                     {u"environment"_s, report.environment},
                     {u"startedAt"_s, report.startedAt.toUTC().toString(Qt::ISODateWithMs)},
                     {u"durationMs"_s, milliseconds(double(run.durationUs()))},
                     {u"limits"_s, limitsJson(limits)},
                     {u"requests"_s, requestsJson(report)},
                     {u"assertions"_s, QJsonObject{{u"passed"_s, number(report.checksPassed)},
                                                   {u"failed"_s, number(report.checksFailed)}}},
                     {u"throughputPerSecond"_s, rounded(run.throughputPerSecond())},
                     {u"concurrency"_s, concurrencyJson(run)},
                     {u"latencyMs"_s, latencyJson(run.latency())},
                     {u"status"_s, statusJson(run.status())},
                     {u"errors"_s, errorsJson(run)},
                     {u"hosts"_s, hostsJson(report, limits)},
                     {u"epochs"_s, epochsJson(run)}};
    QJsonArray skipped;
    for (const SkippedItem &item : report.skipped)
        skipped.append(QJsonObject{{u"request"_s, item.displayPath}, {u"reason"_s, item.reason}});
    if (!skipped.isEmpty())
        json.insert(u"skipped"_s, skipped);
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

} // namespace Sluice

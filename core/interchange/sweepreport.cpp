// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/sweepreport.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QJsonObject latencyJson(double meanUs, qint64 p50Us, qint64 p95Us, qint64 p99Us)
{
    return {{u"mean"_s, meanUs / 1000},
            {u"p50"_s, double(p50Us) / 1000},
            {u"p95"_s, double(p95Us) / 1000},
            {u"p99"_s, double(p99Us) / 1000}};
}

QJsonArray levelsJson(const SweepResult &sweep)
{
    QJsonArray levels;
    for (const SweepPoint &point : poolLevels(sweep.levels)) {
        levels.append(QJsonObject{
            {u"limit"_s, point.limit},
            {u"repeats"_s, point.repeats},
            {u"throughputPerSecond"_s, point.throughput},
            {u"ciHalfWidth"_s, point.ciHalfWidth},
            {u"latencyMs"_s, latencyJson(point.meanUs, point.p50Us, point.p95Us, point.p99Us)},
            {u"errors"_s, point.errors},
            {u"rejected"_s, point.rejected}});
    }
    return levels;
}

QString passName(SweepPass pass)
{
    switch (pass) {
    case SweepPass::Ascent:
        return u"ascent"_s;
    case SweepPass::Baseline:
        return u"baseline"_s;
    case SweepPass::Repeat:
        break;
    }
    return u"repeat"_s;
}

QJsonArray measurementsJson(const SweepResult &sweep)
{
    QJsonArray measurements;
    const qint64 startUs = sweep.levels.empty() ? 0 : sweep.levels.front().beganUs;
    for (const SweepLevel &level : sweep.levels) {
        measurements.append(QJsonObject{
            {u"limit"_s, level.limit},
            {u"pass"_s, passName(level.pass)},
            {u"fromMs"_s, double(level.beganUs - startUs) / 1000},
            {u"warmupMs"_s, double(level.warmupUs) / 1000},
            {u"measuredMs"_s, double(level.measuredUs) / 1000},
            {u"completed"_s, level.completed},
            {u"throughputPerSecond"_s, level.throughput},
            {u"ciHalfWidth"_s, level.ciHalfWidth},
            {u"latencyMs"_s, latencyJson(level.meanUs, level.p50Us, level.p95Us, level.p99Us)},
            {u"errors"_s, level.errors},
            {u"rejected"_s, level.rejected},
            {u"steady"_s, level.steady},
            {u"littleDeviation"_s, level.littleDeviation},
            {u"clientCpu"_s, level.client.cpuShare},
            {u"clientLagMs"_s, double(level.client.loopLagUs) / 1000},
            {u"clientStalledMs"_s, double(level.client.stalledUs) / 1000},
            {u"stop"_s, level.stop == SweepStop::None ? QJsonValue()
                                                      : QJsonValue(sweepStopText(level.stop))}});
    }
    return measurements;
}

QJsonValue uslJson(const std::optional<UslFit> &usl)
{
    if (!usl)
        return {};
    return QJsonObject{
        {u"lambda"_s, usl->lambda}, {u"sigma"_s, usl->sigma}, {u"kappa"_s, usl->kappa}};
}

} // namespace

QJsonObject sweepReportJson(const SweepResult &sweep)
{
    const Recommendation &found = sweep.recommendation;
    return {
        {u"schema"_s, u"sluice.sweep/1"_s},
        {u"host"_s, sweep.host},
        {u"request"_s, sweep.request},
        {u"protocol"_s, sweep.protocol},
        {u"scope"_s, sweep.isTotal ? u"total"_s : u"host"_s},
        {u"startedAt"_s, sweep.startedAt.toString(Qt::ISODateWithMs)},
        {u"durationMs"_s, double(sweep.durationUs) / 1000},
        {u"requests"_s, sweep.sent},
        {u"loop"_s, u"closed"_s},
        {u"latency"_s, u"onWire"_s},
        {u"coordinatedOmission"_s, true},
        {u"levels"_s, levelsJson(sweep)},
        {u"measurements"_s, measurementsJson(sweep)},
        {u"usl"_s, uslJson(found.usl)},
        {u"littleKnee"_s, found.littleKnee},
        {u"recommended"_s, found.limit ? QJsonValue(*found.limit) : QJsonValue()},
        {u"goodRange"_s,
         found.limit ? QJsonValue(QJsonArray{found.goodFrom, found.goodTo}) : QJsonValue()},
        {u"confidence"_s, confidenceName(found.confidence)},
        {u"stoppedBecause"_s, sweepStopText(sweep.stoppedBecause)},
        {u"verdict"_s, sweep.verdict.text()},
    };
}

QString sweepTableText(const SweepResult &sweep)
{
    QString text = u"  limit     req/s       ±    p50 ms    p95 ms    p99 ms  errors  429/503\n"_s;
    for (const SweepPoint &point : poolLevels(sweep.levels)) {
        const auto number = [](double value, int width, int digits = 1) {
            return u"%1"_s.arg(value, width, 'f', digits);
        };
        text += sweep.recommendation.limit == point.limit ? u"> "_s : u"  "_s;
        text += u"%1"_s.arg(point.limit, 5) + number(point.throughput, 10)
                + number(point.ciHalfWidth, 8) + number(double(point.p50Us) / 1000, 10)
                + number(double(point.p95Us) / 1000, 10) + number(double(point.p99Us) / 1000, 10)
                + u"%1"_s.arg(point.errors, 8) + u"%1"_s.arg(point.rejected, 9) + u'\n';
    }
    return text;
}

} // namespace Sluice

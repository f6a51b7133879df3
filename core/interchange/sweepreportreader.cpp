// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/sweepreport.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int MaxMeasurements = 10'000;

qint64 us(const QJsonValue &ms)
{
    return qint64(ms.toDouble() * 1000);
}

SweepPass passOf(const QString &name)
{
    return name == "baseline"_L1 ? SweepPass::Baseline
           : name == "repeat"_L1 ? SweepPass::Repeat
                                 : SweepPass::Ascent;
}

SweepLevel levelOf(const QJsonObject &json)
{
    const QJsonObject latency = json[u"latencyMs"].toObject();
    SweepLevel level;
    level.limit = json[u"limit"].toInt();
    level.pass = passOf(json[u"pass"].toString());
    level.beganUs = us(json[u"fromMs"]);
    level.warmupUs = us(json[u"warmupMs"]);
    level.measuredUs = us(json[u"measuredMs"]);
    level.completed = json[u"completed"].toInt();
    level.throughput = json[u"throughputPerSecond"].toDouble();
    level.ciHalfWidth = json[u"ciHalfWidth"].toDouble();
    level.meanUs = double(us(latency[u"mean"]));
    level.p50Us = us(latency[u"p50"]);
    level.p95Us = us(latency[u"p95"]);
    level.p99Us = us(latency[u"p99"]);
    level.errors = json[u"errors"].toInt();
    level.rejected = json[u"rejected"].toInt();
    level.steady = json[u"steady"].toBool();
    level.littleDeviation = json[u"littleDeviation"].toDouble();
    for (SweepStop stop : {SweepStop::Rejections, SweepStop::Errors, SweepStop::Timeouts}) {
        if (json[u"stop"].toString() == sweepStopText(stop))
            level.stop = stop;
    }
    return level;
}

} // namespace

Result<SweepResult> readSweepReport(const QByteArray &bytes)
{
    QJsonParseError problem;
    const QJsonObject json = QJsonDocument::fromJson(bytes, &problem).object();
    if (problem.error != QJsonParseError::NoError) {
        return failure(ErrorCode::Parse,
                       u"This is no JSON: %1 at byte %2."_s.arg(problem.errorString(),
                                                                QString::number(problem.offset)));
    }
    if (json[u"schema"].toString() != "sluice.sweep/1"_L1)
        return failure(ErrorCode::Parse, u"This is no report of a sweep (sluice.sweep/1)."_s);
    const QJsonArray measurements = json[u"measurements"].toArray();
    SweepResult sweep;
    for (const QJsonValue &each : measurements) {
        const SweepLevel level = levelOf(each.toObject());
        if (level.limit >= 1 && level.throughput >= 0)
            sweep.levels.push_back(level);
    }
    if (sweep.levels.empty() || measurements.size() > MaxMeasurements)
        return failure(ErrorCode::Parse, u"The report has no measurements that can be read."_s);
    sweep.host = json[u"host"].toString();
    sweep.request = json[u"request"].toString();
    sweep.protocol = json[u"protocol"].toString();
    sweep.isTotal = json[u"scope"].toString() == "total"_L1;
    sweep.startedAt = QDateTime::fromString(json[u"startedAt"].toString(), Qt::ISODateWithMs);
    sweep.durationUs = us(json[u"durationMs"]);
    sweep.sent = json[u"requests"].toInt();
    sweep.recommendation = recommend(sweep.levels, sweep.settings);
    sweep.verdict = sweepVerdict(sweep.recommendation, sweep.levels, sweep.host);
    return sweep;
}

} // namespace Sluice

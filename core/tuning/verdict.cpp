// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/verdict.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString percentText(double ratio)
{
    const int percent = int(std::lround((ratio - 1) * 100));
    return u"%1%2 %"_s.arg(percent < 0 ? u"−"_s : u"+"_s).arg(std::abs(percent));
}

QString connections(int count)
{
    return count == 1 ? u"1 connection"_s : u"%1 connections"_s.arg(count);
}

QString harmText(const Recommendation &found)
{
    switch (found.harm) {
    case SweepStop::Rejections:
        return u"The server refuses requests (429 or 503) from %1 on."_s.arg(*found.harmfulAt);
    case SweepStop::Timeouts:
        return u"Requests time out from %1 on."_s.arg(*found.harmfulAt);
    default:
        return u"Requests fail from %1 on."_s.arg(*found.harmfulAt);
    }
}

/** What the next measured level above the good range would bring, and cost. */
QString moreText(const Recommendation &found, const std::vector<SweepPoint> &points)
{
    const auto here = std::ranges::find(points, *found.limit, &SweepPoint::limit);
    const auto more = std::ranges::find_if(points, [&found](const SweepPoint &point) {
        return point.limit > std::max(*found.limit, found.goodTo) && point.throughput > 0
               && !isHarmful(point.harm);
    });
    if (more == points.end() || here->throughput <= 0 || here->p50Us <= 0)
        return {};
    return u"%1 gives %2 throughput for %3 median latency."_s.arg(more->limit)
        .arg(percentText(more->throughput / here->throughput),
             percentText(double(more->p50Us) / double(here->p50Us)));
}

QString confidenceText(const Recommendation &found, const std::vector<SweepPoint> &points)
{
    const auto here = std::ranges::find(points, *found.limit, &SweepPoint::limit);
    QString text = u"Confidence: %1"_s.arg(confidenceName(found.confidence));
    if (found.drifted)
        text += u", the server's speed changed during the sweep"_s;
    else if (here->repeats < 3)
        text += u", too few repeats"_s;
    else if (here->spread > 0.10)
        text += u", repeats differ by %1 %"_s.arg(std::lround(here->spread * 100));
    else
        text += u", %1 repeats agree"_s.arg(here->repeats);
    return text + u'.';
}

Verdict kneeVerdict(const Recommendation &found, const std::vector<SweepPoint> &points,
                    const QString &host)
{
    Verdict verdict;
    verdict.headline = u"Use %1 to %2"_s.arg(connections(*found.limit), host);
    if (found.goodTo > found.goodFrom)
        verdict.headline += u" (good range %1–%2)"_s.arg(found.goodFrom).arg(found.goodTo);
    verdict.headline += u'.';
    QStringList details;
    if (found.loweredForTarget)
        details += u"More would miss the latency target."_s;
    details += moreText(found, points);
    if (found.worseFrom)
        details += u"From %1 on the server slows down."_s.arg(*found.worseFrom);
    details +=
        found.harmfulAt ? harmText(found) : u"No 429 or 503 up to %1."_s.arg(found.highestMeasured);
    details += confidenceText(found, points);
    details.removeAll(QString());
    verdict.details = details.join(u' ');
    return verdict;
}

} // namespace

Verdict sweepVerdict(const Recommendation &found, const std::vector<SweepLevel> &levels,
                     const QString &host)
{
    const std::vector<SweepPoint> points = poolLevels(levels);
    switch (found.finding) {
    case SweepFinding::Knee:
        return kneeVerdict(found, points, host);
    case SweepFinding::NoKnee:
        return {
            u"No knee up to %1: %2 can do more."_s.arg(found.highestMeasured).arg(host),
            u"Throughput still rose at the highest level. Sweep further up to find the limit."_s};
    case SweepFinding::ClientIsLimit:
        return {u"This machine is the bottleneck, not %1."_s.arg(host),
                u"Sluice itself could not send faster, so the sweep says nothing about the server. "
                "Close other programs, or run the sweep from another machine."_s};
    case SweepFinding::TargetMissed:
        return {u"%1 misses the latency target even at %2."_s.arg(
                    host, connections(points.front().limit)),
                u"The 95th percentile there is %1 ms."_s.arg(double(points.front().p95Us) / 1000, 0,
                                                             'f', 0)};
    case SweepFinding::AlwaysHarmful:
        return {u"%1 does not take this load at all."_s.arg(host), harmText(found)};
    case SweepFinding::TooFewLevels:
        break;
    }
    return {u"Too few levels were measured to say anything about %1."_s.arg(host),
            u"Let the sweep run longer, or give it more levels."_s};
}

QString confidenceName(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Low:
        return u"low"_s;
    case Confidence::Medium:
        return u"medium"_s;
    case Confidence::High:
        break;
    }
    return u"high"_s;
}

QString sweepStopText(SweepStop stop)
{
    switch (stop) {
    case SweepStop::None:
        return u"every level was measured"_s;
    case SweepStop::Rejections:
        return u"the server answered 429 or 503"_s;
    case SweepStop::Errors:
        return u"more errors than the budget allows"_s;
    case SweepStop::Timeouts:
        return u"more than 1 % of the requests timed out"_s;
    case SweepStop::Latency:
        return u"the 95th percentile rose to five times that of the lowest level"_s;
    case SweepStop::Target:
        return u"the 95th percentile is over the target"_s;
    case SweepStop::Collapse:
        return u"throughput fell below 70 % of the best"_s;
    case SweepStop::NoGain:
        return u"three levels brought no more throughput"_s;
    case SweepStop::Budget:
        return u"the allowed number of requests is spent"_s;
    case SweepStop::User:
        return u"stopped by the user"_s;
    }
    return {};
}

} // namespace Sluice

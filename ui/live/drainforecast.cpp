// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/drainforecast.h"

#include "ui/live/livetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

/** Shorter than this, "it drains" is all there is to say. */
constexpr double WorthSaying = 0.05;

QString tr(const char *text)
{
    return QCoreApplication::translate("DrainForecast", text);
}

QString about(double seconds)
{
    return u'~' + shownDuration(qint64(seconds * 1e6));
}

struct Load
{
    int inFlight = 0;
    int waiting = 0;
    double secondsEach = 0; ///< On the wire.
    double arrivalsPerSecond = 0;
};

DrainForecast forecast(const Load &load, int limit)
{
    DrainForecast forecast;
    if (limit <= 0 || load.secondsEach <= 0)
        return forecast;
    forecast.waiting = load.waiting;
    if (load.inFlight > limit) {
        // Ends come evenly: of those in flight, this share has to end.
        forecast.over = load.inFlight - limit;
        forecast.overSeconds = load.secondsEach * forecast.over / load.inFlight;
    }
    if (load.waiting == 0)
        return forecast;
    const double perSecond = limit / load.secondsEach - load.arrivalsPerSecond;
    forecast.queueSeconds = perSecond <= 0 ? -1 : forecast.overSeconds + load.waiting / perSecond;
    forecast.growthPerSecond = std::max(0.0, -perSecond);
    return forecast;
}

} // namespace

QString DrainForecast::text() const
{
    QStringList parts;
    if (over > 0)
        parts << tr("drains %1 over the limit in %2").arg(countText(over), about(overSeconds));
    if (waiting > 0 && queueSeconds < 0)
        parts << tr("queue grows by %1").arg(rateText(growthPerSecond));
    else if (waiting > 0 && queueSeconds >= WorthSaying)
        parts << tr("queue drains in %1").arg(about(queueSeconds));
    return parts.join(QStringLiteral(", "));
}

DrainForecast forecastTotal(const LiveSnapshot &snapshot, int limit)
{
    const AdmissionSnapshot &now = snapshot.admission;
    return forecast({now.inFlight, now.queuedByReason[std::size_t(WaitReason::TotalLimit)],
                     snapshot.meanUs / 1e6, snapshot.enqueuedPerSecond},
                    limit);
}

DrainForecast forecastHost(const LiveHost &host, int limit)
{
    const EndpointSnapshot &now = host.admission;
    if (host.donePerSecond <= 0)
        return {};
    return forecast(
        {now.inFlight, now.queued, now.inFlight / host.donePerSecond, host.enqueuedPerSecond},
        limit);
}

} // namespace Sluice

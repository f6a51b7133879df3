// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runcomparison.h"

#include "ui/widgets/numbertext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunComparison", text);
}

QString changeText(double now, double before)
{
    if (before <= 0)
        return {};
    const int percent = qRound((now / before - 1) * 100);
    return u"%1%2 %"_s.arg(percent > 0 ? u"+"_s : QString()).arg(percent);
}

QString rateText(double value)
{
    return QString::number(value, 'f', value < 100 ? 1 : 0);
}

QStringList countRow(const QString &name, quint64 now, quint64 before)
{
    return {name, countLabel(qint64(now)), countLabel(qint64(before)),
            changeText(double(now), double(before))};
}

QStringList timeRow(const QString &name, qint64 nowUs, qint64 beforeUs)
{
    return {name, durationLabel(nowUs), durationLabel(beforeUs),
            changeText(double(nowUs), double(beforeUs))};
}

QString limitsText(const RunOutcome &run)
{
    const auto &epochs = run.statistics.epochs();
    if (epochs.empty())
        return {};
    const auto text = [](int limit) { return limit == 0 ? tr("none") : countLabel(limit); };
    const Limits &last = epochs.back().limits;
    return tr("%1 / %2 a host").arg(text(last.total), text(last.perHost));
}

} // namespace

std::vector<QStringList> comparedFigures(const RunOutcome &run, const RunOutcome &earlier)
{
    const RunStatistics &now = run.statistics;
    const RunStatistics &before = earlier.statistics;
    const LatencyStatistics latency = now.latency();
    const LatencyStatistics old = before.latency();
    const auto percentile = [](const QString &name, const LogHistogram &a, const LogHistogram &b,
                               double percent) {
        return timeRow(name, a.percentileUs(percent), b.percentileUs(percent));
    };
    return {
        {tr("Limits, total / per host"), limitsText(run), limitsText(earlier), {}},
        {tr("Replies a second"), rateText(now.throughputPerSecond()),
         rateText(before.throughputPerSecond()),
         changeText(now.throughputPerSecond(), before.throughputPerSecond())},
        percentile(tr("On the wire, p50"), latency.onWire, old.onWire, 50),
        percentile(tr("On the wire, p95"), latency.onWire, old.onWire, 95),
        percentile(tr("On the wire, p99"), latency.onWire, old.onWire, 99),
        percentile(tr("With the queue, p50"), latency.withQueue, old.withQueue, 50),
        percentile(tr("With the queue, p95"), latency.withQueue, old.withQueue, 95),
        {tr("In flight, mean"), rateText(now.meanInFlight()), rateText(before.meanInFlight()),
         changeText(now.meanInFlight(), before.meanInFlight())},
        countRow(tr("In flight, peak"), quint64(now.peakInFlight()),
                 quint64(before.peakInFlight())),
        countRow(tr("Requests"), now.finished(), before.finished()),
        countRow(tr("Without a reply"), now.failed() + now.neverAdmitted(),
                 before.failed() + before.neverAdmitted()),
        countRow(tr("Failed checks"), run.checksFailed, earlier.checksFailed),
        timeRow(tr("Duration"), now.durationUs(), before.durationUs()),
    };
}

} // namespace Sluice

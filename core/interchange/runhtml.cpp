// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/endpoint.h"
#include "core/interchange/runreport.h"

#include <QFile>
#include <QLocale>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

// Has to stand outside of any namespace.
static void initialiseTemplates()
{
    Q_INIT_RESOURCE(sluice_export);
}

namespace Sluice {

namespace {

constexpr double Width = 720;
constexpr double Height = 200;
constexpr double Left = 56;
constexpr double Right = 76;
constexpr double Top = 12;
constexpr double Bottom = 26;

QString number(double value, int decimals = 0)
{
    return QLocale::c().toString(value, 'f', decimals);
}

QString ms(qint64 us)
{
    return number(double(us) / 1000, us < 10'000 ? 2 : 1);
}

QString row(const QStringList &cells, const char *tag = "td")
{
    const QString name = QString::fromLatin1(tag);
    return u"<tr><%1>%2</%1></tr>\n"_s.arg(name, cells.join(u"</%1><%1>"_s.arg(name)));
}

QString table(const QStringList &headings, const QString &rows)
{
    return u"<table>\n%1%2</table>\n"_s.arg(row(headings, "th"), rows);
}

QString section(const QString &title, const QString &content)
{
    return u"<section>\n<h2>%1</h2>\n%2</section>\n"_s.arg(title, content);
}

QString svg(const QString &title, const QString &content)
{
    return u"<svg viewBox='0 0 %1 %2' role='img' aria-label='%3'>\n%4</svg>\n"_s.arg(
        QString::number(Width), QString::number(Height), title, content);
}

QString gridLine(double y, const QString &label)
{
    return u"<line class='grid' x1='%1' x2='%2' y1='%3' y2='%3'/><text class='y' x='%4' "
           "y='%5'>%6</text>\n"_s.arg(Left)
               .arg(Width - Right)
               .arg(y)
               .arg(Left - 6)
               .arg(y + 4)
               .arg(label);
}

QString xLabel(double x, const QString &label)
{
    return u"<text class='x' x='%1' y='%2'>%3</text>\n"_s.arg(x).arg(Height - 8).arg(label);
}

/** Replies and failures a second over time, one bar a bin. */
QString timeChart(const RunDetails &details)
{
    const std::vector<RunBin> &bins = details.bins();
    const double seconds = double(details.binUs()) / 1e6;
    const auto total = [](const RunBin &bin) { return double(bin.replies) + bin.errors; };
    const double high = std::max(1.0, total(std::ranges::max(bins, {}, total)) / seconds);
    const double step = (Width - Left - Right) / double(bins.size());
    const auto y = [high](double rate) {
        return Height - Bottom - (Height - Top - Bottom) * rate / high;
    };
    QString content;
    for (int i = 0; i <= 2; ++i)
        content += gridLine(y(high * i / 2), number(high * i / 2, high < 10 ? 1 : 0));
    const auto bar = [&](std::size_t i, const char *style, double from, double to) {
        content += u"<rect class='%1' x='%2' width='%3' y='%4' height='%5'/>\n"_s
                       .arg(QLatin1StringView(style))
                       .arg(Left + step * double(i), 0, 'f', 1)
                       .arg(std::max(0.5, step - 0.5), 0, 'f', 2)
                       .arg(y(to), 0, 'f', 1)
                       .arg(y(from) - y(to), 0, 'f', 1);
    };
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const double replies = bins[i].replies / seconds;
        if (bins[i].replies > 0)
            bar(i, "done", 0, replies);
        if (bins[i].errors > 0)
            bar(i, "failed", replies, replies + bins[i].errors / seconds);
    }
    const double end = seconds * double(bins.size());
    for (int i = 0; i <= 4; ++i)
        content += xLabel(Left + (Width - Left - Right) * i / 4, number(end * i / 4, 1) + " s"_L1);
    return svg(u"Requests that ended a second, over time; failed ones on top"_s, content);
}

/** Latency by percentile, logarithmic: the tail gets as much room as the middle. */
QString latencyChart(const LatencyStatistics &latency)
{
    constexpr std::array percents{1.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 100.0};
    const auto value = [](qint64 us) { return std::max(0.01, double(us) / 1000); };
    const double low = value(latency.onWire.percentileUs(percents.front())) / 1.2;
    const double high = value(latency.withQueue.maxUs()) * 1.2;
    const auto y = [&](double at) {
        return Height - Bottom
               - (Height - Top - Bottom) * std::log(std::max(at, low) / low) / std::log(high / low);
    };
    const auto x = [&](std::size_t i) {
        return Left + (Width - Left - Right) * double(i) / double(percents.size() - 1);
    };
    QString content;
    for (int i = 0; i <= 3; ++i) {
        const double at = low * std::pow(high / low, i / 3.0);
        content += gridLine(y(at), at < 100 ? QString::number(at, 'g', 3) : number(at));
    }
    const std::array<std::tuple<const LogHistogram &, const char *, const char *>, 2> lines{
        {{latency.withQueue, "queue", "with queue"}, {latency.onWire, "wire", "on the wire"}}};
    double labelY = -1000;
    for (const auto &[histogram, style, label] : lines) {
        QStringList points;
        for (std::size_t i = 0; i < percents.size(); ++i)
            points += u"%1,%2"_s.arg(x(i), 0, 'f', 1)
                          .arg(y(value(histogram.percentileUs(percents[i]))), 0, 'f', 1);
        content += u"<polyline class='%1' points='%2'/>\n"_s.arg(QLatin1StringView(style),
                                                                 points.join(u' '));
        labelY = std::max(labelY + 13, y(value(histogram.maxUs())) + 4);
        content += u"<text x='%1' y='%2'>%3</text>\n"_s.arg(Width - Right + 6)
                       .arg(labelY)
                       .arg(QLatin1StringView(label));
    }
    for (std::size_t i = 0; i < percents.size(); ++i)
        content +=
            xLabel(x(i), percents[i] == 100 ? u"max"_s : u"p"_s + QString::number(percents[i]));
    return svg(u"Latency in ms (logarithmic) by percentile"_s, content);
}

QString latencyTable(const LatencyStatistics &latency)
{
    QString rows;
    const auto add = [&rows](const QString &name, const LogHistogram &of) {
        rows +=
            row({name, ms(qint64(of.meanUs())), ms(of.percentileUs(50)), ms(of.percentileUs(90)),
                 ms(of.percentileUs(95)), ms(of.percentileUs(99)), ms(of.maxUs())});
    };
    add(u"on the wire"_s, latency.onWire);
    add(u"with queue"_s, latency.withQueue);
    add(u"queued"_s, latency.queued);
    return table({u"latency, ms"_s, u"mean"_s, u"p50"_s, u"p90"_s, u"p95"_s, u"p99"_s, u"max"_s},
                 rows);
}

QString requestTable(const RunDetails &details)
{
    std::vector<const RequestFigures *> requests;
    for (const RequestFigures &figures : details.requests())
        requests.push_back(&figures);
    std::ranges::stable_sort(requests, std::greater(),
                             [](const RequestFigures *each) { return each->failed > 0; });
    QString rows;
    for (const RequestFigures *each : requests) {
        const LogHistogram &wire = each->onWire;
        const QString failed =
            each->failed == 0 ? u"0"_s : u"<span class='bad'>✗ %1</span>"_s.arg(each->failed);
        const QString why =
            each->firstFailure.isEmpty()
                ? QString()
                : u"<br><small>%1</small>"_s.arg(each->firstFailure.toHtmlEscaped());
        rows += row({each->name.toHtmlEscaped() + why, QString::number(each->count), failed,
                     ms(wire.percentileUs(50)), ms(wire.percentileUs(95)), ms(wire.maxUs())});
    }
    return table({u"request"_s, u"sent"_s, u"failed"_s, u"p50 ms"_s, u"p95 ms"_s, u"max ms"_s},
                 rows);
}

QString statusText(const StatusCounts &status)
{
    QStringList parts;
    for (const auto &[code, count] : status)
        parts += u"%1 × %2"_s.arg(code).arg(count);
    return parts.isEmpty() ? u"–"_s : parts.join(u", "_s);
}

QString hostTable(const RunReport &report, const Limits &limits)
{
    QString rows;
    for (const HostStatistics &host : report.statistics.hosts()) {
        const QString name = report.endpointName(host.endpoint);
        const int limit = limitForEndpoint(limits, name);
        rows += row({Endpoint::of(QUrl(name)).display().toHtmlEscaped(),
                     limit == 0 ? u"–"_s : QString::number(limit), QString::number(host.sent),
                     QString::number(host.peakInFlight), QString::number(host.connectionsOpened),
                     host.http2 ? u"h2"_s : u"h1"_s, statusText(host.status)});
    }
    return table({u"host"_s, u"limit"_s, u"sent"_s, u"peak in flight"_s, u"connections"_s,
                  u"protocol"_s, u"status"_s},
                 rows);
}

QString errorTable(const RunStatistics &run)
{
    QString rows;
    for (const auto &[code, errors] : run.errors())
        rows += row(
            {errorCodeName(code), QString::number(errors.count), errors.example.toHtmlEscaped()});
    return table({u"error"_s, u"count"_s, u"the first one"_s}, rows);
}

QString epochTable(const RunStatistics &run)
{
    QString rows;
    for (const EpochStatistics &epoch : run.epochs()) {
        const auto limit = [](int value) { return value == 0 ? u"–"_s : QString::number(value); };
        rows +=
            row({number(double(epoch.fromUs - run.beganUs()) / 1e6, 1) + " s"_L1,
                 limit(epoch.limits.total), limit(epoch.limits.perHost),
                 number(epoch.throughputPerSecond(), 1), ms(epoch.latency.onWire.percentileUs(50)),
                 ms(epoch.latency.onWire.percentileUs(99)), QString::number(epoch.errors)});
    }
    return table({u"from"_s, u"total"_s, u"per host"_s, u"replies/s"_s, u"p50 ms"_s, u"p99 ms"_s,
                  u"errors"_s},
                 rows);
}

QString skippedTable(const std::vector<SkippedItem> &items)
{
    QString rows;
    for (const SkippedItem &item : items)
        rows += row({item.displayPath.toHtmlEscaped(), item.reason.toHtmlEscaped()});
    return table({u"request"_s, u"why it was not sent"_s}, rows);
}

QString verdict(const RunReport &report)
{
    const RunStatistics &run = report.statistics;
    const quint64 bad = run.failed() + run.neverAdmitted() + report.checksFailed;
    if (bad == 0 && run.cancelled() == 0)
        return u"<p class='good'>✓ All %1 requests got a reply%2.</p>\n"_s.arg(run.finished())
            .arg(report.checksPassed > 0 ? u", and %1 checks passed"_s.arg(report.checksPassed)
                                         : QString());
    QStringList parts;
    const auto add = [&parts](quint64 count, const QString &what) {
        if (count > 0)
            parts += u"%1 %2"_s.arg(count).arg(what);
    };
    add(run.failed(), u"requests failed"_s);
    add(report.checksFailed, u"checks failed"_s);
    add(run.neverAdmitted(), u"were never admitted"_s);
    add(run.cancelled(), u"were cancelled"_s);
    return u"<p class='bad'>✗ Of %1 requests: %2.</p>\n"_s.arg(run.finished())
        .arg(parts.join(u", "_s));
}

QString tile(const QString &value, const QString &label)
{
    return u"<div><b>%1</b>%2</div>\n"_s.arg(value, label);
}

QString tiles(const RunStatistics &run)
{
    return u"<div class='tiles'>\n"_s + tile(number(run.throughputPerSecond(), 1), u"replies/s"_s)
           + tile(ms(run.latency().onWire.percentileUs(50)) + u" ms"_s, u"median, on the wire"_s)
           + tile(ms(run.latency().onWire.percentileUs(99)) + u" ms"_s, u"p99, on the wire"_s)
           + tile(u"%1 / %2"_s.arg(number(run.meanInFlight(), 1)).arg(run.peakInFlight()),
                  u"in flight, mean / peak"_s)
           + tile(QString::number(run.peakQueued()), u"queued at most"_s)
           + tile(number(double(run.durationUs()) / 1e6, 1) + u" s"_s, u"in all"_s) + u"</div>\n"_s;
}

QString meaning()
{
    return u"<p class='note'>Requests in flight = replies a second × latency on the wire (Little’s "
           "law). <i>On the wire</i> is from admission to the end of the reply, <i>with queue</i> "
           "from the moment a request was ready to be sent. A run is a closed loop: what waits for "
           "a slow server is not sent meanwhile, so <i>on the wire</i> leaves out what its stalls "
           "would have cost (coordinated omission); <i>with queue</i> counts that wait.</p>\n"_s;
}

QString style()
{
    initialiseTemplates();
    QFile file(u":/sluice/export/report.css"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QByteArray runReportHtml(const RunReport &report)
{
    const RunStatistics &run = report.statistics;
    const Limits limits = run.epochs().empty() ? Limits() : run.epochs().back().limits;
    const QString title = report.collection.toHtmlEscaped();
    QStringList about{report.startedAt.toUTC().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s)};
    if (!report.environment.isEmpty())
        about += u"environment "_s + report.environment.toHtmlEscaped();
    about += u"limits: %1 in all, %2 a host"_s.arg(
        limits.total == 0 ? u"none"_s : QString::number(limits.total),
        limits.perHost == 0 ? u"none"_s : QString::number(limits.perHost));
    QString page = u"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>\n"
                   "<meta name='viewport' content='width=device-width'>\n<title>%1</title>\n"
                   "<style>\n%2</style></head><body>\n<h1>%1</h1>\n<p class='note'>%3</p>\n"_s.arg(
                       title, style(), about.join(u" · "_s));
    page += verdict(report) + tiles(run);
    const LatencyStatistics latency = run.latency();
    if (report.details && !report.details->bins().empty())
        page += section(u"Requests a second"_s, timeChart(*report.details));
    if (latency.onWire.count() > 1)
        page += section(u"Latency"_s, latencyChart(latency) + latencyTable(latency) + meaning());
    if (report.details)
        page += section(u"Requests"_s, requestTable(*report.details));
    if (!report.skipped.empty())
        page += section(u"Skipped"_s, skippedTable(report.skipped));
    page += section(u"Hosts"_s, hostTable(report, limits));
    if (!run.errors().empty())
        page += section(u"Errors"_s, errorTable(run));
    if (run.epochs().size() > 1)
        page += section(u"By limits"_s, epochTable(run));
    page += u"<p class='note'>Written by Sluice %1.</p>\n</body></html>\n"_s.arg(
        QStringLiteral(SLUICE_VERSION));
    return page.toUtf8();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/sweepreport.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr double Width = 720;
constexpr double Height = 240;
constexpr double Left = 64;
constexpr double Right = 40;
constexpr double Top = 16;
constexpr double Bottom = 28;

/** One chart over the limit, as inline SVG; logarithmic in x. */
class Chart
{
public:
    Chart(const std::vector<SweepPoint> &points, double low, double high, bool isLogarithmic)
        : m_first(points.front().limit), m_last(std::max<double>(points.back().limit, m_first + 1)),
          m_low(low), m_high(high), m_isLogarithmic(isLogarithmic)
    {
        for (const SweepPoint &point : points) {
            add(u"<text x='%1' y='%2' class='x'>%3</text>"_s.arg(x(point.limit))
                    .arg(Height - 8)
                    .arg(point.limit));
        }
        for (int step = 0; step <= 4; ++step) {
            const double value = m_isLogarithmic ? low * std::pow(high / low, step / 4.0)
                                                 : low + (high - low) * step / 4;
            add(u"<line x1='%1' x2='%2' y1='%3' y2='%3' class='grid'/>"_s.arg(Left)
                    .arg(Width - Right)
                    .arg(y(value)));
            add(u"<text x='%1' y='%2' class='y'>%3</text>"_s.arg(Left - 6)
                    .arg(y(value) + 4)
                    .arg(value, 0, value < 100 ? 'g' : 'f', value < 100 ? 3 : 0));
        }
    }

    double x(double limit) const
    {
        return Left
               + (Width - Left - Right) * std::log(limit / m_first) / std::log(m_last / m_first);
    }
    double y(double value) const
    {
        const double part = m_isLogarithmic ? std::log(value / m_low) / std::log(m_high / m_low)
                                            : (value - m_low) / (m_high - m_low);
        return Height - Bottom - (Height - Top - Bottom) * std::clamp(part, 0.0, 1.0);
    }
    void add(const QString &element) { m_body += element + u'\n'; }
    void line(const QString &style, const std::vector<std::pair<double, double>> &points)
    {
        QStringList text;
        for (const auto &[limit, value] : points)
            text += u"%1,%2"_s.arg(x(limit), 0, 'f', 1).arg(y(value), 0, 'f', 1);
        add(u"<polyline class='%1' points='%2'/>"_s.arg(style, text.join(u' ')));
    }
    void mark(const Recommendation &found)
    {
        if (!found.limit)
            return;
        add(u"<rect class='good' x='%1' width='%2' y='%3' height='%4'/>"_s.arg(x(found.goodFrom))
                .arg(std::max(2.0, x(found.goodTo) - x(found.goodFrom)))
                .arg(Top)
                .arg(Height - Top - Bottom));
        add(u"<line class='use' x1='%1' x2='%1' y1='%2' y2='%3'/>"_s.arg(x(*found.limit))
                .arg(Top)
                .arg(Height - Bottom));
    }
    QString svg(const QString &title) const
    {
        return u"<h2>%1</h2>\n<svg viewBox='0 0 %2 %3' role='img' aria-label='%1'>\n%4</svg>\n"_s
            .arg(title, QString::number(Width), QString::number(Height), m_body);
    }

private:
    double m_first;
    double m_last;
    double m_low;
    double m_high;
    bool m_isLogarithmic;
    QString m_body;
};

QString throughputSvg(const SweepResult &sweep, const std::vector<SweepPoint> &points)
{
    const double high = std::ranges::max(points, {}, &SweepPoint::throughput).throughput * 1.15;
    Chart chart(points, 0, high, false);
    chart.mark(sweep.recommendation);
    std::vector<std::pair<double, double>> measured;
    for (const SweepPoint &point : points) {
        measured.emplace_back(point.limit, point.throughput);
        chart.add(
            u"<line class='whisker' x1='%1' x2='%1' y1='%2' y2='%3'/>"_s.arg(chart.x(point.limit))
                .arg(chart.y(point.throughput - point.ciHalfWidth))
                .arg(chart.y(point.throughput + point.ciHalfWidth)));
    }
    if (const std::optional<UslFit> &usl = sweep.recommendation.usl) {
        std::vector<std::pair<double, double>> fit;
        for (double n = points.front().limit; n <= points.back().limit; n *= 1.1)
            fit.emplace_back(n, usl->throughput(n));
        chart.line(u"fit"_s, fit);
    }
    chart.line(u"rate"_s, measured);
    return chart.svg(u"Throughput, requests a second, over the limit"_s);
}

QString latencySvg(const SweepResult &sweep, const std::vector<SweepPoint> &points)
{
    const auto ms = [](qint64 us) { return std::max(0.01, double(us) / 1000); };
    const double low = ms(std::ranges::min(points, {}, &SweepPoint::p50Us).p50Us) / 1.3;
    const double high = ms(std::ranges::max(points, {}, &SweepPoint::p99Us).p99Us) * 1.3;
    Chart chart(points, low, high, true);
    chart.mark(sweep.recommendation);
    const std::array<std::pair<QString, qint64 SweepPoint::*>, 3> series{
        {{u"p50"_s, &SweepPoint::p50Us},
         {u"p95"_s, &SweepPoint::p95Us},
         {u"p99"_s, &SweepPoint::p99Us}}};
    for (const auto &[name, member] : series) {
        std::vector<std::pair<double, double>> values;
        for (const SweepPoint &point : points)
            values.emplace_back(point.limit, ms(point.*member));
        chart.line(name, values);
        chart.add(u"<text x='%1' y='%2' class='label'>%3</text>"_s.arg(Width - Right + 4)
                      .arg(chart.y(values.back().second) + 4)
                      .arg(name));
    }
    return chart.svg(u"Latency in ms (log), over the limit"_s);
}

QString tableHtml(const SweepResult &sweep, const std::vector<SweepPoint> &points)
{
    QString rows;
    for (const SweepPoint &point : points) {
        QStringList cells{
            QString::number(point.limit),
            u"%1 ± %2"_s.arg(point.throughput, 0, 'f', 1).arg(point.ciHalfWidth, 0, 'f', 1)};
        for (qint64 us : {point.p50Us, point.p95Us, point.p99Us})
            cells += QString::number(double(us) / 1000, 'f', 1);
        cells += {QString::number(point.errors), QString::number(point.rejected)};
        rows += u"<tr%1><td>%2</td></tr>\n"_s.arg(
            sweep.recommendation.limit == point.limit ? u" class='use'"_s : QString(),
            cells.join("</td><td>"_L1));
    }
    return u"<table><tr><th>limit</th><th>req/s</th><th>p50 ms</th><th>p95 ms</th><th>p99 ms</th>"
           "<th>errors</th><th>429/503</th></tr>\n%1</table>\n"_s.arg(rows);
}

const QString Style = u"body{font:14px/1.5 system-ui,sans-serif;max-width:760px;margin:2em auto;"
                      "padding:0 1em;color:#1f2328;background:#fff}h1{font-size:1.5em}h2{font-size:"
                      "1em;color:#57606a}svg{width:100%}text{font-size:11px;fill:#57606a}.x{"
                      "text-anchor:middle}.y{text-anchor:end}polyline{fill:none;stroke-width:2}"
                      ".grid{stroke:#d9dce0}.rate,.whisker{stroke:#249381}.fit{stroke:#8c959f;"
                      "stroke-dasharray:4 4}.p50{stroke:#4a88bf;stroke-dasharray:2 3}.p95{stroke:"
                      "#235a93;stroke-dasharray:7 4}.p99{stroke:#0b2f57}.good{fill:#1a7f5a;opacity:"
                      ".12}line.use{stroke:#1a7f5a;stroke-width:2}table{border-collapse:collapse;"
                      "width:100%}td,th{text-align:right;padding:3px 8px;border-bottom:1px solid "
                      "#d9dce0;font-variant-numeric:tabular-nums}tr.use td{font-weight:bold}"
                      "@media(prefers-color-scheme:dark){body{background:#232629;color:#e6eaee}"
                      "text,h2{fill:#9ba4ad;color:#9ba4ad}.grid{stroke:#3a3f44}.p50{stroke:#4a8acb}"
                      ".p95{stroke:#8abdec}.p99{stroke:#dcecff}.rate,.whisker{stroke:#8ff4df}}"_s;

} // namespace

QString sweepReportHtml(const SweepResult &sweep)
{
    std::vector<SweepPoint> points = poolLevels(sweep.levels);
    std::erase_if(points, [](const SweepPoint &point) { return point.completed == 0; });
    const QString headline = sweep.verdict.headline.toHtmlEscaped();
    QString page = u"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>%1</title>"
                   "<style>%2</style></head><body>\n<h1>%1</h1>\n<p>%3</p>\n<p>%4</p>\n"_s.arg(
                       headline, Style, sweep.verdict.details.toHtmlEscaped(),
                       u"%1 · %2 · %3 requests in %4 s · %5"_s.arg(
                           sweep.request.toHtmlEscaped(), sweep.protocol.toHtmlEscaped(),
                           QString::number(sweep.sent),
                           QString::number(double(sweep.durationUs) / 1e6, 'f', 0),
                           sweep.startedAt.toString(Qt::ISODate)));
    if (points.size() > 1)
        page += throughputSvg(sweep, points) + latencySvg(sweep, points);
    if (!points.empty())
        page += tableHtml(sweep, points);
    page +=
        u"<p>Measured in a closed loop: a new request is sent when one has ended, so requests in "
        "flight = throughput × latency (Little’s law), and a stall of the server also stops the "
        "sender (coordinated omission). Latency is without time in Sluice’s own queue. The "
        "ascent ended because: %1. Written by Sluice %2.</p>\n</body></html>\n"_s.arg(
            sweepStopText(sweep.stoppedBecause), QStringLiteral(SLUICE_VERSION));
    return page;
}

} // namespace Sluice

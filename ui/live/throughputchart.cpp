// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/throughputchart.h"

#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr double NarrowestBar = 5;
/** The step that is still filling shows from here on; earlier its rate says nothing. */
constexpr qint64 EnoughUs = 300'000;

struct Look
{
    QColor color;
    BandFill fill = BandFill::Solid;
};

Look lookOf(ReplyClass reply, const Theme &theme)
{
    switch (reply) {
    case ReplyClass::Success:
        return {theme.completed, BandFill::Solid};
    case ReplyClass::Redirect:
        return {theme.completed, BandFill::Level};
    case ReplyClass::ClientError:
        return {theme.errors, BandFill::Rising};
    case ReplyClass::Limited:
        return {theme.waitingHost, BandFill::Falling};
    case ReplyClass::ServerError:
        return {theme.errors, BandFill::Solid};
    case ReplyClass::Timeout:
        return {theme.errors, BandFill::Level};
    case ReplyClass::NoReply:
        return {theme.errors, BandFill::Dots};
    }
    return {};
}

std::array<QBrush, ReplyClassCount> brushes(const Theme &theme, qreal pixelRatio)
{
    std::array<QBrush, ReplyClassCount> all;
    const LivePalette palette = LivePalette::of(theme);
    for (std::size_t reply = 0; reply < ReplyClassCount; ++reply) {
        const Look look = lookOf(ReplyClass(reply), theme);
        all[reply] = bandBrush(look.color, palette, look.fill, pixelRatio);
    }
    return all;
}

} // namespace

double ThroughputBar::sum() const
{
    return std::accumulate(perSecond.begin(), perSecond.end(), 0.0);
}

double ThroughputBar::failed() const
{
    return sum() - perSecond[std::size_t(ReplyClass::Success)]
           - perSecond[std::size_t(ReplyClass::Redirect)];
}

qint64 throughputStepUs(const ChartGeometry &geometry)
{
    constexpr std::array<qint64, 12> Steps{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600};
    const double wanted =
        NarrowestBar * double(geometry.spanUs) / 1e6 / std::max(1.0, geometry.plot.width());
    const auto *found = std::ranges::lower_bound(Steps, qint64(std::ceil(wanted)));
    return (found == Steps.end() ? Steps.back() : *found) * 1'000'000;
}

std::vector<ThroughputBar> throughputBars(const LiveSeries &series, qint64 stepUs, qint64 nowUs)
{
    std::vector<ThroughputBar> bars;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const qint64 atUs = series.beginUs + qint64(i) * series.bucketUs;
        const qint64 beginUs = atUs / stepUs * stepUs;
        if (bars.empty() || bars.back().beginUs != beginUs) {
            bars.emplace_back();
            bars.back().beginUs = beginUs;
        }
        for (std::size_t reply = 0; reply < ReplyClassCount; ++reply)
            bars.back().perSecond[reply] += series.buckets[i].replies[reply];
    }
    for (ThroughputBar &bar : bars) {
        const qint64 coveredUs = std::min(stepUs, nowUs - bar.beginUs);
        for (double &count : bar.perSecond)
            count = coveredUs <= 0 ? 0 : count * 1e6 / double(coveredUs);
    }
    if (!bars.empty() && nowUs - bars.back().beginUs < EnoughUs)
        bars.pop_back();
    return bars;
}

QString replyClassName(ReplyClass reply)
{
    switch (reply) {
    case ReplyClass::Success:
        return u"2xx"_s;
    case ReplyClass::Redirect:
        return u"3xx"_s;
    case ReplyClass::ClientError:
        return u"4xx"_s;
    case ReplyClass::Limited:
        return u"429, 503"_s;
    case ReplyClass::ServerError:
        return u"5xx"_s;
    case ReplyClass::Timeout:
        return ThroughputChart::tr("timeout");
    case ReplyClass::NoReply:
        return ThroughputChart::tr("no reply");
    }
    return {};
}

ThroughputChart::ThroughputChart(LiveCrosshair *crosshair, QWidget *parent)
    : TimePanel(crosshair, parent)
{
    setAccessibleName(tr("Throughput chart"));
    setMinimumHeight(84);
}

QString ThroughputChart::summary() const
{
    if (!m_snapshot || m_bars.empty())
        return tr("No requests yet.");
    return tr("%1 requests done a second, %2 of them with 2xx; %3 failed in all.")
        .arg(countText(std::llround(m_snapshot->donePerSecond)),
             countText(std::llround(m_snapshot->okPerSecond)),
             countText(qint64(m_snapshot->failed)));
}

void ThroughputChart::scale()
{
    m_stepUs = throughputStepUs(m_geometry);
    m_bars = m_snapshot ? throughputBars(m_snapshot->series, m_stepUs, m_snapshot->atUs)
                        : std::vector<ThroughputBar>{};
    double highest = 0;
    for (const ThroughputBar &bar : m_bars)
        highest = std::max(highest, bar.sum());
    m_geometry.top = niceTop(highest * 1.1);
}

void ThroughputChart::paintPlot(QPainter &painter)
{
    const Theme &theme = Theme::of(palette());
    const auto fills = brushes(theme, m_geometry.pixelRatio);
    paintValueAxis(painter, m_geometry.valueTicks(), true, tr("done/s"));
    painter.save();
    painter.setClipRect(m_geometry.plot);
    for (const ThroughputBar &bar : m_bars) {
        const double left = std::round(m_geometry.mapTimeToX(bar.beginUs));
        const double right = std::round(m_geometry.mapTimeToX(bar.beginUs + m_stepUs)) - 1;
        double sum = 0;
        for (std::size_t reply = 0; reply < ReplyClassCount; ++reply) {
            if (bar.perSecond[reply] <= 0)
                continue;
            const double bottom = std::round(m_geometry.mapValueToY(sum));
            sum += bar.perSecond[reply];
            const double top = std::round(m_geometry.mapValueToY(sum));
            painter.fillRect(QRectF(left, top, right - left, std::max(1.0, bottom - top)),
                             fills[reply]);
            if (int(reply) == chosenSeries()) {
                painter.setPen(QPen(theme.text, 2));
                painter.setBrush(Qt::NoBrush);
                painter.drawRect(QRectF(left, top, right - left, std::max(1.0, bottom - top)));
            }
        }
        if (bar.failed() > 0) { // Not told by colour alone.
            const QPointF at((left + right) / 2, m_geometry.mapValueToY(sum) - 6);
            painter.setPen(QPen(theme.errors, theme.highContrast ? 2 : 1.5));
            painter.drawLine(at + QPointF(-3, -3), at + QPointF(3, 3));
            painter.drawLine(at + QPointF(-3, 3), at + QPointF(3, -3));
        }
    }
    painter.restore();
    paintLegend(painter, fills);
}

/** Right of the plot, only what is there to be seen. */
void ThroughputChart::paintLegend(QPainter &painter, const Fills &fills) const
{
    const Theme &theme = Theme::of(palette());
    const int line = painter.fontMetrics().height() + 2;
    double y = m_geometry.plot.top();
    for (std::size_t reply = 0; reply < ReplyClassCount; ++reply) {
        const bool isSeen = std::ranges::any_of(
            m_bars, [reply](const ThroughputBar &bar) { return bar.perSecond[reply] > 0; });
        if (!isSeen || y + line > height())
            continue;
        const QRectF swatch(sideEdge() + 8, y + (line - 10) / 2.0, 12, 10);
        painter.fillRect(beside(swatch), fills[reply]);
        painter.setPen(theme.secondary);
        const QRectF name(swatch.right() + 5, y, width() - swatch.right() - 5, line);
        painter.drawText(beside(name), int(fromPlot()), replyClassName(ReplyClass(reply)));
        y += line;
    }
}

std::vector<TimePanel::Series> ThroughputChart::series() const
{
    std::vector<Series> seen;
    for (std::size_t reply = 0; reply < ReplyClassCount; ++reply) {
        if (std::ranges::any_of(
                m_bars, [reply](const ThroughputBar &bar) { return bar.perSecond[reply] > 0; }))
            seen.push_back({int(reply), replyClassName(ReplyClass(reply))});
    }
    return seen;
}

QString ThroughputChart::seriesValue(int id, qint64 atUs) const
{
    const auto bar = std::ranges::find(m_bars, atUs / m_stepUs * m_stepUs, &ThroughputBar::beginUs);
    return bar == m_bars.end() ? QString() : rateText(bar->perSecond[std::size_t(id)]);
}

QStringList ThroughputChart::crosshairText(qint64 atUs) const
{
    const qint64 beginUs = atUs / m_stepUs * m_stepUs;
    const auto bar = std::ranges::find(m_bars, beginUs, &ThroughputBar::beginUs);
    if (bar == m_bars.end())
        return {};
    QStringList lines{tr("done %1").arg(rateText(bar->sum()))};
    for (std::size_t reply = 0; reply < ReplyClassCount; ++reply) {
        if (bar->perSecond[reply] > 0)
            lines << tr("%1: %2").arg(replyClassName(ReplyClass(reply)),
                                      rateText(bar->perSecond[reply]));
    }
    return lines;
}

} // namespace Sluice

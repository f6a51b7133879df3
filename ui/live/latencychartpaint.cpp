// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/latencychart.h"

#include "core/metrics/percentiletrust.h"
#include "ui/live/latencylines.h"
#include "ui/live/livetext.h"

#include <QPainter>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** What stands at the end of a line. */
struct EndLabel
{
    double y = 0; ///< Of its baseline.
    QString text;
    bool isPale = false;
};

/** Moves labels that would cover each other apart, as little upwards and then downwards as needed.
 */
void spread(std::vector<EndLabel> &labels, double apart, double top)
{
    std::ranges::stable_sort(labels, std::ranges::greater(), &EndLabel::y); // The lowest first.
    for (std::size_t i = 1; i < labels.size(); ++i)
        labels[i].y = std::min(labels[i].y, labels[i - 1].y - apart);
    double free = top;
    for (EndLabel &label : std::views::reverse(labels)) {
        label.y = std::max(label.y, free);
        free = label.y + apart;
    }
}

} // namespace

void LatencyChart::paintPlot(QPainter &painter)
{
    paintAxis(painter);
    if (isHeatmap()) {
        paintHeatmap(painter);
        return;
    }
    paintLines(painter);
    paintNames(painter);
}

void LatencyChart::paintAxis(QPainter &painter) const
{
    std::vector<AxisTick> ticks;
    const double apart = painter.fontMetrics().height() + 2;
    for (const double us : m_range.ticks()) {
        const double y = mapLatencyToY(us);
        if (ticks.empty() || ticks.back().position - y >= apart)
            ticks.push_back({y, shownDuration(qint64(us))});
    }
    paintValueAxis(painter, ticks, true, tr("latency"));
}

void LatencyChart::paintHeatmap(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QRectF &plot = m_geometry.plot;
    painter.save();
    painter.setClipRect(plot);
    m_heatmap.paint(painter, m_geometry, m_range, theme);
    if (m_bucket && crosshairX() && !m_heatmap.isEmpty()) {
        const qint64 atUs = m_geometry.mapXToTime(plot.left() + *crosshairX());
        const QRectF cell = m_heatmap.cellRect(m_geometry, m_range, atUs, *m_bucket);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.text, 2));
        painter.drawRect(cell.adjusted(-2, -2, 2, 2));
        painter.setPen(QPen(theme.background, 1)); // Seen on a cell of any shade.
        painter.drawRect(cell.adjusted(-0.5, -0.5, 0.5, 0.5));
    }
    painter.restore();
    const QRectF side(sideEdge() + 8, plot.top(), RightMargin - 10, plot.height());
    m_heatmap.paintScale(painter, beside(side), theme);
}

void LatencyChart::paintLines(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    painter.save();
    painter.setClipRect(m_geometry.plot);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const LatencyPercentile &percentile : latencyPercentiles()) {
        const bool isChosen = chosenSeries() == int(&percentile - latencyPercentiles().data());
        QPen pen(theme.*percentile.color, isChosen ? 4 : 2);
        if (!percentile.dashes.isEmpty())
            pen.setDashPattern(percentile.dashes);
        if (m_mode != Mode::WithQueue)
            paintLine(painter, percentile.onWire, percentile.percent, pen, theme.disabled);
        if (m_mode == Mode::Both) { // Fine dots, whatever the percentile.
            pen.setCapStyle(Qt::RoundCap);
            pen.setDashPattern({0.01, 3});
            pen.setWidthF(theme.highContrast || isChosen ? 2.4 : 1.6);
        }
        if (m_mode != Mode::OnWire)
            paintLine(painter, percentile.total, percentile.percent, pen, theme.disabled);
    }
    painter.restore();
}

/** Steps without enough samples leave a gap. */
void LatencyChart::paintLine(QPainter &painter, Member value, double percent, const QPen &pen,
                             const QColor &pale) const
{
    if (!m_snapshot)
        return;
    const LiveLatency &latency = m_snapshot->latency;
    QPen palePen = pen;
    palePen.setColor(pale);
    QPolygonF line;
    qint64 lastUs = 0;
    bool isPale = false;
    const auto flush = [&] {
        if (line.size() == 1)
            line << line.first() + QPointF(2, 0);
        painter.setPen(isPale ? palePen : pen);
        painter.drawPolyline(line);
        line.clear();
    };
    for (const LatencyPoint &point : latency.points) {
        if (point.*value < 0 || (!line.isEmpty() && point.beginUs - lastUs > latency.stepUs))
            flush();
        if (point.*value < 0)
            continue;
        const bool isWeak = percentileTrust(percent, point.count) == PercentileTrust::Weak;
        const QPointF at(m_geometry.mapTimeToX(point.beginUs + latency.stepUs),
                         mapLatencyToY(double(point.*value)));
        if (isWeak != isPale && !line.isEmpty()) {
            line << at; // The two parts meet.
            flush();
        }
        isPale = isWeak;
        lastUs = point.beginUs;
        line << at;
    }
    flush();
}

void LatencyChart::paintNames(QPainter &painter) const
{
    if (!m_snapshot || m_snapshot->latency.points.empty())
        return;
    const Theme &theme = Theme::of(palette());
    const LatencyPoint &last = m_snapshot->latency.points.back();
    const QFontMetrics metrics = painter.fontMetrics();
    std::vector<EndLabel> labels;
    const auto add = [&](const LatencyPercentile &percentile, Member value, const QString &name) {
        const qint64 us = last.*value;
        labels.push_back(
            {mapLatencyToY(us < 0 ? m_range.low : double(us)) + metrics.ascent() / 2.0 - 1,
             name.arg(QLatin1StringView(percentile.name),
                      percentileText(us, percentile.percent, last.count)),
             percentileTrust(percentile.percent, last.count) != PercentileTrust::Full});
    };
    for (const LatencyPercentile &percentile : latencyPercentiles()) {
        if (m_mode != Mode::WithQueue)
            add(percentile, percentile.onWire, tr("%1 %2"));
        if (m_mode != Mode::OnWire)
            add(percentile, percentile.total, m_mode == Mode::Both ? tr("%1+q %2") : tr("%1 %2"));
    }
    spread(labels, metrics.height(), m_geometry.plot.top() + metrics.ascent() - 2);
    for (const EndLabel &label : labels) {
        // The lines' colours are too pale for letters.
        painter.setPen(label.isPale ? theme.disabled : theme.text);
        const QRectF name(sideEdge() + 8, label.y - metrics.ascent(), RightMargin - 8,
                          metrics.height());
        painter.drawText(beside(name), int(fromPlot()), label.text);
    }
}

} // namespace Sluice

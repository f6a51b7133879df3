// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/concurrencychart.h"

#include "ui/live/limithandle.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

int totalOf(const Limits &limits, const QString &)
{
    return limits.total;
}

int hostOf(const Limits &limits, const QString &endpoint)
{
    return limitForEndpoint(limits, endpoint);
}

QPen dashed(const QColor &color, const QList<qreal> &pattern, qreal width)
{
    QPen pen(color, width);
    pen.setDashPattern(pattern);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

QString markText(const LiveMark &mark)
{
    const QString host = endpointLabel(mark.endpoint);
    switch (mark.kind) {
    case LiveMark::Kind::Paused:
        return ConcurrencyChart::tr("paused");
    case LiveMark::Kind::Resumed:
        return ConcurrencyChart::tr("resumed");
    case LiveMark::Kind::HoldBegan:
        return ConcurrencyChart::tr("%1 on hold").arg(host);
    case LiveMark::Kind::HoldEnded:
        return ConcurrencyChart::tr("%1 goes on").arg(host);
    case LiveMark::Kind::FirstLimited:
        return ConcurrencyChart::tr("first 429");
    }
    return {};
}

/** Changes of the limits and everything else worth a line, in order of time. */
std::vector<std::pair<qint64, QString>> marksOf(const LiveSnapshot &snapshot)
{
    std::vector<std::pair<qint64, QString>> marks;
    for (std::size_t i = 1; i < snapshot.epochs.size(); ++i) {
        const int from = snapshot.epochs[i - 1].limits.total;
        const int to = snapshot.epochs[i].limits.total;
        marks.emplace_back(
            snapshot.epochs[i].beginUs,
            from == to ? ConcurrencyChart::tr("limits")
                       : ConcurrencyChart::tr("%1 \u2192 %2").arg(limitText(from), limitText(to)));
    }
    for (const LiveMark &mark : snapshot.marks)
        marks.emplace_back(mark.atUs, markText(mark));
    std::ranges::stable_sort(marks, {}, &std::pair<qint64, QString>::first);
    return marks;
}

/** "14 (3 to 24)", or one number when it did not change. */
QString rangeText(const ChartColumn &column, LiveGauge gauge)
{
    const auto i = std::size_t(gauge);
    if (column.min[i] == column.max[i])
        return countText(column.min[i]);
    return QCoreApplication::translate("ConcurrencyChart", "%1 (%2 to %3)")
        .arg(countText(std::llround(column.mean[i])), countText(column.min[i]),
             countText(column.max[i]));
}

} // namespace

void ConcurrencyChart::paintPlot(QPainter &painter)
{
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    const std::vector<AxisTick> values = m_geometry.valueTicks();
    std::vector<double> gridYs;
    for (const AxisTick &tick : values)
        gridYs.push_back(tick.position);
    m_bands.paint(painter, m_geometry, m_columns, palette, gridYs);
    paintValueAxis(painter, values, false, tr("requests"));
    paintMarks(painter);
    paintLimits(painter);
    paintCut(painter);
}

void ConcurrencyChart::paintMarks(QPainter &painter)
{
    if (!m_snapshot)
        return;
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    const QRectF &plot = m_geometry.plot;
    double free = plot.left();
    const auto mark = [&](qint64 atUs, const QString &label) {
        const double x = std::round(m_geometry.mapTimeToX(atUs));
        if (x < plot.left() || x > plot.right())
            return;
        painter.setPen(dashed(palette.secondary, {2, 3}, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const QFontMetrics metrics = painter.fontMetrics();
        const QRectF box(x + 3, plot.top() + 1, metrics.horizontalAdvance(label) + 6,
                         metrics.height());
        if (box.left() < free || box.right() > plot.right())
            return;
        free = box.right();
        QColor paper = palette.surface;
        paper.setAlphaF(0.85f);
        painter.fillRect(box, paper);
        painter.setPen(palette.text);
        painter.drawText(box, Qt::AlignCenter, label);
    };
    for (const auto &[atUs, label] : marksOf(*m_snapshot))
        mark(atUs, label);
}

void ConcurrencyChart::paintLimits(QPainter &painter)
{
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!m_selectedHost.isEmpty())
        paintLimitLine(painter, *m_hostHandle, palette.hostLimit, hostOf);
    paintLimitLine(painter, *m_totalHandle, palette.limit, totalOf);
    painter.restore();
}

void ConcurrencyChart::paintLimitLine(QPainter &painter, const LimitHandle &handle,
                                      const QColor &color,
                                      int (*limitOf)(const Limits &, const QString &))
{
    const QRectF &plot = m_geometry.plot;
    const double width = 1.6;
    painter.setClipRect(plot.adjusted(0, -2, 0, 2));
    painter.setPen(dashed(color, {5, 3}, width));
    // From now back to the beginning, one step for each set of limits.
    double right = plot.right();
    double lastY = 0; // 0 = there was no line.
    const auto stretch = [&](double left, int limit) {
        const double y = limit > 0 ? std::round(m_geometry.mapValueToY(limit)) : 0;
        if (limit > 0)
            painter.drawLine(QPointF(left, y), QPointF(right, y));
        if (limit > 0 && lastY > 0 && lastY != y)
            painter.drawLine(QPointF(right, y), QPointF(right, lastY));
        lastY = y;
        right = left;
    };
    int limit = handle.limit();
    if (m_snapshot) {
        const std::vector<LiveEpoch> &epochs = m_snapshot->epochs;
        for (std::size_t i = epochs.size(); i-- > 1 && right > plot.left();) {
            const double begin = m_geometry.mapTimeToX(epochs[i].beginUs);
            stretch(std::clamp(begin, plot.left(), right), limit);
            limit = limitOf(epochs[i - 1].limits, m_selectedHost);
        }
    }
    if (right > plot.left())
        stretch(plot.left(), limit);
    if (handle.isMoving()) {
        QColor ghost = color;
        ghost.setAlphaF(0.6f);
        painter.setPen(dashed(ghost, {2, 2}, width));
        const double y = std::round(m_geometry.mapValueToY(handle.shownLimit()));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
}

/** Says so when the stack is higher than the scale. */
void ConcurrencyChart::paintCut(QPainter &painter)
{
    if (m_peak <= m_geometry.top)
        return;
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    const QRectF &plot = m_geometry.plot;
    const QString text =
        tr("\u25B2 up to %1, cut at %2").arg(countText(m_peak), countText(qint64(m_geometry.top)));
    const QFontMetrics metrics = painter.fontMetrics();
    const double width = metrics.horizontalAdvance(text) + 10;
    const QRectF box(plot.left() + 6, plot.top() + metrics.height() + 6, width,
                     metrics.height() + 2);
    QColor paper = palette.surface;
    paper.setAlphaF(0.85f);
    painter.fillRect(box, paper);
    painter.setPen(palette.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

QStringList ConcurrencyChart::crosshairText(qint64 atUs) const
{
    const int index = std::clamp(m_geometry.columnAt(atUs), 0, int(m_columns.size()) - 1);
    const ChartColumn &column = m_columns[std::size_t(index)];
    if (!column.isKnown())
        return {tr("no requests")};
    const qint64 ago = std::max<qint64>(0, m_snapshot->atUs - atUs);
    QStringList lines{tr("\u2212%1").arg(shownDuration(ago)),
                      tr("in flight %1").arg(rangeText(column, LiveGauge::InFlight))};
    const auto add = [&](LiveGauge gauge, const QString &line) {
        if (column.max[std::size_t(gauge)] > 0)
            lines << line.arg(rangeText(column, gauge));
    };
    add(LiveGauge::WaitingHost, tr("waiting for host %1"));
    add(LiveGauge::WaitingTotal, tr("waiting for total %1"));
    add(LiveGauge::WaitingRate, tr("waiting for rate %1"));
    add(LiveGauge::WaitingHold, tr("on hold %1"));
    for (auto epoch = m_snapshot->epochs.rbegin(); epoch != m_snapshot->epochs.rend(); ++epoch) {
        if (epoch->beginUs <= atUs) {
            lines << tr("total limit %1").arg(limitText(epoch->limits.total));
            break;
        }
    }
    return lines;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/concurrencychart.h"

#include "ui/live/drainforecast.h"
#include "ui/live/limithandle.h"
#include "ui/live/livemarks.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int LongestMark = 180;
constexpr std::size_t MarkRows = 3; ///< Labels that would cover each other are put lower.
constexpr double LimitedTick = 5;

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

/** Behind texts in the picture. */
QColor paperOf(const LivePalette &palette)
{
    QColor paper = palette.surface;
    paper.setAlphaF(palette.isOpaque ? 1 : 0.85f);
    return paper;
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
    paintSockets(painter, palette.thinLine);
    paintChosen(painter);
    paintLimits(painter);
    paintRemarks(painter);
}

void ConcurrencyChart::paintMarks(QPainter &painter)
{
    if (!m_snapshot)
        return;
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    const QRectF &plot = m_geometry.plot;
    std::array<double, MarkRows> free; // Where the labels of each row end.
    free.fill(plot.left());
    const auto mark = [&](const ChartMark &each) {
        const double x = std::round(m_geometry.mapTimeToX(each.atUs));
        if (x < plot.left() || x > plot.right())
            return;
        painter.setPen(each.isNote ? QPen(palette.accent, palette.thinLine)
                                   : dashed(palette.secondary, {2, 3}, palette.thinLine));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const QFontMetrics metrics = painter.fontMetrics();
        const QString label = metrics.elidedText(each.text, Qt::ElideRight, LongestMark);
        QRectF box(x + 3, plot.top() + 1, metrics.horizontalAdvance(label) + 6, metrics.height());
        if (box.right() > plot.right()) // What happens just now is told, too.
            box.moveRight(x - 3);
        const auto row = std::ranges::find_if(free, [&](double end) { return box.left() >= end; });
        if (row == free.end())
            return;
        *row = box.right();
        box.moveTop(box.top() + double(row - free.begin()) * metrics.height());
        painter.fillRect(box, paperOf(palette));
        painter.setPen(palette.text);
        painter.drawText(box, Qt::AlignCenter, label);
    };
    for (const ChartMark &each : chartMarks(*m_snapshot))
        mark(each);
    paintLimited(painter);
}

/** A tick at the foot of every column in which the server asked for less. */
void ConcurrencyChart::paintLimited(QPainter &painter)
{
    const QRectF &plot = m_geometry.plot;
    const double width = std::max(1.0, m_geometry.columnWidth());
    const QColor &color = Theme::of(palette()).errors;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].limited > 0)
            painter.fillRect(QRectF(plot.left() + double(i) * m_geometry.columnWidth(),
                                    plot.bottom() - LimitedTick, width, LimitedTick),
                             color);
    }
}

/** A thin line of steps; a column with more than one value shows the highest. */
void ConcurrencyChart::paintSockets(QPainter &painter, double width)
{
    const QRectF &plot = m_geometry.plot;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setClipRect(plot);
    painter.setPen(QPen(Theme::of(palette()).text, width));
    QPolygonF line;
    const auto flush = [&] {
        painter.drawPolyline(line);
        line.clear();
    };
    int last = -1;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const int sockets = m_columns[i].isKnown() ? m_columns[i].sockets : -1;
        const double x = plot.left() + double(i) * m_geometry.columnWidth();
        if (sockets == last && sockets >= 0 && i + 1 < m_columns.size())
            continue;
        if (last >= 0)
            line << QPointF(x, std::round(m_geometry.mapValueToY(last)));
        if (sockets < 0)
            flush();
        else
            line << QPointF(x, std::round(m_geometry.mapValueToY(sockets)));
        last = sockets;
    }
    flush();
    painter.restore();
}

void ConcurrencyChart::paintLimits(QPainter &painter)
{
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!m_selectedHost.isEmpty())
        paintLimitLine(painter, *m_hostHandle, palette.hostLimit, hostOf);
    paintAdaptive(painter, palette.hostLimit);
    paintLimitLine(painter, *m_totalHandle, palette.limit, totalOf);
    painter.restore();
}

/** The decisions of the selected host's adaptive limit, or of the only one there is. */
void ConcurrencyChart::paintAdaptive(QPainter &painter, const QColor &color)
{
    if (!m_snapshot)
        return;
    const std::vector<LiveAdaptiveLimit> &all = m_snapshot->adaptive;
    const auto shown = m_selectedHost.isEmpty() && all.size() == 1
                           ? all.begin()
                           : std::ranges::find(all, m_selectedHost, &LiveAdaptiveLimit::endpoint);
    if (shown == all.end())
        return;
    const QRectF &plot = m_geometry.plot;
    painter.setClipRect(plot.adjusted(0, -2, 0, 2));
    painter.setPen(QPen(color, LivePalette::of(Theme::of(palette())).limitLine));
    QPolygonF line;
    for (std::size_t i = 0; i < shown->steps.size(); ++i) {
        const LimitStep &step = shown->steps[i];
        const qint64 endUs =
            i + 1 < shown->steps.size() ? shown->steps[i + 1].atUs : m_snapshot->atUs;
        if (step.limit > 0) {
            const double y = std::round(m_geometry.mapValueToY(step.limit));
            line << QPointF(m_geometry.mapTimeToX(step.atUs), y)
                 << QPointF(m_geometry.mapTimeToX(endUs), y);
        }
        if (step.limit == 0 || i + 1 == shown->steps.size()) {
            painter.drawPolyline(line);
            line.clear();
        }
    }
    const LimitStep &last = shown->steps.back();
    if (last.limit == 0)
        return;
    const QString text = tr("auto %1").arg(last.limit);
    const double y = std::round(m_geometry.mapValueToY(last.limit));
    const QFontMetrics metrics = painter.fontMetrics();
    painter.drawText(QPointF(plot.right() - metrics.horizontalAdvance(text) - 4, y - 4), text);
}

void ConcurrencyChart::paintLimitLine(QPainter &painter, const LimitHandle &handle,
                                      const QColor &color,
                                      int (*limitOf)(const Limits &, const QString &))
{
    const QRectF &plot = m_geometry.plot;
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    const double width = palette.limitLine;
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
        ghost.setAlphaF(palette.isOpaque ? 1 : 0.6f);
        painter.setPen(dashed(ghost, {2, 2}, width));
        const double y = std::round(m_geometry.mapValueToY(handle.shownLimit()));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
}

/** What the picture alone does not tell, in the upper left corner. */
QStringList ConcurrencyChart::remarks() const
{
    QStringList remarks;
    if (m_peak > m_geometry.top)
        remarks << tr("\u25B2 up to %1, cut at %2")
                       .arg(countText(m_peak), countText(qint64(m_geometry.top)));
    if (!m_snapshot)
        return remarks;
    if (m_snapshot->admission.draining > 0)
        remarks << tr("draining %1 over limit").arg(countText(m_snapshot->admission.draining));
    const QString forecast = forecastText();
    if (!forecast.isEmpty())
        remarks << forecast;
    return remarks;
}

/** What the limit that is being moved would bring. */
QString ConcurrencyChart::forecastText() const
{
    if (m_totalHandle->isMoving())
        return forecastTotal(*m_snapshot, m_totalHandle->shownLimit()).text();
    if (!m_hostHandle->isMoving())
        return {};
    const auto host = std::ranges::find(m_snapshot->hosts, m_selectedHost,
                                        [](const LiveHost &h) { return h.admission.endpoint; });
    return host == m_snapshot->hosts.end() ? QString()
                                           : forecastHost(*host, m_hostHandle->shownLimit()).text();
}

void ConcurrencyChart::paintRemarks(QPainter &painter)
{
    const LivePalette palette = LivePalette::of(Theme::of(this->palette()));
    const QRectF &plot = m_geometry.plot;
    const QFontMetrics metrics = painter.fontMetrics();
    double y = plot.top() + metrics.height() + 6;
    for (const QString &text : remarks()) {
        const QRectF box(plot.left() + 6, y, metrics.horizontalAdvance(text) + 10,
                         metrics.height() + 2);
        painter.fillRect(box, paperOf(palette));
        painter.setPen(palette.text);
        painter.drawText(box, Qt::AlignCenter, text);
        y = box.bottom() + 2;
    }
}

QStringList ConcurrencyChart::crosshairText(qint64 atUs) const
{
    const ChartColumn *found = columnAt(atUs);
    if (!found)
        return {tr("no requests")};
    const ChartColumn &column = *found;
    const qint64 ago = std::max<qint64>(0, m_snapshot->atUs - atUs);
    QStringList lines{tr("\u2212%1").arg(shownDuration(ago)),
                      tr("in flight %1").arg(gaugeText(column, LiveGauge::InFlight))};
    const auto add = [&](LiveGauge gauge, const QString &line) {
        if (column.max[std::size_t(gauge)] > 0)
            lines << line.arg(gaugeText(column, gauge));
    };
    add(LiveGauge::WaitingHost, tr("waiting for host %1"));
    add(LiveGauge::WaitingTotal, tr("waiting for total %1"));
    add(LiveGauge::WaitingRate, tr("waiting for rate %1"));
    add(LiveGauge::WaitingHold, tr("on hold %1"));
    if (column.sockets >= 0)
        lines << tr("open sockets %1").arg(countText(column.sockets));
    if (column.limited > 0)
        lines << tr("429 and 503: %1").arg(countText(column.limited));
    for (auto epoch = m_snapshot->epochs.rbegin(); epoch != m_snapshot->epochs.rend(); ++epoch) {
        if (epoch->beginUs <= atUs) {
            lines << tr("total limit %1").arg(limitText(epoch->limits.total));
            break;
        }
    }
    return lines;
}

} // namespace Sluice

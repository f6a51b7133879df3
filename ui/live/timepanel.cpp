// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/timepanel.h"

#include "ui/live/chartexport.h"
#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
constexpr qint64 Second = 1'000'000;
constexpr int BottomMargin = 22;
constexpr int BottomMarginUnlabelled = 6;
} // namespace

TimePanel::TimePanel(LiveCrosshair *crosshair, QWidget *parent)
    : QWidget(parent), m_crosshair(crosshair)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(m_crosshair, &LiveCrosshair::moved, this, qOverload<>(&QWidget::update));
}

const std::vector<qint64> &TimePanel::spans()
{
    static const std::vector<qint64> spans{
        10 * Second,   30 * Second,    60 * Second,    300 * Second,   600 * Second,  1800 * Second,
        3600 * Second, 10800 * Second, 21600 * Second, 43200 * Second, 86400 * Second};
    return spans;
}

void TimePanel::setSnapshot(LiveSnapshotPtr snapshot)
{
    m_snapshot = std::move(snapshot);
    layOut();
    update();
}

/** Time first, then the scale of what happened in it. */
void TimePanel::layOut()
{
    m_geometry.pixelRatio = devicePixelRatioF();
    const int bottom = showsTimeLabels() ? BottomMargin : BottomMarginUnlabelled;
    const bool isMirrored = isRightToLeft();
    m_geometry.plot = QRectF(rect()).adjusted(isMirrored ? RightMargin : LeftMargin, TopMargin,
                                              -(isMirrored ? LeftMargin : RightMargin), -bottom);
    if (m_geometry.plot.width() < 1 || m_geometry.plot.height() < 1)
        return;
    m_geometry.spanUs = currentView().spanUs;
    m_geometry.nowUs = m_snapshot ? m_snapshot->atUs : 0;
    m_geometry.isRunning = !m_snapshot || m_snapshot->admission.inFlight > 0
                           || m_snapshot->admission.queued > 0 || m_snapshot->donePerSecond > 0;
    const qint64 endUs = currentView().endUs < 0 ? m_geometry.nowUs : currentView().endUs;
    m_geometry.endUs =
        ChartGeometry::snappedEnd(endUs, m_geometry.spanUs, m_geometry.columnCount());
    scale();
}

QString TimePanel::csv(const LiveSnapshot &snapshot) const
{
    return seriesCsv(snapshot);
}

TimeRange TimePanel::chosenTime() const
{
    return m_crosshair->range().value_or(TimeRange{m_geometry.beginUs(), m_geometry.endUs});
}

LiveView TimePanel::currentView() const
{
    return m_snapshot ? m_snapshot->view : LiveView{};
}

void TimePanel::resizeEvent(QResizeEvent *)
{
    layOut();
}

void TimePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
    if (event->type() == QEvent::LayoutDirectionChange) { // What stands beside the plot moves, too.
        QResizeEvent again(size(), size());
        resizeEvent(&again);
    }
}

QRectF TimePanel::beside(const QRectF &rect) const
{
    return isRightToLeft() ? QRectF(width() - rect.right(), rect.top(), rect.width(), rect.height())
                           : rect;
}

Qt::Alignment TimePanel::towardsPlot() const
{
    return (isRightToLeft() ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter;
}

Qt::Alignment TimePanel::fromPlot() const
{
    return (isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

void TimePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // Sides are chosen here, see beside().
    const LivePalette colors = LivePalette::of(Theme::of(palette()));
    paintBackground(painter);
    painter.setFont(scaledFont(font(), 85));
    if (m_geometry.plot.width() < 1 || m_geometry.plot.height() < 1)
        return;
    paintPlot(painter);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintTimeAxis(painter);
    paintRange(painter);
    paintCrosshair(painter);
    if (hasFocus()) {
        painter.setPen(QPen(colors.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(m_geometry.plot.adjusted(-1, -1, 1, 1));
    }
}

/** Most of the pixels are the plot's: those are not written twice. */
void TimePanel::paintBackground(QPainter &painter) const
{
    const QColor &surface = Theme::of(palette()).background;
    // What is painted there may end within the last pixel.
    const QRect plot = m_geometry.plot.toRect().adjusted(0, 0, -1, -1);
    if (!coversPlot() || plot.isEmpty()) {
        painter.fillRect(rect(), surface);
        return;
    }
    const QRegion around = QRegion(rect()) - plot;
    for (const QRect &part : around)
        painter.fillRect(part, surface);
}

void TimePanel::paintValueAxis(QPainter &painter, const std::vector<AxisTick> &ticks, bool grid,
                               const QString &unit) const
{
    const LivePalette colors = LivePalette::of(Theme::of(palette()));
    const QRectF &plot = m_geometry.plot;
    const int height = painter.fontMetrics().height();
    for (const AxisTick &tick : ticks) {
        const double y = std::round(tick.position);
        painter.setPen(QPen(colors.grid, 1));
        if (grid)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(colors.secondary);
        painter.drawText(beside(QRectF(0, y - height / 2.0, LeftMargin - 6, height)),
                         int(towardsPlot()), tick.label);
    }
    // The unit, where no tick label is: turned, along the axis.
    painter.save();
    painter.translate(isRightToLeft() ? width() : 0, plot.center().y());
    painter.rotate(isRightToLeft() ? 90 : -90);
    painter.setPen(colors.secondary);
    painter.drawText(QRectF(-plot.height() / 2, 0, plot.height(), height), Qt::AlignCenter, unit);
    painter.restore();
}

void TimePanel::paintTimeAxis(QPainter &painter) const
{
    const LivePalette colors = LivePalette::of(Theme::of(palette()));
    const QRectF &plot = m_geometry.plot;
    painter.setPen(QPen(colors.grid, 1));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    for (const AxisTick &tick : m_geometry.timeTicks()) {
        const double x = std::round(tick.position);
        painter.setPen(QPen(colors.grid, 1));
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 4));
        if (!showsTimeLabels())
            continue;
        const double width = painter.fontMetrics().horizontalAdvance(tick.label) + 8;
        // Where controls stand on the left, the oldest label begins with the plot.
        const double least = isRightToLeft() ? plot.left() : 0;
        const double left = std::clamp(tick.position - width / 2, least, this->width() - width);
        painter.setPen(colors.secondary);
        painter.drawText(QRectF(left, plot.bottom() + 5, width, painter.fontMetrics().height()),
                         Qt::AlignCenter, tick.label);
    }
}

void TimePanel::paintCrosshair(QPainter &painter) const
{
    if (!m_crosshair->x() || !m_snapshot)
        return;
    const LivePalette colors = LivePalette::of(Theme::of(palette()));
    const Theme &theme = Theme::of(palette());
    const QRectF &plot = m_geometry.plot;
    const double x = std::min(plot.left() + std::floor(*m_crosshair->x()), plot.right() - 1) + 0.5;
    painter.setPen(QPen(colors.text, colors.thinLine));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    const QStringList lines = toldAt(m_geometry.mapXToTime(x));
    if (lines.isEmpty())
        return;
    const QFontMetrics metrics = painter.fontMetrics();
    int width = 0;
    for (const QString &line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    QRectF box(x + 8, plot.top() + 4, width + 16, int(lines.size()) * metrics.height() + 8);
    if (box.right() > plot.right())
        box.moveRight(x - 8);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.raised);
    painter.drawRect(box);
    painter.setPen(colors.text);
    for (int i = 0; i < lines.size(); ++i)
        painter.drawText(
            QPointF(box.left() + 8, box.top() + 4 + metrics.ascent() + i * metrics.height()),
            lines[i]);
}

/** The chosen series first. */
QStringList TimePanel::toldAt(qint64 atUs) const
{
    QStringList lines = crosshairText(atUs);
    const std::vector<Series> all = series();
    const auto chosen = std::ranges::find(all, m_series, &Series::id);
    if (chosen != all.end())
        lines.prepend(tr("\u25B8 %1: %2").arg(chosen->name, seriesValue(chosen->id, atUs)));
    return lines;
}

QString TimePanel::reading() const
{
    const std::vector<Series> all = series();
    const auto chosen = std::ranges::find(all, m_series, &Series::id);
    if (chosen == all.end() || !m_snapshot)
        return {};
    const double x = m_crosshair->x().value_or(m_geometry.plot.width() - 1);
    const qint64 atUs = m_geometry.mapXToTime(m_geometry.plot.left() + x);
    const QString value = seriesValue(chosen->id, atUs);
    const qint64 agoUs = std::max<qint64>(0, m_snapshot->atUs - atUs);
    return tr("%1 %2 ago: %3")
        .arg(chosen->name, shownDuration(agoUs), value.isEmpty() ? tr("not known") : value);
}

/** Tinted, between two lines: the tint is a help, not the only sign. */
void TimePanel::paintRange(QPainter &painter) const
{
    const std::optional<TimeRange> &range = m_crosshair->range();
    const QRectF &plot = m_geometry.plot;
    if (!range || range->endUs <= m_geometry.beginUs() || range->beginUs >= m_geometry.endUs)
        return;
    const LivePalette colors = LivePalette::of(Theme::of(palette()));
    const double from = m_geometry.mapTimeToX(range->beginUs);
    const double to = m_geometry.mapTimeToX(range->endUs);
    const double left = std::clamp(std::round(from), plot.left(), plot.right());
    const double right = std::clamp(std::round(to), left + 1, plot.right());
    if (!colors.isOpaque) {
        QColor tint = colors.accent;
        tint.setAlphaF(0.12f);
        painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), tint);
    }
    painter.setPen(QPen(colors.accent, 2));
    for (const double x : {from, to}) {
        if (x >= plot.left() && x <= plot.right())
            painter.drawLine(QPointF(std::round(x), plot.top()),
                             QPointF(std::round(x), plot.bottom()));
    }
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/timepanel.h"

#include "ui/live/livepalette.h"
#include "ui/live/panelmenu.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
constexpr qint64 Second = 1'000'000;
constexpr int BottomMargin = 22;
constexpr int BottomMarginUnlabelled = 6;
constexpr double PanDistance = 4; ///< Less is a click.

bool isTableKey(const QKeyEvent &event)
{
    return event.key() == Qt::Key_D && event.modifiers() == Qt::ControlModifier;
}
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
    m_geometry.plot = QRectF(rect()).adjusted(LeftMargin, TopMargin, -RightMargin, -bottom);
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
}

void TimePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const LivePalette colors = LivePalette::of(Theme::of(palette()));
    painter.fillRect(rect(), colors.surface);
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
        painter.drawText(QRectF(0, y - height / 2.0, plot.left() - 6, height),
                         Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    // The unit, where no tick label is: turned, along the axis.
    painter.save();
    painter.translate(0, plot.center().y());
    painter.rotate(-90);
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
        const double left = std::clamp(tick.position - width / 2, 0.0, this->width() - width);
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
    painter.setPen(QPen(colors.text, 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    const QStringList lines = crosshairText(m_geometry.mapXToTime(x));
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
    QColor tint = colors.accent;
    tint.setAlphaF(0.12f);
    painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), tint);
    painter.setPen(QPen(colors.accent, 2));
    for (const double x : {from, to}) {
        if (x >= plot.left() && x <= plot.right())
            painter.drawLine(QPointF(std::round(x), plot.top()),
                             QPointF(std::round(x), plot.bottom()));
    }
}

void TimePanel::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_geometry.plot.contains(event->position()))
        return;
    m_pan = Pan{event->position().x(), m_geometry.endUs,
                event->modifiers().testFlag(Qt::ShiftModifier)};
    m_rangeFromUs = m_geometry.mapXToTime(event->position().x());
}

void TimePanel::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF position = event->position();
    if (m_pan) {
        const double by = position.x() - m_pan->fromX;
        m_pan->moved = m_pan->moved || std::abs(by) >= PanDistance;
        if (m_pan->moved && m_pan->marksRange)
            extendRange(position.x() - m_geometry.plot.left());
        else if (m_pan->moved)
            scrollTo(m_pan->endUs
                     - qint64(by * double(m_geometry.spanUs) / m_geometry.plot.width()));
        return;
    }
    hoverAt(position);
    m_crosshair->setX(m_geometry.plot.contains(position)
                          ? std::optional(position.x() - m_geometry.plot.left())
                          : std::nullopt);
}

void TimePanel::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (m_pan && !m_pan->moved) { // A click: nothing is marked any more.
        m_crosshair->setRange({});
        m_rangeFromUs = -1;
    }
    m_pan.reset();
}

void TimePanel::extendRange(double x)
{
    if (!m_snapshot || m_rangeFromUs < 0)
        return;
    x = std::clamp(x, 0.0, m_geometry.plot.width());
    const qint64 atUs = m_geometry.mapXToTime(m_geometry.plot.left() + x);
    const qint64 beginUs = std::max(m_snapshot->startedUs, std::min(m_rangeFromUs, atUs));
    const qint64 endUs = std::min(m_snapshot->atUs, std::max(m_rangeFromUs, atUs));
    if (endUs > beginUs)
        m_crosshair->setRange(TimeRange{beginUs, endUs});
}

void TimePanel::leaveEvent(QEvent *)
{
    m_crosshair->setX({});
}

void TimePanel::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const int turned = delta.y() != 0 ? delta.y() : delta.x();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoom(turned > 0 ? -1 : 1);
    } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        scrollTo(m_geometry.endUs - qint64(m_geometry.spanUs / 10) * (turned > 0 ? 1 : -1));
    } else {
        event->ignore();
        return;
    }
    event->accept();
}

void TimePanel::zoom(int steps)
{
    LiveView view = currentView();
    const auto at = std::ranges::lower_bound(spans(), view.spanUs);
    const auto index =
        std::clamp<qsizetype>(at - spans().begin() + steps, 0, qsizetype(spans().size()) - 1);
    const qint64 spanUs = spans()[std::size_t(index)];
    if (view.endUs >= 0) { // What is pointed at stays where it is.
        const double width = m_geometry.plot.width();
        const double x = m_crosshair->x().value_or(width / 2);
        const qint64 atUs = m_geometry.mapXToTime(m_geometry.plot.left() + x);
        view.endUs = atUs + qint64((width - x) / width * double(spanUs));
    }
    view.spanUs = spanUs;
    view.columns = m_geometry.columnCount();
    emit viewRequested(view);
}

void TimePanel::scrollTo(qint64 endUs)
{
    if (!m_snapshot)
        return;
    LiveView view = currentView();
    const qint64 earliest =
        std::min(m_snapshot->atUs, m_snapshot->startedUs + m_geometry.spanUs / 2);
    view.endUs = endUs >= m_snapshot->atUs ? -1 : std::max(endUs, earliest);
    view.columns = m_geometry.columnCount();
    emit viewRequested(view);
}

void TimePanel::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    showPanelMenu(this,
                  byKey ? mapToGlobal(m_geometry.plot.center().toPoint()) : event->globalPos());
}

/** While a chart has the keyboard, Ctrl+D and Esc are its own, whatever the window does on them. */
bool TimePanel::event(QEvent *event)
{
    const auto *key = dynamic_cast<QKeyEvent *>(event);
    if (key && event->type() == QEvent::ShortcutOverride
        && (isTableKey(*key)
            || (key->key() == Qt::Key_Escape && (m_crosshair->x() || m_crosshair->range())))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool TimePanel::moveCrosshair(const QKeyEvent &event)
{
    const bool marksRange = event.modifiers().testFlag(Qt::ShiftModifier);
    const double step = event.modifiers().testFlag(Qt::ControlModifier) ? 10 : 1;
    const double width = m_geometry.plot.width();
    const double from = m_crosshair->x().value_or(width - 1);
    double to = from;
    switch (event.key()) {
    case Qt::Key_Left:
        to = std::max(0.0, from - step);
        break;
    case Qt::Key_Right:
        to = std::min(width - 1, from + step);
        break;
    case Qt::Key_Home:
        to = 0;
        break;
    case Qt::Key_Escape:
        if (!m_crosshair->x() && !m_crosshair->range())
            return false;
        m_crosshair->setX({});
        m_crosshair->setRange({});
        m_rangeFromUs = -1;
        return true;
    default:
        return false;
    }
    if (!marksRange)
        m_rangeFromUs = -1;
    else if (m_rangeFromUs < 0)
        m_rangeFromUs = m_geometry.mapXToTime(m_geometry.plot.left() + from);
    m_crosshair->setX(to);
    extendRange(to);
    return true;
}

bool TimePanel::changeView(const QKeyEvent &event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    if (event.key() == Qt::Key_End) {
        m_crosshair->setX({});
        LiveView view = currentView();
        view.endUs = -1;
        emit viewRequested(view);
    } else if (event.key() == Qt::Key_PageUp) {
        scrollTo(m_geometry.endUs - m_geometry.spanUs / 2);
    } else if (event.key() == Qt::Key_PageDown) {
        scrollTo(m_geometry.endUs + m_geometry.spanUs / 2);
    } else if (control && (event.key() == Qt::Key_Plus || event.key() == Qt::Key_Equal)) {
        zoom(-1);
    } else if (control && event.key() == Qt::Key_Minus) {
        zoom(1);
    } else if (control && event.key() == Qt::Key_0) {
        emit viewRequested(LiveView{});
    } else {
        return false;
    }
    return true;
}

void TimePanel::keyPressEvent(QKeyEvent *event)
{
    if (moveCrosshair(*event) || changeView(*event))
        return;
    if (event->key() == Qt::Key_Space)
        emit pauseViewToggled();
    else if (isTableKey(*event))
        emit tableRequested();
    else if (event->key() == Qt::Key_M && event->modifiers().testFlag(Qt::ControlModifier))
        requestNote();
    else
        QWidget::keyPressEvent(event);
}

void TimePanel::requestNote()
{
    const std::optional<double> x = m_crosshair->x();
    emit noteRequested(
        x && m_snapshot
            ? std::min(m_geometry.mapXToTime(m_geometry.plot.left() + *x), m_snapshot->atUs)
            : -1);
}

} // namespace Sluice

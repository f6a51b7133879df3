// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/timepanel.h"

#include "ui/live/panelmenu.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr double PanDistance = 4; ///< Less is a click.

bool isTableKey(const QKeyEvent &event)
{
    return event.key() == Qt::Key_D && event.modifiers() == Qt::ControlModifier;
}

} // namespace

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
    if (event->reason() == QContextMenuEvent::Keyboard)
        openMenu();
    else
        showPanelMenu(this, event->globalPos());
}

/** Some platforms tell of the menu key twice: as a key and as what it means. */
void TimePanel::openMenu()
{
    for (const QMenu *menu : findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (menu->isVisible())
            return;
    }
    showPanelMenu(this, mapToGlobal(m_geometry.plot.center().toPoint()));
}

/** While a chart has the keyboard, Ctrl+D and Esc are its own, whatever the window does on them. */
bool TimePanel::event(QEvent *event)
{
    const auto *key = dynamic_cast<QKeyEvent *>(event);
    if (key && event->type() == QEvent::ShortcutOverride
        && (isTableKey(*key) || key->key() == Qt::Key_Escape)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

/** Up goes up in the picture; from nothing, the nearest comes first. */
bool TimePanel::chooseSeries(const QKeyEvent &event)
{
    const int by = event.key() == Qt::Key_Up ? 1 : event.key() == Qt::Key_Down ? -1 : 0;
    const std::vector<Series> all = series();
    if (by == 0 || all.empty())
        return false;
    const auto chosen = std::ranges::find(all, m_series, &Series::id);
    const auto last = std::ssize(all) - 1;
    const qsizetype next = chosen == all.end()
                               ? (by > 0 ? 0 : last)
                               : std::clamp<qsizetype>(chosen - all.begin() + by, 0, last);
    m_series = all[std::size_t(next)].id;
    if (!m_crosshair->x())
        m_crosshair->setX(m_geometry.plot.width() - 1);
    tellReading();
    update();
    return true;
}

void TimePanel::tellReading()
{
    if (reading().isEmpty())
        return;
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

bool TimePanel::hasSomethingToTakeBack() const
{
    return m_crosshair->x() || m_crosshair->range() || m_series >= 0;
}

/** First what was chosen and marked, then the keyboard. */
void TimePanel::leave()
{
    if (!hasSomethingToTakeBack()) {
        emit leaveRequested();
        return;
    }
    m_crosshair->setX({});
    m_crosshair->setRange({});
    m_rangeFromUs = -1;
    m_series = -1;
    update();
}

bool TimePanel::moveCrosshair(const QKeyEvent &event)
{
    const bool marksRange = event.modifiers().testFlag(Qt::ShiftModifier);
    const double width = m_geometry.plot.width();
    const double sample =
        std::max(1.0, double(sampleUs()) * width / double(std::max<qint64>(1, m_geometry.spanUs)));
    const double step = event.modifiers().testFlag(Qt::ControlModifier) ? 10 * sample : sample;
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
    default:
        return false;
    }
    if (!marksRange)
        m_rangeFromUs = -1;
    else if (m_rangeFromUs < 0)
        m_rangeFromUs = m_geometry.mapXToTime(m_geometry.plot.left() + from);
    m_crosshair->setX(to);
    extendRange(to);
    tellReading();
    return true;
}

bool TimePanel::changeView(const QKeyEvent &event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    if (event.key() == Qt::Key_End && control) {
        jumpToLastActivity();
    } else if (event.key() == Qt::Key_End) {
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

/** Shift+F10 is a shortcut nowhere; on X11 it is also no context menu event. */
void TimePanel::keyPressEvent(QKeyEvent *event)
{
    if (moveCrosshair(*event) || changeView(*event) || chooseSeries(*event))
        return;
    const bool isMenuKey =
        event->key() == Qt::Key_Menu
        || (event->key() == Qt::Key_F10 && event->modifiers().testFlag(Qt::ShiftModifier));
    if (event->key() == Qt::Key_Escape)
        leave();
    else if (isMenuKey)
        openMenu();
    else if (event->key() == Qt::Key_Space)
        emit pauseViewToggled();
    else if (isTableKey(*event))
        emit tableRequested();
    else if (event->key() == Qt::Key_M && event->modifiers().testFlag(Qt::ControlModifier))
        requestNote();
    else
        QWidget::keyPressEvent(event);
}

void TimePanel::pointAtTime(qint64 atUs)
{
    const double x = m_geometry.mapTimeToX(atUs) - m_geometry.plot.left();
    m_crosshair->setX(std::clamp(x, 0.0, std::max(0.0, m_geometry.plot.width() - 1)));
}

void TimePanel::jumpToLastActivity()
{
    if (!m_snapshot || m_snapshot->lastActiveUs < 0)
        return;
    LiveView view = currentView();
    view.endUs = m_snapshot->lastActiveUs + view.spanUs / 10;
    if (view.endUs >= m_snapshot->atUs)
        view.endUs = -1;
    emit viewRequested(view);
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

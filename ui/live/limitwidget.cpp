// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitwidget.h"

#include <QAccessible>
#include <QKeyEvent>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace Sluice {

LimitWidget::LimitWidget(Qt::Orientation direction, QWidget *parent)
    : QWidget(parent), m_direction(direction)
{
    setFocusPolicy(Qt::StrongFocus);
    m_rest.setSingleShot(true);
    m_rest.setInterval(150ms);
    connect(&m_rest, &QTimer::timeout, this, &LimitWidget::applyRest);
}

void LimitWidget::setLimit(int limit)
{
    if (limit == m_drag.value())
        return;
    m_drag.setValue(limit);
    showMove();
}

void LimitWidget::applyLimit(int limit)
{
    m_drag.moveTo(limit, false);
    apply();
}

void LimitWidget::beginDrag()
{
    m_dragging = true;
    m_beforeDrag = limit();
}

void LimitWidget::endDrag()
{
    m_dragging = false;
    m_beforeDrag.reset();
    apply();
}

void LimitWidget::cancel()
{
    m_dragging = false;
    m_rest.stop();
    m_drag.cancel();
    const int before = std::exchange(m_beforeDrag, {}).value_or(limit());
    if (before != limit()) {
        m_drag.setValue(before);
        emit limitChosen(before);
    }
    update();
    emit ghostChanged();
}

/** The drag rests: its limit acts at once, and the drag goes on. */
void LimitWidget::applyRest()
{
    if (!isMoving() || shownLimit() == limit())
        return;
    m_drag.setValue(shownLimit());
    emit limitChosen(limit());
}

void LimitWidget::moveTo(double limit, bool coarse)
{
    if (!m_beforeDrag)
        m_beforeDrag = m_drag.value();
    m_drag.moveTo(limit, coarse);
    if (m_followsDrag)
        m_rest.start();
    showMove();
    emit ghostChanged();
}

void LimitWidget::apply()
{
    m_rest.stop();
    const std::optional<int> limit = m_drag.apply();
    update();
    if (limit) {
        m_drag.setValue(*limit); // Until the model says the same, so that nothing jumps back.
        emit limitChosen(*limit);
    }
    emit ghostChanged();
}

void LimitWidget::showMove()
{
    QAccessibleValueChangeEvent event(this, shownLimit());
    QAccessible::updateAccessibility(&event);
    update();
}

/** Esc stops the run everywhere else; here it first takes the move back. */
bool LimitWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && (isMoving() || m_dragging)
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool LimitWidget::moveByKey(const QKeyEvent &event)
{
    const bool isUpright = m_direction == Qt::Vertical;
    const int unit = event.modifiers().testFlag(Qt::ShiftModifier) ? 5 : 1;
    if (event.key() == (isUpright ? Qt::Key_Up : Qt::Key_Right))
        m_drag.step(unit);
    else if (event.key() == (isUpright ? Qt::Key_Down : Qt::Key_Left))
        m_drag.step(-unit);
    else if (event.key() == Qt::Key_PageUp)
        m_drag.ladder(1);
    else if (event.key() == Qt::Key_PageDown)
        m_drag.ladder(-1);
    else
        return false;
    return true;
}

void LimitWidget::keyPressEvent(QKeyEvent *event)
{
    if (moveByKey(*event)) {
        showMove();
        emit ghostChanged();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        endDrag();
    } else if (event->key() == Qt::Key_Escape && (isMoving() || m_dragging)) {
        cancel();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void LimitWidget::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void LimitWidget::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    if (isMoving())
        cancel();
    update();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitwidget.h"

#include <QAccessible>
#include <QKeyEvent>

namespace Sluice {

LimitWidget::LimitWidget(Qt::Orientation direction, QWidget *parent)
    : QWidget(parent), m_direction(direction)
{
    setFocusPolicy(Qt::StrongFocus);
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

void LimitWidget::endDrag()
{
    m_dragging = false;
    apply();
}

void LimitWidget::cancel()
{
    m_dragging = false;
    m_drag.cancel();
    update();
    emit ghostChanged();
}

void LimitWidget::moveTo(double limit, bool coarse)
{
    m_drag.moveTo(limit, coarse);
    showMove();
    emit ghostChanged();
}

void LimitWidget::apply()
{
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

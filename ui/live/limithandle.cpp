// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limithandle.h"

#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
constexpr int Height = 24; // WCAG 2.2, 2.5.8: no target smaller than 24 px.
constexpr int Padding = 8;
} // namespace

LimitHandle::LimitHandle(Kind kind, QWidget *parent) : QWidget(parent), m_kind(kind)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeVerCursor);
    setAttribute(Qt::WA_NoMousePropagation);
    setToolTip(tr("Drag to change the limit. Keyboard: Up, Down, Page Up, Page Down; "
                  "Enter applies, Esc cancels."));
}

void LimitHandle::setName(const QString &name)
{
    m_name = name;
    setAccessibleName(m_kind == Kind::Total ? tr("Limit of requests in flight, all hosts")
                                            : tr("Limit of requests in flight to %1").arg(name));
    update();
}

void LimitHandle::setLimit(int limit)
{
    if (limit == m_drag.value())
        return;
    m_drag.setValue(limit);
    tellAccessibility();
    update();
}

void LimitHandle::setGeometryOfChart(const ChartGeometry &geometry)
{
    m_geometry = geometry;
    m_drag.setUnlimitedStart(std::max(1, int(geometry.top)));
}

void LimitHandle::dragTo(double y, bool coarse)
{
    m_drag.moveTo(m_geometry.mapYToValue(y), coarse);
    tellAccessibility();
    update();
    emit ghostChanged();
}

void LimitHandle::endDrag()
{
    m_dragging = false;
    apply();
}

void LimitHandle::cancel()
{
    m_dragging = false;
    m_drag.cancel();
    update();
    emit ghostChanged();
}

void LimitHandle::applyLimit(int limit)
{
    m_drag.moveTo(limit, false);
    apply();
}

void LimitHandle::apply()
{
    const std::optional<int> limit = m_drag.apply();
    update();
    if (limit) {
        m_drag.setValue(*limit); // Until the model says the same, so that nothing jumps back.
        emit limitChosen(*limit);
    }
    emit ghostChanged();
}

void LimitHandle::tellAccessibility()
{
    QAccessibleValueChangeEvent event(this, shownLimit());
    QAccessible::updateAccessibility(&event);
}

QString LimitHandle::text() const
{
    return tr("%1 %2").arg(m_name, limitText(shownLimit()));
}

QSize LimitHandle::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2 * Padding, Height};
}

void LimitHandle::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const LivePalette colors = LivePalette::of(theme);
    const QColor fill = m_kind == Kind::Total ? colors.limit : colors.hostLimit;
    const QColor ink = m_kind == Kind::Total ? colors.limitText : theme.accentText;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 4, 4);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_kind == Kind::Total ? colors.accent : ink, 2));
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3);
    }
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(ink);
    const QString shown = painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, width() - 8);
    painter.drawText(rect(), Qt::AlignCenter, shown);
}

void LimitHandle::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const double lineY = m_geometry.mapValueToY(shownLimit());
    const double mouseY = mapToParent(event->position().toPoint()).y();
    // An unlimited or far limit is parked at the edge; it is taken from where the mouse is.
    m_grabOffset = std::abs(mouseY - lineY) <= Height ? mouseY - lineY : 0;
    m_dragging = true;
}

void LimitHandle::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging)
        dragTo(mapToParent(event->position().toPoint()).y() - m_grabOffset,
               event->modifiers().testFlag(Qt::ShiftModifier));
}

void LimitHandle::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_dragging)
        endDrag();
}

bool LimitHandle::moveByKey(const QKeyEvent &event)
{
    const int unit = event.modifiers().testFlag(Qt::ShiftModifier) ? 5 : 1;
    switch (event.key()) {
    case Qt::Key_Up:
        m_drag.step(unit);
        return true;
    case Qt::Key_Down:
        m_drag.step(-unit);
        return true;
    case Qt::Key_PageUp:
        m_drag.ladder(1);
        return true;
    case Qt::Key_PageDown:
        m_drag.ladder(-1);
        return true;
    default:
        return false;
    }
}

void LimitHandle::keyPressEvent(QKeyEvent *event)
{
    if (moveByKey(*event)) {
        tellAccessibility();
        update();
        emit ghostChanged();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        endDrag();
    } else if (event->key() == Qt::Key_Escape && isMoving()) {
        cancel();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void LimitHandle::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void LimitHandle::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    if (isMoving())
        cancel();
    update();
}

} // namespace Sluice

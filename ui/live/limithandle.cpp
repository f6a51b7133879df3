// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limithandle.h"

#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
constexpr int Height = 24; // WCAG 2.2, 2.5.8: no target smaller than 24 px.
constexpr int Padding = 8;
} // namespace

LimitHandle::LimitHandle(Kind kind, QWidget *parent)
    : LimitWidget(Qt::Vertical, parent), m_kind(kind)
{
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

void LimitHandle::setGeometryOfChart(const ChartGeometry &geometry)
{
    m_geometry = geometry;
    setUnlimitedStart(std::max(1, int(geometry.top)));
}

void LimitHandle::dragTo(double y, bool coarse)
{
    moveTo(m_geometry.mapYToValue(y), coarse);
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
    beginDrag();
}

void LimitHandle::mouseMoveEvent(QMouseEvent *event)
{
    if (isDragging())
        dragTo(mapToParent(event->position().toPoint()).y() - m_grabOffset,
               event->modifiers().testFlag(Qt::ShiftModifier));
}

void LimitHandle::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && isDragging())
        endDrag();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int ControlHeight = 28;
constexpr int RowHeight = 26;
constexpr qreal Radius = 4;

bool isInsideField(const QWidget *widget)
{
    const QWidget *parent = widget ? widget->parentWidget() : nullptr;
    return qobject_cast<const QAbstractSpinBox *>(parent)
           || qobject_cast<const QComboBox *>(parent);
}

/** A cell editor: its parent is a view's viewport. */
bool isCellEditor(const QWidget *widget)
{
    const QWidget *viewport = widget ? widget->parentWidget() : nullptr;
    const QWidget *view = viewport ? viewport->parentWidget() : nullptr;
    const auto *items = qobject_cast<const QAbstractItemView *>(view);
    return items && items->viewport() == viewport;
}

void drawCheckBox(const QStyleOption *option, QPainter *painter, const Theme &theme)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    QRectF box(0, 0, 14, 14);
    box.moveCenter(QRectF(option->rect).center());
    box.moveTopLeft(box.topLeft().toPoint());
    const bool marked = option->state & (QStyle::State_On | QStyle::State_NoChange);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(!enabled ? theme.disabled : marked ? theme.accent : theme.secondary, 1));
    painter->setBrush(theme.surface);
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5);
    painter->setPen(QPen(enabled ? theme.accent : theme.disabled, 1.6, Qt::SolidLine, Qt::RoundCap,
                         Qt::RoundJoin));
    if (option->state & QStyle::State_On) {
        const std::array<QPointF, 3> tick{box.topLeft() + QPointF(3.4, 7.2),
                                          box.topLeft() + QPointF(6, 9.8),
                                          box.topLeft() + QPointF(10.6, 4.4)};
        painter->drawPolyline(tick.data(), int(tick.size()));
    } else if (option->state & QStyle::State_NoChange) {
        painter->drawLine(box.topLeft() + QPointF(4, 7), box.topLeft() + QPointF(10, 7));
    }
    painter->restore();
}

void drawButton(const QStyleOption *option, QPainter *painter, const Theme &theme)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool down = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const bool primary = button && button->features & QStyleOptionButton::DefaultButton;
    const bool flat = button && button->features & QStyleOptionButton::Flat;
    const bool hovered = enabled && option->state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF shape = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (primary && enabled) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(down      ? theme.accent.darker(125)
                          : hovered ? theme.accent.darker(110)
                                    : theme.accent);
        painter->drawRoundedRect(option->rect, Radius, Radius);
    } else if (!flat) {
        painter->setPen(theme.line);
        painter->setBrush(theme.surface);
        painter->drawRoundedRect(shape, Radius, Radius);
    }
    if (!primary && (down || hovered)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(down ? theme.selection : theme.hover);
        painter->drawRoundedRect(option->rect, Radius, Radius);
    }
    painter->restore();
}

void drawFocusRing(const QStyleOption *option, QPainter *painter, const Theme &theme,
                   const QWidget *widget)
{
    // A view shows its current row by the selection; a ring around each cell is noise.
    if (qobject_cast<const QAbstractItemView *>(widget))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), Radius, Radius);
    painter->restore();
}

} // namespace

Style::Style() : QProxyStyle(u"Fusion"_s) {}

bool isFreeField(const QWidget *widget)
{
    return !isInsideField(widget) && !isCellEditor(widget);
}

void drawField(QPainter *painter, const QRect &rect, const Theme &theme, bool enabled, bool focused)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal width = focused ? 2 : 1;
    painter->setPen(QPen(focused ? theme.accent : theme.line, width));
    painter->setBrush(enabled ? theme.surface : theme.background);
    const qreal inset = width / 2;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), Radius, Radius);
    painter->restore();
}

void drawChevron(QPainter *painter, const QRect &rect, const QColor &color, Qt::ArrowType direction)
{
    static constexpr std::array<qreal, 5> Degrees{0, 180, 0, 90, -90};
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(QRectF(rect).center());
    painter->rotate(Degrees[std::size_t(direction)]);
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const std::array<QPointF, 3> head{QPointF(-3.2, -1.6), QPointF(0, 1.6), QPointF(3.2, -1.6)};
    painter->drawPolyline(head.data(), int(head.size()));
    painter->restore();
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    const bool enabled = option->state & State_Enabled;
    switch (element) {
    case PE_PanelLineEdit:
        if (isCellEditor(widget))
            painter->fillRect(option->rect, theme.surface);
        else if (!isInsideField(widget))
            drawField(painter, option->rect, theme, enabled, option->state & State_HasFocus);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_PanelButtonCommand:
        drawButton(option, painter, theme);
        return;
    case PE_PanelButtonTool:
        if (enabled && option->state & (State_MouseOver | State_Sunken | State_On)) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            const bool down = option->state & (State_Sunken | State_On);
            painter->setBrush(down ? theme.selection : theme.hover);
            painter->drawRoundedRect(option->rect, Radius, Radius);
            painter->restore();
        }
        return;
    case PE_FrameFocusRect:
        drawFocusRing(option, painter, theme, widget);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(option, painter, theme);
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            drawChevron(painter, option->rect, theme.secondary,
                        option->state & State_Open ? Qt::DownArrow : Qt::RightArrow);
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem:
        if (option->state & State_Selected)
            painter->fillRect(option->rect, theme.selection);
        else if (option->state & State_MouseOver && enabled)
            painter->fillRect(option->rect, theme.hover);
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        painter->fillRect(option->rect, theme.line);
        return;
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 1;
    case PM_DockWidgetTitleMargin:
        return 8;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return 14;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
        return 16;
    case PM_TreeViewIndentation:
        return 14;
    case PM_ScrollBarExtent:
        return 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_ToolBarItemMargin:
    case PM_ToolBarFrameWidth:
    case PM_DockWidgetFrameWidth:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_UnderlineShortcut:
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result.setWidth(size.width() + 28);
        result.setHeight(qMax(ControlHeight, result.height()));
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        if (!isCellEditor(widget))
            result.setHeight(qMax(ControlHeight, size.height()));
        break;
    case CT_ToolButton:
        result.setHeight(qMax(ControlHeight, result.height()));
        break;
    case CT_ItemViewItem:
    case CT_HeaderSection:
        result.setHeight(qMax(RowHeight, result.height()));
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(qMax(RowHeight, result.height()));
        break;
    default:
        break;
    }
    return result;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QTableView>

namespace Sluice {

namespace {

constexpr int ArrowWidth = 22;
constexpr int FieldPadding = 6;
/** Left of a table's first column, so that it stands under the text above the table. */
constexpr int TableInset = 9;

} // namespace

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    switch (element) {
    case CE_Splitter:
        painter->fillRect(option->rect, theme.line);
        return;
    case CE_PushButtonLabel:
        drawButtonLabel(option, painter, widget);
        return;
    case CE_DockWidgetTitle:
        drawDockTitle(option, painter, widget);
        return;
    case CE_ItemViewItem:
        drawItem(option, painter, widget);
        return;
    case CE_HeaderEmptyArea:
    case CE_HeaderSection:
        drawHeaderSection(option, painter);
        return;
    case CE_ToolBar:
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawButtonLabel(const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button || !(button->features & QStyleOptionButton::DefaultButton)
        || !(button->state & State_Enabled)) {
        QProxyStyle::drawControl(CE_PushButtonLabel, option, painter, widget);
        return;
    }
    QStyleOptionButton primary(*button);
    primary.palette.setColor(QPalette::ButtonText, Theme::of(option->palette).accentText);
    painter->save();
    QFont font = painter->font();
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    QProxyStyle::drawControl(CE_PushButtonLabel, &primary, painter, widget);
    painter->restore();
}

void Style::drawDockTitle(const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const auto *dock = qstyleoption_cast<const QStyleOptionDockWidget *>(option);
    if (!dock || dock->verticalTitleBar) {
        QProxyStyle::drawControl(CE_DockWidgetTitle, option, painter, widget);
        return;
    }
    painter->save();
    QFont font = painter->font();
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(Theme::of(option->palette).text);
    painter->drawText(option->rect.adjusted(12, 0, -52, 0), Qt::AlignVCenter | Qt::AlignLeft,
                      dock->title);
    painter->restore();
}

void Style::drawItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
    if (!item)
        return;
    // The selection is a soft tint, so the text on it keeps its colour.
    QStyleOptionViewItem soft(*item);
    soft.palette.setColor(QPalette::HighlightedText, soft.palette.color(QPalette::Text));
    QProxyStyle::drawControl(CE_ItemViewItem, &soft, painter, widget);
}

void Style::drawHeaderSection(const QStyleOption *option, QPainter *painter) const
{
    const Theme &theme = Theme::of(option->palette);
    painter->fillRect(option->rect, theme.surface);
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                      theme.line);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                               QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox:
        drawComboBox(option, painter);
        return;
    case CC_SpinBox:
        drawSpinBox(option, painter);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

void Style::drawComboBox(const QStyleOptionComplex *option, QPainter *painter) const
{
    const Theme &theme = Theme::of(option->palette);
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    const bool enabled = option->state & State_Enabled;
    if (!combo || combo->frame)
        drawField(painter, option->rect, theme, enabled, option->state & State_HasFocus);
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, nullptr);
    drawChevron(painter, arrow, enabled ? theme.secondary : theme.disabled, Qt::DownArrow);
}

void Style::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter) const
{
    const Theme &theme = Theme::of(option->palette);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    const bool enabled = option->state & State_Enabled;
    if (!spin || spin->frame)
        drawField(painter, option->rect, theme, enabled, option->state & State_HasFocus);
    if (!spin || spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto drawStep = [&](SubControl subControl, QAbstractSpinBox::StepEnabledFlag flag,
                              Qt::ArrowType direction) {
        const bool usable = enabled && spin->stepEnabled & flag;
        drawChevron(painter, subControlRect(CC_SpinBox, option, subControl, nullptr),
                    usable ? theme.secondary : theme.line, direction);
    };
    drawStep(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, Qt::UpArrow);
    drawStep(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, Qt::DownArrow);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option,
                            const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents: {
        const QRect rect = QProxyStyle::subElementRect(element, option, widget);
        return isFreeField(widget) ? rect.adjusted(FieldPadding, 0, -FieldPadding, 0) : rect;
    }
    case SE_ItemViewItemCheckIndicator:
    case SE_ItemViewItemDecoration:
    case SE_ItemViewItemText: {
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        if (!item || item->index.column() != 0 || !qobject_cast<const QTableView *>(widget))
            break;
        QStyleOptionViewItem inset(*item);
        inset.rect.adjust(TableInset, 0, 0, 0);
        return QProxyStyle::subElementRect(element, &inset, widget);
    }
    default:
        break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                            SubControl subControl, const QWidget *widget) const
{
    const QRect rect = option->rect;
    if (control == CC_ComboBox && subControl == SC_ComboBoxArrow)
        return visualRect(option->direction, rect,
                          QRect(rect.right() - ArrowWidth, rect.top(), ArrowWidth, rect.height()));
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return visualRect(option->direction, rect, rect.adjusted(6, 1, -ArrowWidth - 1, -1));
    if (control == CC_SpinBox) {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const bool buttons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int half = rect.height() / 2;
        const QRect arrows(rect.right() - 16, rect.top() + 1, 14, rect.height() - 2);
        switch (subControl) {
        case SC_SpinBoxEditField:
            return visualRect(option->direction, rect, rect.adjusted(4, 1, buttons ? -18 : -4, -1));
        case SC_SpinBoxUp:
            return !buttons
                       ? QRect()
                       : visualRect(option->direction, rect, arrows.adjusted(0, 2, 0, 1 - half));
        case SC_SpinBoxDown:
            return !buttons
                       ? QRect()
                       : visualRect(option->direction, rect, arrows.adjusted(0, half - 1, 0, -2));
        default:
            break;
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/theme/titleglyph.h"

#include <QPainter>
#include <QStyleOption>
#include <QTableView>
#include <QWidget>

#include <algorithm>

namespace Sluice {

namespace {

constexpr int ArrowWidth = 22;
constexpr int FieldPadding = 6;
constexpr int MinSlider = 24;
/** Left of a table's first column, so that it stands under the text above the table. */
constexpr int TableInset = 9;

/** A scroll bar without arrows: the slider has the whole length. */
QRect scrollBarRect(const QStyleOptionSlider &bar, QStyle::SubControl subControl)
{
    const bool horizontal = bar.orientation == Qt::Horizontal;
    const int length = horizontal ? bar.rect.width() : bar.rect.height();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    const int slider =
        range == 0 ? length
                   : qBound(qMin(MinSlider, length),
                            int(qint64(length) * bar.pageStep / (range + bar.pageStep)), length);
    const int start = QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                      length - slider, bar.upsideDown);
    const auto along = [&](int from, int size) {
        const QRect rect = horizontal ? QRect(from, 0, size, bar.rect.height())
                                      : QRect(0, from, bar.rect.width(), size);
        return QStyle::visualRect(bar.direction, bar.rect, rect.translated(bar.rect.topLeft()));
    };
    switch (subControl) {
    case QStyle::SC_ScrollBarSlider:
        return along(start, slider);
    case QStyle::SC_ScrollBarGroove:
        return along(0, length);
    case QStyle::SC_ScrollBarSubPage:
        return along(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return along(start + slider, length - start - slider);
    default:
        return {};
    }
}

void drawBar(QPainter *painter, const QRect &rect, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    const double radius = std::min(rect.width(), rect.height()) / 2.0;
    painter->drawRoundedRect(rect, radius, radius);
    painter->restore();
}

} // namespace

QIcon Style::standardIcon(StandardPixmap pixmap, const QStyleOption *option,
                          const QWidget *widget) const
{
    if (pixmap != SP_TitleBarCloseButton && pixmap != SP_TitleBarNormalButton)
        return QProxyStyle::standardIcon(pixmap, option, widget);
    return titleGlyph(pixmap);
}

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
    case CE_HeaderLabel:
        drawHeaderLabel(option, painter, widget);
        return;
    case CE_HeaderEmptyArea:
    case CE_HeaderSection:
        drawHeaderSection(option, painter);
        return;
    case CE_ProgressBarGroove:
        drawBar(painter, option->rect, theme.line);
        return;
    case CE_ProgressBarContents:
        drawProgress(option, painter);
        return;
    case CE_ToolBar:
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawProgress(const QStyleOption *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (!bar || bar->maximum <= bar->minimum)
        return;
    const double share = double(bar->progress - bar->minimum) / double(bar->maximum - bar->minimum);
    QRect rect = option->rect;
    rect.setWidth(int(rect.width() * share));
    if (rect.width() > 0)
        drawBar(painter, rect, Theme::of(option->palette).accent);
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

void Style::drawHeaderLabel(const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    // Over numbers the title ends where they do, as far as it has room; QCommonStyle does not ask
    // subElementRect() of us.
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    int inset = 0;
    if (header && header->textAlignment & Qt::AlignRight) {
        const int free = header->rect.width() - header->fontMetrics.horizontalAdvance(header->text);
        inset = std::clamp(free, 0, TableInset);
    }
    painter->save();
    painter->translate(-inset, 0);
    QProxyStyle::drawControl(CE_HeaderLabel, option, painter, widget);
    painter->restore();
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
    case CC_ScrollBar:
        drawScrollBar(option, painter);
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

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->minimum == bar->maximum)
        return;
    const Theme &theme = Theme::of(option->palette);
    const bool active =
        option->state & State_MouseOver || bar->activeSubControls & SC_ScrollBarSlider;
    const qreal margin = active ? 2.5 : 3.5;
    const QRectF slider = QRectF(subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr))
                              .adjusted(margin, margin, -margin, -margin);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QColor color = theme.secondary;
    color.setAlphaF(active ? 0.65F : 0.4F);
    painter->setBrush(color);
    const qreal radius = qMin(slider.width(), slider.height()) / 2;
    painter->drawRoundedRect(slider, radius, radius);
    painter->restore();
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
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    case SE_ItemViewItemCheckIndicator:
    case SE_ItemViewItemDecoration:
    case SE_ItemViewItemText: {
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        if (!item || !qobject_cast<const QTableView *>(widget))
            break;
        QStyleOptionViewItem inset(*item);
        if (item->index.column() == 0)
            inset.rect.adjust(TableInset, 0, 0, 0);
        // A number ends well before the next column's text begins.
        if (item->displayAlignment & Qt::AlignRight)
            inset.rect.adjust(0, 0, -TableInset, 0);
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
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return scrollBarRect(*bar, subControl);
    }
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

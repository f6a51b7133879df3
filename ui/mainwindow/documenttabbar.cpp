// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/documenttabbar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/methodbadge.h"

#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Height = 34;
constexpr int Padding = 14;
constexpr int Gap = 8;
constexpr int MarkWidth = 14;
constexpr int MaxTitle = 240;

} // namespace

DocumentTabBar::DocumentTabBar(QWidget *parent) : QTabBar(parent)
{
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setMovable(true);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideRight);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Open tabs"));
}

void DocumentTabBar::setLabel(int index, const DocumentLabel &label)
{
    if (label == this->label(index))
        return;
    setTabData(index, QVariant::fromValue(label));
    // The text is for accessibility and for the change of layout that comes with it.
    setTabText(index, label.title + (label.unsaved ? tr(" (unsaved)") : QString()));
    setTabToolTip(index, label.title);
    update();
}

DocumentLabel DocumentTabBar::label(int index) const
{
    return tabData(index).value<DocumentLabel>();
}

int DocumentTabBar::contentWidth(const DocumentLabel &label) const
{
    int width = qMin(MaxTitle, fontMetrics().horizontalAdvance(label.title)) + Gap + MarkWidth;
    if (!label.method.isEmpty())
        width += QFontMetrics(badgeFont(font())).horizontalAdvance(methodBadge(label.method)) + Gap;
    else if (!label.symbol.isEmpty())
        width += fontMetrics().horizontalAdvance(label.symbol) + Gap;
    return width;
}

QSize DocumentTabBar::tabSizeHint(int index) const
{
    return {contentWidth(label(index)) + Padding + 8, Height};
}

QSize DocumentTabBar::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

QRect DocumentTabBar::markRect(int index) const
{
    const QRect rect = tabRect(index);
    return {rect.right() - MarkWidth - 7, rect.center().y() - MarkWidth / 2, MarkWidth, MarkWidth};
}

void DocumentTabBar::paintTab(QPainter &painter, int index) const
{
    const Theme &theme = Theme::of(palette());
    const QRect rect = tabRect(index);
    const DocumentLabel shown = label(index);
    const bool current = index == currentIndex();
    const QPoint mouse = mapFromGlobal(QCursor::pos());
    const bool hovered = underMouse() && rect.contains(mouse);
    if (current || hovered)
        painter.fillRect(rect, current ? theme.surface : theme.hover);
    if (current)
        painter.fillRect(QRect(rect.left(), 0, rect.width(), 2), theme.accent);
    else
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.line);
    int x = rect.left() + Padding;
    const auto draw = [&](const QString &text, const QFont &font, const QColor &color, int limit) {
        const QFontMetrics metrics(font);
        const int width = qMin(limit, metrics.horizontalAdvance(text));
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(QRect(x, rect.top() + 1, width + 1, rect.height() - 1),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, width + 1));
        x += width + Gap;
    };
    if (!shown.method.isEmpty())
        draw(methodBadge(shown.method), badgeFont(font()), theme.methodColor(shown.method),
             MaxTitle);
    else if (!shown.symbol.isEmpty())
        draw(shown.symbol, font(), theme.secondary, MaxTitle);
    draw(shown.title, font(), theme.text, MaxTitle);
    const QRectF mark = markRect(index);
    if (hovered) {
        if (mark.contains(mouse)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.hover);
            painter.drawRoundedRect(mark.adjusted(-1, -1, 1, 1), 3, 3);
        }
        painter.setPen(QPen(theme.secondary, 1.3));
        const QRectF cross = mark.adjusted(3.5, 3.5, -3.5, -3.5);
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.topRight(), cross.bottomLeft());
    } else if (shown.unsaved) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        painter.drawEllipse(mark.center(), 4, 4);
    }
    if (current && hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect).adjusted(4, 5, -5, -4), 4, 4);
    }
}

void DocumentTabBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect last = count() > 0 ? tabRect(count() - 1) : QRect();
    painter.fillRect(QRect(last.right() + 1, height() - 1, width(), 1), Theme::of(palette()).line);
    for (int i = 0; i < count(); ++i)
        paintTab(painter, i);
}

void DocumentTabBar::mousePressEvent(QMouseEvent *event)
{
    const int index = tabAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index >= 0
        && markRect(index).contains(event->position().toPoint()))
        return;
    QTabBar::mousePressEvent(event);
}

void DocumentTabBar::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const int index = tabAt(at);
    const bool onMark =
        event->button() == Qt::LeftButton && index >= 0 && markRect(index).contains(at);
    QTabBar::mouseReleaseEvent(event);
    if (index >= 0 && (onMark || event->button() == Qt::MiddleButton))
        emit tabCloseRequested(index);
}

void DocumentTabBar::mouseMoveEvent(QMouseEvent *event)
{
    QTabBar::mouseMoveEvent(event);
    update();
}

} // namespace Sluice

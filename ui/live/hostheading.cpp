// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostcolumns.h"
#include "ui/live/hostlanes.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

using namespace HostColumns;

HostHeading::HostHeading(QWidget *parent) : QWidget(parent), m_byWait(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_byWait->setObjectName(u"longestWaitFirst"_s);
    m_byWait->setText(tr("queued"));
    m_byWait->setAccessibleName(tr("Longest wait first"));
    m_byWait->setToolTip(tr("The host whose queue has waited longest on top"));
    m_byWait->setCheckable(true);
    m_byWait->setAutoRaise(true);
    m_byWait->setFocusPolicy(Qt::StrongFocus);
    m_byWait->setFont(scaledFont(font(), 85));
    colourButton();
    connect(m_byWait, &QToolButton::toggled, this, [this](bool first) {
        m_byWait->setText(first ? tr("queued \u25BE") : tr("queued"));
        placeButton();
        emit longestWaitFirstToggled(first);
    });
}

QSize HostHeading::sizeHint() const
{
    return {480, QFontMetrics(scaledFont(font(), 85)).height() + 8};
}

void HostHeading::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(scaledFont(font(), 85));
    painter.setPen(Theme::of(palette()).secondary);
    const double baseline = painter.fontMetrics().ascent() + 2;
    painter.drawText(QPointF(4, baseline), tr("Host"));
    painter.drawText(QPointF(NameWidth + 4, baseline), tr("in flight / limit"));
    double right = NameWidth + 4 + BarWidth + InFlightCell + QueueCell;
    const auto cell = [&](double width, const QString &text) {
        right += width;
        painter.drawText(QPointF(right - painter.fontMetrics().horizontalAdvance(text), baseline),
                         text);
    };
    cell(RateCell, tr("done"));
    cell(LatencyCell, tr("p95"));
    if (hasRoomForMinute(width()))
        cell(MinuteGap + MinuteWidth, tr("over time"));
}

void HostHeading::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourButton();
}

/** It is a heading like the others beside it. */
void HostHeading::colourButton()
{
    QPalette colours = palette();
    colours.setColor(QPalette::ButtonText, Theme::of(colours).secondary);
    m_byWait->setPalette(colours);
}

void HostHeading::resizeEvent(QResizeEvent *)
{
    placeButton();
}

/** Over the numbers that it puts in order. */
void HostHeading::placeButton()
{
    constexpr int Right = int(NameWidth + 4 + BarWidth + InFlightCell + QueueCell);
    const int wide = m_byWait->sizeHint().width();
    const int line = QFontMetrics(m_byWait->font()).height();
    m_byWait->setGeometry(Right - wide + 4, 2 - (height() - line) / 2, wide, height());
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/liveempty.h"

#include "ui/live/livepalette.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

LiveEmpty::LiveEmpty(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->addStretch();
    m_text = new QLabel(tr("What is in flight and what waits shows here, live, "
                           "against the limits."),
                        this);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(8);
    m_buttons->addStretch();
    m_buttons->addStretch();
    layout->addLayout(m_buttons);
    layout->addStretch();
}

void LiveEmpty::addAction(QAction *action)
{
    auto *button = new QPushButton(action->text(), this);
    button->setEnabled(action->isEnabled());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] {
        button->setEnabled(action->isEnabled());
        button->setText(action->text());
    });
    m_buttons->insertWidget(m_buttons->count() - 1, button);
}

void LiveEmpty::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const LivePalette colors = LivePalette::of(theme);
    QPainter painter(this);
    painter.setFont(scaledFont(font(), 85));
    const QRectF plot = QRectF(rect()).adjusted(14, 18, -14, -14);
    const double limitY = plot.bottom() - plot.height() * 0.4;
    // A queue that builds up behind the limit and drains again.
    QPolygonF inFlight{plot.bottomLeft()};
    QPolygonF waiting{QPointF(plot.left(), limitY)};
    for (int i = 0; i <= 60; ++i) {
        const double x = plot.left() + plot.width() * i / 60;
        const double queue = std::max(0.0, std::sin((i - 12) / 30.0 * 3.14159));
        inFlight << QPointF(x, limitY + (i < 12 ? (12 - i) * plot.height() * 0.03 : 0));
        waiting << QPointF(x, limitY - (i >= 12 && i <= 42 ? queue * plot.height() * 0.42 : 0));
    }
    inFlight << plot.bottomRight();
    waiting << QPointF(plot.right(), limitY);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(colors.isOpaque ? 1 : 0.16);
    painter.setPen(colors.isOpaque ? QPen(colors[LiveGauge::InFlight], 2) : QPen(Qt::NoPen));
    painter.setBrush(colors.isOpaque ? QColor(Qt::transparent) : colors[LiveGauge::InFlight]);
    painter.drawPolygon(inFlight);
    painter.setOpacity(colors.isOpaque ? 1 : 0.28);
    painter.setBrush(
        bandBrush(colors[LiveGauge::WaitingHost], colors, BandFill::Rising, devicePixelRatioF()));
    painter.drawPolygon(waiting);
    painter.setOpacity(colors.isOpaque ? 1 : 0.5);
    painter.setPen(QPen(colors.limit, colors.limitLine, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), limitY), QPointF(plot.right(), limitY));
    painter.setOpacity(1);
    // Words on a hatch are hard to read.
    const double wide = m_text->fontMetrics().horizontalAdvance(m_text->text()) + 16;
    QRectF paper = m_text->geometry();
    paper.adjust((paper.width() - std::min(wide, paper.width())) / 2, -2,
                 (std::min(wide, paper.width()) - paper.width()) / 2, 2);
    painter.fillRect(paper, colors.surface);
    painter.setPen(theme.secondary);
    const int line = painter.fontMetrics().height();
    painter.drawText(QPointF(plot.left() + 6, plot.bottom() - 6), tr("requests in flight"));
    const double crest = limitY - plot.height() * 0.42;
    painter.drawText(QRectF(plot.left(), crest - line - 4, plot.width() * 0.9, line),
                     Qt::AlignCenter, tr("the queue builds here when the limit is reached"));
    painter.drawText(QRectF(plot.left(), limitY - line - 2, plot.width() - 6, line),
                     Qt::AlignRight | Qt::AlignVCenter, tr("the limit: drag it"));
}

} // namespace Sluice

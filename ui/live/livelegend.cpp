// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livelegend.h"

#include "ui/live/livepalette.h"
#include "ui/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Swatch = 12;
constexpr int Gap = 5;
constexpr int Between = 14;

} // namespace

QString gaugeName(LiveGauge gauge)
{
    switch (gauge) {
    case LiveGauge::InFlight:
        return LiveLegend::tr("in flight");
    case LiveGauge::WaitingHost:
        return LiveLegend::tr("waiting for host");
    case LiveGauge::WaitingTotal:
        return LiveLegend::tr("waiting for total");
    case LiveGauge::WaitingRate:
        return LiveLegend::tr("waiting for rate");
    case LiveGauge::WaitingHold:
        return LiveLegend::tr("on hold");
    }
    return {};
}

LiveLegend::LiveLegend(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Legend: in flight solid, waiting for host rising hatch, waiting for "
                         "total falling hatch, waiting for rate level lines, on hold dots, open "
                         "sockets a thin line, limits dashed lines"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int LiveLegend::heightForWidth(int width) const
{
    return flow(width, nullptr);
}

int LiveLegend::flow(int width, QPainter *painter) const
{
    const Theme &theme = Theme::of(palette());
    const LivePalette colors = LivePalette::of(theme);
    const QFontMetrics metrics(scaledFont(font(), 85));
    const int line = metrics.height() + 4;
    int x = 0;
    int y = 0;
    const auto place = [&](const QString &text) {
        const int needed = Swatch + Gap + metrics.horizontalAdvance(text);
        if (x > 0 && x + needed > width) {
            x = 0;
            y += line;
        }
        if (painter) {
            painter->setPen(theme.secondary);
            painter->drawText(QPointF(x + Swatch + Gap, y + metrics.ascent() + 2), text);
        }
        const QRect swatch(x, y + (line - 10) / 2, Swatch, 10);
        x += needed + Between;
        return swatch;
    };
    for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
        const auto gauge = LiveGauge(i);
        const QRect swatch = place(gaugeName(gauge));
        if (!painter)
            continue;
        painter->fillRect(swatch, bandBrush(colors[gauge], colors, LivePalette::fillOf(gauge),
                                            devicePixelRatioF()));
        painter->setPen(colors[gauge]);
        painter->drawRect(swatch.adjusted(0, 0, -1, -1));
    }
    const QRect sockets = place(tr("open sockets"));
    if (painter) {
        painter->setPen(QPen(theme.text, colors.thinLine));
        painter->drawLine(sockets.left(), sockets.center().y(), sockets.right() + 1,
                          sockets.center().y());
    }
    const QRect swatch = place(tr("limit, drag the handle"));
    if (painter) {
        painter->setPen(QPen(colors.limit, colors.limitLine, Qt::DashLine));
        painter->drawLine(swatch.left(), swatch.center().y(), swatch.right() + 1,
                          swatch.center().y());
    }
    return y + line;
}

void LiveLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(scaledFont(font(), 85));
    flow(width(), &painter);
}

} // namespace Sluice

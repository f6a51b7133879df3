// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livepalette.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <cmath>

namespace Sluice {

LivePalette LivePalette::of(const Theme &theme)
{
    LivePalette palette;
    palette.bands = {theme.inFlight, theme.waitingHost, theme.waitingTotal, theme.completed,
                     theme.secondary};
    palette.surface = theme.background;
    palette.grid = theme.highContrast ? theme.disabled : theme.line;
    palette.text = theme.text;
    palette.secondary = theme.secondary;
    palette.limit = theme.text;
    palette.limitText = theme.dark ? theme.background : theme.surface;
    palette.hostLimit = theme.accent;
    palette.accent = theme.accent;
    palette.isOpaque = theme.highContrast;
    palette.limitLine = theme.highContrast ? 2 : 1.6;
    palette.thinLine = theme.highContrast ? 2 : 1;
    return palette;
}

BandFill LivePalette::fillOf(LiveGauge gauge)
{
    switch (gauge) {
    case LiveGauge::InFlight:
        return BandFill::Solid;
    case LiveGauge::WaitingHost:
        return BandFill::Rising;
    case LiveGauge::WaitingTotal:
        return BandFill::Falling;
    case LiveGauge::WaitingRate:
        return BandFill::Level;
    case LiveGauge::WaitingHold:
        return BandFill::Dots;
    }
    return BandFill::Solid;
}

QImage bandTile(const QColor &color, const LivePalette &palette, BandFill fill, qreal pixelRatio)
{
    constexpr int Period = 8;
    const int side = int(std::ceil(Period * pixelRatio));
    QImage tile(side, side, QImage::Format_RGB32);
    tile.fill(fill == BandFill::Solid ? color : palette.surface);
    if (fill == BandFill::Solid)
        return tile;
    QPainter painter(&tile);
    if (!palette.isOpaque) {
        QColor tint = color;
        tint.setAlphaF(0.22f);
        painter.fillRect(tile.rect(), tint);
    }
    const double scale = double(side) / Period;
    painter.scale(scale, scale);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::FlatCap));
    // Lines leave the tile by a corner and come in by the opposite one.
    for (const double shift : {-double(Period), 0.0, double(Period)}) {
        if (fill == BandFill::Rising)
            painter.drawLine(QPointF(shift - 2, Period + 2), QPointF(shift + Period + 2, -2));
        else if (fill == BandFill::Falling)
            painter.drawLine(QPointF(shift - 2, -2), QPointF(shift + Period + 2, Period + 2));
    }
    if (fill == BandFill::Level)
        painter.drawLine(QPointF(0, 4), QPointF(Period, 4));
    if (fill == BandFill::Dots) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(QPointF(2, 2), 1.4, 1.4);
        painter.drawEllipse(QPointF(6, 6), 1.4, 1.4);
    }
    return tile;
}

QBrush bandBrush(const QColor &color, const LivePalette &palette, BandFill fill, qreal pixelRatio)
{
    if (fill == BandFill::Solid)
        return color;
    QImage tile = bandTile(color, palette, fill, pixelRatio);
    tile.setDevicePixelRatio(pixelRatio);
    return QBrush(tile);
}

} // namespace Sluice

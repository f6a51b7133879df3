// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QBrush>
#include <QColor>
#include <QImage>

#include <array>

namespace Sluice {

struct Theme;

/** How a band is filled, so that nothing is told by colour alone. */
enum class BandFill : quint8 { Solid, Rising, Falling, Level, Dots };

/** The colours and fills of the concurrency chart in one mode. */
struct LivePalette
{
    std::array<QColor, LiveGaugeCount> bands; ///< Indexed by LiveGauge.
    QColor surface;                           ///< Behind the bands.
    QColor grid;
    QColor text;
    QColor secondary;
    QColor limit;     ///< The total limit's line and handle.
    QColor limitText; ///< On the handle.
    QColor hostLimit; ///< The selected host's line and handle.
    QColor accent;
    bool isOpaque = false; ///< Nothing may shine through anything.
    double limitLine = 1.6;
    double thinLine = 1; ///< Of lines that are to be seen, but not before others.

    static LivePalette of(const Theme &theme);
    const QColor &operator[](LiveGauge gauge) const { return bands[std::size_t(gauge)]; }
    static BandFill fillOf(LiveGauge gauge);
};

/**
 * One period of \a fill in \a color on the surface of \a palette: about 8 widget pixels, a square.
 */
QImage bandTile(const QColor &color, const LivePalette &palette, BandFill fill, qreal pixelRatio);
/** A brush of bandTile()s. */
QBrush bandBrush(const QColor &color, const LivePalette &palette, BandFill fill, qreal pixelRatio);

} // namespace Sluice

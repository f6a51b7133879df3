// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <vector>

namespace Sluice {

/** A line of the grid and what stands beside it. */
struct AxisTick
{
    double position = 0; ///< In widget coordinates, along the axis.
    QString label;
};

/**
 * Where time and values are on the concurrency chart. A plain value: no widget, no painter.
 * Time runs from left to right; values grow upwards from 0.
 */
struct ChartGeometry
{
    QRectF plot;           ///< The drawing area without labels, in widget coordinates.
    qint64 endUs = 0;      ///< The moment at the right edge.
    qint64 spanUs = 1;     ///< The time across the plot.
    double top = 1;        ///< The value at the top edge.
    qreal pixelRatio = 1;  ///< Device pixels in a widget pixel.
    qint64 nowUs = 0;      ///< The labels count back from here.
    bool isRunning = true; ///< Time goes on; else `nowUs` is the end of what there was.

    qint64 beginUs() const { return endUs - spanUs; }
    double mapTimeToX(qint64 atUs) const;
    qint64 mapXToTime(double x) const;
    double mapValueToY(double value) const;
    /** The value at \a y; above the plot it goes on growing, below it is 0. */
    double mapYToValue(double y) const;

    /** Columns of one device pixel each. */
    int columnCount() const;
    double columnWidth() const { return 1 / pixelRatio; }
    /** The time a column takes. */
    double columnUs() const;
    /** The column of \a atUs; may lie outside of 0…columnCount(). */
    int columnAt(qint64 atUs) const;

    /**
     * \a nowUs rounded up to a whole column, so that a column always stands for the same piece of
     * time while the picture scrolls, and does not flicker.
     */
    static qint64 snappedEnd(qint64 nowUs, qint64 spanUs, int columns);

    std::vector<AxisTick> valueTicks() const; ///< At least 40 px apart.
    std::vector<AxisTick> timeTicks() const;  ///< Before `nowUs`: "−45 s" … "now".
};

/** The next limit of the ladder 1 2 3 4 6 8 12 16 24 … above (or below) \a value; at least 1. */
int ladderStep(int value, int direction);

/** A round axis end at or above \a value: 10, 20, 40, 50, 60, 80, 100, … */
double niceTop(double value);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/flight.h"
#include "ui/live/chartgeometry.h"

#include <QImage>

#include <array>

namespace Sluice {

struct Theme;

/** The parts of a request's time, in order; what is in flight does not tell its parts yet. */
enum class FlightPhase : quint8 { Queued, Stalled, Connecting, Waiting, Downloading, Open };
inline constexpr std::size_t FlightPhaseCount = 6;

/** How \a phase is filled in \a theme: queued hatched, in flight lined, the others solid. */
QBrush flightBrush(FlightPhase phase, const Theme &theme, qreal pixelRatio);

/**
 * Paints the bars of the waterfall into an image, pixel by pixel: ten thousand bars of a pixel or
 * two are a matter of microseconds this way, and of many milliseconds as painter calls.
 */
class WaterfallPainter
{
public:
    /** An empty picture of the plot of \a geometry. */
    void start(const ChartGeometry &geometry, const Theme &theme);
    /**
     * A bar of \a height widget pixels, \a top from the top of the plot. \a withQueue includes the
     * wait before admission. A failed request ends in a notch of the colour of errors, one that is
     * in flight reaches to now.
     */
    void paint(const Flight &flight, double top, double height, bool withQueue);
    const QImage &image() const { return m_image; }

private:
    /** A square of pixels that repeats. */
    struct Tile
    {
        int size = 1;
        std::vector<QRgb> pixels;
    };

    int edge(qint64 atUs) const;
    void paintPhases(const Flight &flight, int upper, int lower);
    void fill(int left, int right, int top, int bottom, const Tile &tile);

    ChartGeometry m_geometry;
    QImage m_image;
    std::array<Tile, FlightPhaseCount> m_tiles;
    Tile m_failed;
    Tile m_gap;
    QRgb m_tilesFor = 0; ///< The surface that the tiles were made for.
    qreal m_tilesAt = 0; ///< And the pixel ratio.
};

} // namespace Sluice

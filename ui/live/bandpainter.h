// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/chartcolumns.h"
#include "ui/live/livepalette.h"

#include <QImage>

class QPainter;

namespace Sluice {

/**
 * Paints the stacked bands of the concurrency chart. The stack is drawn with the means, which add
 * up; paler columns from the mean to the maximum show bursts, and a paler top from the minimum
 * shows dips of what is in flight. In high contrast both are as full as the rest.
 *
 * Writes pixels into an image of its own, which scrolls with time: a frame touches only the columns
 * that changed. Thousands of steps filled as polygons took fifty times as long.
 */
class BandPainter
{
public:
    /** Fills the plot of \a geometry: grid lines at \a gridYs (widget coordinates) and bands. */
    void paint(QPainter &painter, const ChartGeometry &geometry,
               const std::vector<ChartColumn> &columns, const LivePalette &palette,
               const std::vector<double> &gridYs);

private:
    static constexpr std::size_t LevelCount = LiveGaugeCount + 1;

    /** One column in device pixels from the top of the image. */
    struct Column
    {
        std::array<int, LevelCount> levels{}; ///< Upper edges of the stack; the first is its foot.
        int inFlightLow = 0;                  ///< Where the least in flight was.
        int burstTop = 0;                     ///< Where the stack was highest.
        int burstBand = 0;

        bool operator==(const Column &) const = default;
    };
    /** What the image was painted for; anything else starts it anew. */
    struct Key
    {
        QSize size;
        double top = 0;
        qint64 spanUs = 0;
        QRgb surface = 0;
        std::vector<int> gridRows;

        bool operator==(const Key &) const = default;
    };
    /** A square of pixels that repeats. */
    struct Tile
    {
        int size = 1;
        std::vector<QRgb> pixels; ///< Column by column.
        QRgb pale = 0;            ///< For bursts.
        QRgb full = 0;            ///< For outlines.
    };

    void start(const Key &key, const LivePalette &palette, qreal pixelRatio);
    void scroll(qint64 firstColumn);
    Column columnFor(const ChartColumn &column, double perPixel) const;
    void paintColumn(QRgb *bits, int x, const Column &column, int begin, int end);
    void paintHatch(QRgb *pixels, int x, std::size_t band, int from, int to);

    Key m_key;
    qint64 m_firstColumn = 0; ///< Counted from time 0, so that it names a piece of time.
    QImage m_image;
    std::vector<Column> m_painted;
    std::vector<int> m_changed;     ///< Columns, in the frame that is being painted.
    std::vector<QRgb> m_background; ///< One pixel of each row.
    std::array<Tile, LiveGaugeCount> m_tiles;
    QRgb m_veiled = 0; ///< In flight for a part of the column only.
    int m_outline = 1;
    bool m_isFresh = false; ///< All of the image is background.
};

} // namespace Sluice

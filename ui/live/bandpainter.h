// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/chartcolumns.h"
#include "ui/live/livepalette.h"

#include <QPolygonF>
#include <QRectF>
#include <QVector>

class QPainter;

namespace Sluice {

/**
 * Paints the stacked bands of the concurrency chart. The stack is drawn with the means, which add
 * up; paler columns from the mean to the maximum show bursts, and a paler top from the minimum
 * shows dips of what is in flight. Keeps its buffers and brushes, so a frame allocates nothing.
 */
class BandPainter
{
public:
    /** Clips to the plot of \a geometry. */
    void paint(QPainter &painter, const ChartGeometry &geometry,
               const std::vector<ChartColumn> &columns, const LivePalette &palette);

private:
    struct Brushes
    {
        QRgb key = 0;
        qreal pixelRatio = 0;
        std::array<QBrush, LiveGaugeCount> bands;
    };

    void updateBrushes(const LivePalette &palette, qreal pixelRatio);
    void findLevels(const ChartGeometry &geometry, const std::vector<ChartColumn> &columns);
    void paintBand(QPainter &painter, const ChartGeometry &geometry, std::size_t band,
                   const LivePalette &palette);
    void paintInFlightRange(QPainter &painter, const ChartGeometry &geometry,
                            const std::vector<ChartColumn> &columns, const LivePalette &palette);
    void paintBursts(QPainter &painter, const ChartGeometry &geometry,
                     const std::vector<ChartColumn> &columns, const LivePalette &palette);
    void appendSteps(QPolygonF &line, const ChartGeometry &geometry, std::size_t level) const;

    Brushes m_brushes;
    /** y of the stack's levels in each column; level 0 is the base line. */
    std::array<std::vector<float>, LiveGaugeCount + 1> m_levels;
    std::array<bool, LiveGaugeCount> m_used{};
    QPolygonF m_area;
    QPolygonF m_line;
    std::array<QVector<QRectF>, LiveGaugeCount> m_bursts;
};

} // namespace Sluice

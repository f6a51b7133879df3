// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/latencycells.h"
#include "ui/live/chartgeometry.h"
#include "ui/live/logrange.h"

#include <QColor>

#include <optional>

class QPainter;

namespace Sluice {

struct Theme;

/** "33–39 ms", "820 µs–1 ms", "below 10 µs". */
QString bucketText(int bucket);

/**
 * The cells of a heatmap of latencies in the part of time that a chart shows: what is in them, and
 * how they are painted. The darker (in dark mode the brighter) a cell, the more requests, from 1 to
 * the fullest cell in view, in steps of equal ratio. A value; no widget.
 */
class LatencyHeatmapLayer
{
public:
    /** Takes the columns of \a map that lie between; those with the wait in the queue, or not. */
    void setCells(LatencyHeatmapPtr map, bool withQueue, qint64 beginUs, qint64 endUs);

    bool isEmpty() const { return m_most == 0; }
    quint32 most() const { return m_most; } ///< In one cell.
    quint64 count() const { return m_count; }
    int lowest() const { return m_lowest; } ///< Bucket in use.
    int highest() const { return m_highest; }
    /** An axis that has room for all of them. */
    LogRange range() const;
    /** The middle of what is there of the newest step; not empty. */
    qint64 newestUs(qint64 nowUs) const;
    /** The cells of the step that \a atUs is in; null = nothing ended in it. */
    const LatencyCells *cellsAt(qint64 atUs) const;
    /** What is in the step at \a atUs, and in one of its buckets. */
    QStringList text(qint64 atUs, std::optional<int> bucket) const;
    QString summary() const;

    void paint(QPainter &painter, const ChartGeometry &geometry, const LogRange &range,
               const Theme &theme) const;
    /** Where the cell of \a bucket in the step at \a atUs is. */
    QRectF cellRect(const ChartGeometry &geometry, const LogRange &range, qint64 atUs,
                    int bucket) const;
    /** What the colours mean, as a scale in \a box. */
    void paintScale(QPainter &painter, const QRectF &box, const Theme &theme) const;

private:
    const LatencyCells &cellsOf(const LatencyColumn &column) const;
    /** 0…1. */
    double share(quint32 count) const;

    LatencyHeatmapPtr m_map;
    bool m_withQueue = false;
    std::size_t m_first = 0; ///< Of the columns in view.
    std::size_t m_end = 0;
    quint32 m_most = 0;
    quint64 m_count = 0;
    int m_lowest = 0;
    int m_highest = 0;
    int m_fullest = 0; ///< The bucket with most requests in all.
};

/** The colour of a cell, from \a share 0 (one request) to 1 (most). */
QColor heatColor(const Theme &theme, double share);

} // namespace Sluice

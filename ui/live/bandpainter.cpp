// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/bandpainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

/** Bursts are drawn from this height on; less is the mean's own rounding. */
constexpr float VisiblePixels = 0.75f;

float snapped(double y, qreal pixelRatio)
{
    return float(std::round(y * pixelRatio) / pixelRatio);
}

} // namespace

void BandPainter::paint(QPainter &painter, const ChartGeometry &geometry,
                        const std::vector<ChartColumn> &columns, const LivePalette &palette)
{
    updateBrushes(palette, geometry.pixelRatio);
    findLevels(geometry, columns);
    painter.save();
    painter.setClipRect(geometry.plot);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t band = 0; band < LiveGaugeCount; ++band) {
        if (m_used[band])
            paintBand(painter, geometry, band, palette);
    }
    paintInFlightRange(painter, geometry, columns, palette);
    paintBursts(painter, geometry, columns, palette);
    painter.restore();
}

void BandPainter::updateBrushes(const LivePalette &palette, qreal pixelRatio)
{
    const QRgb key = palette[LiveGauge::WaitingHost].rgba();
    if (m_brushes.key == key && m_brushes.pixelRatio == pixelRatio)
        return;
    m_brushes.key = key;
    m_brushes.pixelRatio = pixelRatio;
    for (std::size_t i = 0; i < LiveGaugeCount; ++i)
        m_brushes.bands[i] =
            bandBrush(palette.bands[i], LivePalette::fillOf(LiveGauge(i)), pixelRatio);
}

void BandPainter::findLevels(const ChartGeometry &geometry, const std::vector<ChartColumn> &columns)
{
    m_used.fill(false);
    for (std::vector<float> &level : m_levels)
        level.resize(columns.size());
    const float base = float(geometry.plot.bottom());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        float sum = 0;
        m_levels[0][i] = base;
        for (std::size_t band = 0; band < LiveGaugeCount; ++band) {
            sum += columns[i].mean[band];
            m_used[band] = m_used[band] || columns[i].mean[band] > 0;
            m_levels[band + 1][i] = snapped(geometry.mapValueToY(double(sum)), geometry.pixelRatio);
        }
    }
}

/** The upper edge of \a level as steps; runs of equal height become one step. */
void BandPainter::appendSteps(QPolygonF &line, const ChartGeometry &geometry,
                              std::size_t level) const
{
    const std::vector<float> &ys = m_levels[level];
    const double width = geometry.columnWidth();
    const double left = geometry.plot.left();
    for (std::size_t i = 0; i < ys.size();) {
        std::size_t next = i + 1;
        while (next < ys.size() && ys[next] == ys[i])
            ++next;
        line << QPointF(left + double(i) * width, ys[i])
             << QPointF(left + double(next) * width, ys[i]);
        i = next;
    }
}

void BandPainter::paintBand(QPainter &painter, const ChartGeometry &geometry, std::size_t band,
                            const LivePalette &palette)
{
    m_line.clear();
    appendSteps(m_line, geometry, band + 1);
    m_area.clear();
    appendSteps(m_area, geometry, band + 1);
    const qsizetype topPoints = m_area.size();
    appendSteps(m_area, geometry, band);
    std::reverse(m_area.begin() + topPoints, m_area.end());
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_brushes.bands[band]);
    painter.drawPolygon(m_area);
    if (LivePalette::fillOf(LiveGauge(band)) == BandFill::Solid)
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette.bands[band], 0));
    painter.drawPolyline(m_line);
}

void BandPainter::paintInFlightRange(QPainter &painter, const ChartGeometry &geometry,
                                     const std::vector<ChartColumn> &columns,
                                     const LivePalette &palette)
{
    constexpr std::size_t InFlight = std::size_t(LiveGauge::InFlight);
    QVector<QRectF> &dips = m_bursts[InFlight];
    dips.clear();
    const double width = geometry.columnWidth();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const float top = m_levels[InFlight + 1][i];
        const float low =
            snapped(geometry.mapValueToY(columns[i].min[InFlight]), geometry.pixelRatio);
        if (columns[i].isKnown() && low - top > VisiblePixels)
            dips << QRectF(geometry.plot.left() + double(i) * width, double(top), width,
                           double(low - top));
    }
    QColor veil = palette.surface;
    veil.setAlphaF(0.30f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawRects(dips);
}

void BandPainter::paintBursts(QPainter &painter, const ChartGeometry &geometry,
                              const std::vector<ChartColumn> &columns, const LivePalette &palette)
{
    for (QVector<QRectF> &bursts : m_bursts)
        bursts.clear();
    const double width = geometry.columnWidth();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const float top = m_levels[LiveGaugeCount][i];
        const float high = snapped(geometry.mapValueToY(columns[i].allMax), geometry.pixelRatio);
        if (!columns[i].isKnown() || top - high <= VisiblePixels)
            continue;
        // The band that peaked highest gives the colour: of what waits, if anything did.
        const auto &max = columns[i].max;
        const auto *highest = std::ranges::max_element(max.begin() + 1, max.end());
        const std::size_t band = *highest > 0 ? std::size_t(highest - max.begin()) : 0;
        m_bursts[band] << QRectF(geometry.plot.left() + double(i) * width, double(high), width,
                                 double(top - high));
    }
    painter.setPen(Qt::NoPen);
    for (std::size_t band = 0; band < LiveGaugeCount; ++band) {
        QColor pale = palette.bands[band];
        pale.setAlphaF(0.55f);
        painter.setBrush(pale);
        painter.drawRects(m_bursts[band]);
    }
}

} // namespace Sluice

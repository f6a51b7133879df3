// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/bandpainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace Sluice {

namespace {

QRgb blended(const QColor &over, const QColor &under, float alpha)
{
    const auto mix = [alpha](float a, float b) { return a * alpha + b * (1 - alpha); };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                            mix(over.blueF(), under.blueF()))
        .rgb();
}

} // namespace

void BandPainter::start(const Key &key, const LivePalette &palette, qreal pixelRatio)
{
    m_key = key;
    if (m_image.size() != key.size)
        m_image = QImage(key.size, QImage::Format_RGB32);
    m_image.setDevicePixelRatio(pixelRatio);
    m_background.assign(std::size_t(key.size.height()), palette.surface.rgb());
    for (const int row : key.gridRows) {
        if (row >= 0 && row < key.size.height())
            m_background[std::size_t(row)] = palette.grid.rgb();
    }
    for (int y = 0; y < m_image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(y));
        std::fill_n(line, m_image.width(), m_background[std::size_t(y)]);
    }
    Column empty;
    empty.levels.fill(key.size.height());
    empty.inFlightLow = empty.burstTop = key.size.height();
    m_painted.assign(std::size_t(key.size.width()), empty);
    m_outline = std::max(1, int(std::round(pixelRatio * palette.thinLine)));
    for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
        const QColor &color = palette.bands[i];
        const QImage tile = bandTile(color, palette, LivePalette::fillOf(LiveGauge(i)), pixelRatio);
        m_tiles[i].size = tile.width();
        m_tiles[i].pixels.clear();
        for (int x = 0; x < tile.width(); ++x) {
            for (int y = 0; y < tile.height(); ++y)
                m_tiles[i].pixels.push_back(tile.pixel(x, y));
        }
        m_tiles[i].pale = blended(color, palette.surface, palette.isOpaque ? 1 : 0.55f);
        m_tiles[i].full = color.rgb();
    }
    m_veiled = blended(palette[LiveGauge::InFlight], palette.surface, palette.isOpaque ? 1 : 0.7f);
}

/** Moves what stays in sight to its new place; the columns it leaves behind are empty again. */
void BandPainter::scroll(qint64 firstColumn)
{
    const qint64 by = firstColumn - m_firstColumn;
    m_firstColumn = firstColumn;
    const auto width = qint64(m_painted.size());
    if (by <= 0 || by >= width)
        return; // Every column is compared anyway.
    for (int y = 0; y < m_image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(y));
        std::memmove(line, line + by, std::size_t(width - by) * sizeof(QRgb));
    }
    std::move(m_painted.begin() + by, m_painted.end(), m_painted.begin());
    for (auto x = width - by; x < width; ++x)
        m_painted[std::size_t(x)].burstBand = -1; // Unlike any other: it is painted.
}

BandPainter::Column BandPainter::columnFor(const ChartColumn &column, double perPixel) const
{
    const int height = m_image.height();
    const auto rowOf = [&](double value) {
        return std::clamp(height - int(std::lround(value / perPixel)), 0, height);
    };
    Column result;
    float sum = 0;
    result.levels[0] = height;
    for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
        sum += column.mean[i];
        result.levels[i + 1] = rowOf(double(sum));
    }
    result.inFlightLow = rowOf(column.min[std::size_t(LiveGauge::InFlight)]);
    result.burstTop = std::min(rowOf(column.allMax), result.levels[LiveGaugeCount]);
    // The gauge that peaked highest gives a burst its colour: of what waits, if anything did.
    const auto *highest = std::ranges::max_element(column.max.begin() + 1, column.max.end());
    result.burstBand = *highest > 0 ? int(highest - column.max.begin()) : 0;
    return result;
}

/** The rows \a from to \a to of a band in a column. */
void BandPainter::paintHatch(QRgb *pixels, int x, std::size_t band, int from, int to)
{
    const Tile &tile = m_tiles[band];
    const auto stride = m_image.bytesPerLine() / qsizetype(sizeof(QRgb));
    const QRgb *hatch =
        tile.pixels.data() + (m_firstColumn + x) % tile.size * tile.size; // It scrolls, too.
    int row = from % tile.size;
    for (QRgb *at = pixels + from * stride, *end = pixels + to * stride; at < end; at += stride) {
        *at = hatch[row];
        row = row + 1 == tile.size ? 0 : row + 1;
    }
}

/** The rows \a begin to \a end of a column. */
void BandPainter::paintColumn(QRgb *bits, int x, const Column &column, int begin, int end)
{
    const auto stride = m_image.bytesPerLine() / qsizetype(sizeof(QRgb));
    QRgb *pixels = bits + x;
    const auto fill = [&](int from, int to, QRgb color) {
        QRgb *at = pixels + std::max(from, begin) * stride;
        for (const QRgb *last = pixels + std::min(to, end) * stride; at < last; at += stride)
            *at = color;
    };
    for (int y = begin, last = m_isFresh ? 0 : std::min(column.burstTop, end); y < last; ++y)
        pixels[y * stride] = m_background[std::size_t(y)];
    const int top = column.levels[LiveGaugeCount];
    fill(column.burstTop, top, m_tiles[std::size_t(column.burstBand)].pale);
    for (std::size_t band = LiveGaugeCount; band-- > 1;) {
        const int from = column.levels[band + 1];
        const int to = column.levels[band];
        if (from >= to)
            continue;
        paintHatch(pixels, x, band, std::max(from, begin), std::min(to, end));
        fill(from, std::min(to, from + m_outline), m_tiles[band].full);
    }
    const int inFlight = column.levels[1];
    const int solid = std::max(inFlight, column.inFlightLow);
    fill(inFlight, solid, m_veiled);
    fill(solid, m_image.height(), m_tiles[0].full);
}

void BandPainter::paint(QPainter &painter, const ChartGeometry &geometry,
                        const std::vector<ChartColumn> &columns, const LivePalette &palette,
                        const std::vector<double> &gridYs)
{
    Key key;
    key.size = QSize(int(columns.size()),
                     std::max(1, int(std::round(geometry.plot.height() * geometry.pixelRatio))));
    key.top = geometry.top;
    key.spanUs = geometry.spanUs;
    key.surface = palette.surface.rgb();
    for (const double y : gridYs)
        key.gridRows.push_back(int(std::round((y - geometry.plot.top()) * geometry.pixelRatio)));
    const auto firstColumn = qint64(std::llround(double(geometry.beginUs()) / geometry.columnUs()));
    if (key != m_key) {
        start(key, palette, geometry.pixelRatio);
        m_firstColumn = firstColumn;
        m_isFresh = true;
    } else {
        scroll(firstColumn);
    }
    const double perPixel = geometry.top / double(key.size.height());
    m_changed.clear();
    for (std::size_t x = 0; x < columns.size(); ++x) {
        const Column column = columnFor(columns[x], perPixel);
        if (column != m_painted[x]) {
            m_painted[x] = column;
            m_changed.push_back(int(x));
        }
    }
    // In bands of rows that the processor's caches hold; whole columns would miss at every pixel.
    constexpr int Rows = 64;
    auto *bits = reinterpret_cast<QRgb *>(m_image.bits());
    for (int row = 0; row < m_image.height(); row += Rows) {
        const int end = std::min(row + Rows, m_image.height());
        for (const int x : m_changed)
            paintColumn(bits, x, m_painted[std::size_t(x)], row, end);
    }
    m_isFresh = false;
    painter.drawImage(geometry.plot.topLeft(), m_image);
}

} // namespace Sluice

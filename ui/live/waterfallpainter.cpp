// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/waterfallpainter.h"

#include "ui/live/livepalette.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr int NotchWidth = 3;
/** Bars this wide end in a gap. */
constexpr int GapFrom = 6;

const QColor &colorOf(FlightPhase phase, const Theme &theme)
{
    switch (phase) {
    case FlightPhase::Queued:
        return theme.waitingHost;
    case FlightPhase::Stalled:
        return theme.warning;
    case FlightPhase::Connecting:
        return theme.connecting;
    case FlightPhase::Waiting:
    case FlightPhase::Open:
        return theme.inFlight;
    case FlightPhase::Downloading:
        return theme.downloading;
    }
    return theme.inFlight;
}

QImage tileOf(FlightPhase phase, const Theme &theme, qreal pixelRatio)
{
    const BandFill fill = phase == FlightPhase::Queued ? BandFill::Rising
                          : phase == FlightPhase::Open ? BandFill::Level
                                                       : BandFill::Solid;
    return bandTile(colorOf(phase, theme), LivePalette::of(theme), fill, pixelRatio);
}

} // namespace

QBrush flightBrush(FlightPhase phase, const Theme &theme, qreal pixelRatio)
{
    QImage tile = tileOf(phase, theme, pixelRatio);
    tile.setDevicePixelRatio(pixelRatio);
    return QBrush(tile);
}

void WaterfallPainter::start(const ChartGeometry &geometry, const Theme &theme)
{
    m_geometry = geometry;
    const QSize size(geometry.columnCount(),
                     std::max(1, int(std::round(geometry.plot.height() * geometry.pixelRatio))));
    if (m_image.size() != size)
        m_image = QImage(size, QImage::Format_RGB32);
    m_image.setDevicePixelRatio(geometry.pixelRatio);
    m_image.fill(theme.background);
    if (m_tilesFor == theme.background.rgb() && m_tilesAt == geometry.pixelRatio)
        return;
    m_tilesFor = theme.background.rgb();
    m_tilesAt = geometry.pixelRatio;
    for (std::size_t phase = 0; phase < FlightPhaseCount; ++phase) {
        const QImage tile = tileOf(FlightPhase(phase), theme, geometry.pixelRatio);
        m_tiles[phase].size = tile.width();
        m_tiles[phase].pixels.clear();
        for (int y = 0; y < tile.height(); ++y) {
            for (int x = 0; x < tile.width(); ++x)
                m_tiles[phase].pixels.push_back(tile.pixel(x, y));
        }
    }
    m_failed = {1, {theme.errors.rgb()}};
    m_gap = {1, {theme.background.rgb()}};
}

/** The edge between device pixels that is nearest to \a atUs. */
int WaterfallPainter::edge(qint64 atUs) const
{
    const double x = double(atUs - m_geometry.beginUs()) / m_geometry.columnUs();
    return int(std::lround(std::clamp(x, -8.0, double(m_image.width()) + 8)));
}

void WaterfallPainter::fill(int left, int right, int top, int bottom, const Tile &tile)
{
    left = std::max(left, 0);
    right = std::min(right, m_image.width());
    top = std::max(top, 0);
    bottom = std::min(bottom, m_image.height());
    for (int y = top; y < bottom; ++y) {
        auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(y));
        if (tile.size == 1) {
            std::fill(line + left, line + std::max(left, right), tile.pixels[0]);
            continue;
        }
        const QRgb *row = tile.pixels.data() + y % tile.size * tile.size;
        for (int x = left; x < right; ++x)
            line[x] = row[x % tile.size];
    }
}

void WaterfallPainter::paint(const Flight &flight, double top, double height, bool withQueue)
{
    const PhaseTimings &timings = flight.sample.timings;
    const int upper = int(std::round(top * m_geometry.pixelRatio));
    const int lower = int(std::round((top + height) * m_geometry.pixelRatio));
    const qint64 beginUs = withQueue ? timings.enqueuedUs : timings.admittedUs;
    const qint64 endUs = flight.isOpen() ? m_geometry.nowUs : timings.finishedUs;
    const int begin = edge(beginUs);
    const int end = std::max(begin + 1, edge(endUs));
    if (beginUs < 0 || end <= 0 || lower <= 0 || upper >= m_image.height())
        return;
    const FlightPhase most = flight.isOpen() ? FlightPhase::Open : FlightPhase::Waiting;
    // A phase takes the pixels it fills by more than half. Most of the time a server is waited for:
    // that colour is what is left when all are too short.
    fill(begin, end, upper, lower, m_tiles[std::size_t(most)]);
    if (withQueue)
        fill(begin, edge(timings.admittedUs >= 0 ? timings.admittedUs : endUs), upper, lower,
             m_tiles[std::size_t(FlightPhase::Queued)]);
    if (flight.isOpen())
        return;
    paintPhases(flight, upper, lower);
    const int onePixel = std::max(1, int(std::round(m_geometry.pixelRatio)));
    if (isFailure(flight.reply))
        fill(end - NotchWidth * onePixel, end, upper, lower, m_failed);
    if (end - begin >= GapFrom * onePixel) // So that one bar can be told from the next.
        fill(end - onePixel, end, upper, lower, m_gap);
}

void WaterfallPainter::paintPhases(const Flight &flight, int upper, int lower)
{
    const PhaseTimings &timings = flight.sample.timings;
    const auto phase = [&](FlightPhase kind, qint64 fromUs, qint64 toUs) {
        if (fromUs >= 0 && toUs > fromUs)
            fill(edge(fromUs), edge(toUs), upper, lower, m_tiles[std::size_t(kind)]);
    };
    const qint64 sentUs = timings.sentUs >= 0 ? timings.sentUs : timings.finishedUs;
    phase(FlightPhase::Stalled, timings.admittedUs,
          timings.connectUs >= 0 ? timings.connectUs : sentUs);
    phase(FlightPhase::Connecting, timings.connectUs, sentUs);
    phase(FlightPhase::Downloading, timings.headersUs, timings.finishedUs);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/latencyheatmaplayer.h"

#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Shades = 16;
constexpr double GapFrom = 5; ///< A cell wider than this leaves a pixel to the next.

QString tr(const char *text)
{
    return QCoreApplication::translate("LatencyHeatmap", text);
}

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto mix = [share](float a, float b) {
        return float(double(a) + (double(b) - double(a)) * share);
    };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()),
                            mix(from.blueF(), to.blueF()));
}

} // namespace

QString bucketText(int bucket)
{
    const QString high = shownDuration(LatencyBuckets::highUs(bucket));
    if (bucket == 0)
        return tr("below %1").arg(high);
    const QString low = shownDuration(LatencyBuckets::lowUs(bucket));
    const QString unit = high.section(u' ', 1);
    const bool isSameUnit = low.section(u' ', 1) == unit;
    return u"%1\u2013%2"_s.arg(isSameUnit ? low.section(u' ', 0, 0) : low, high);
}

/** Every shade stands out from the background; they differ in brightness, not only in hue. */
QColor heatColor(const Theme &theme, double share)
{
    share = std::clamp(share, 0.0, 1.0);
    return share < 0.5 ? mixed(theme.p50, theme.p95, share * 2)
                       : mixed(theme.p95, theme.p99, share * 2 - 1);
}

void LatencyHeatmapLayer::setCells(LatencyHeatmapPtr map, bool withQueue, qint64 beginUs,
                                   qint64 endUs)
{
    *this = {};
    m_map = std::move(map);
    m_withQueue = withQueue;
    if (!m_map)
        return;
    const auto &columns = m_map->columns;
    const auto indexOf = [&columns](qint64 us) {
        return std::size_t(std::ranges::lower_bound(columns, us, {}, &LatencyColumn::beginUs)
                           - columns.begin());
    };
    m_first = indexOf(beginUs - m_map->stepUs + 1);
    m_end = indexOf(endUs);
    std::array<quint64, LatencyBuckets::Count> sums{};
    m_lowest = LatencyBuckets::Count - 1;
    for (std::size_t i = m_first; i < m_end; ++i) {
        const LatencyCells &cells = cellsOf(columns[i]);
        for (const LatencyCount &cell : cells) {
            m_most = std::max(m_most, cell.count);
            m_count += cell.count;
            sums[cell.bucket] += cell.count;
        }
        if (cells.empty())
            continue;
        m_lowest = std::min<int>(m_lowest, cells.front().bucket);
        m_highest = std::max<int>(m_highest, cells.back().bucket);
    }
    m_fullest = int(std::ranges::max_element(sums) - sums.begin());
}

const LatencyCells &LatencyHeatmapLayer::cellsOf(const LatencyColumn &column) const
{
    return m_withQueue ? column.total : column.onWire;
}

LogRange LatencyHeatmapLayer::range() const
{
    return LogRange::around(double(LatencyBuckets::lowUs(m_lowest)),
                            double(LatencyBuckets::highUs(m_highest)) / 1.02);
}

qint64 LatencyHeatmapLayer::newestUs(qint64 nowUs) const
{
    const qint64 beginUs = m_map->columns[m_end - 1].beginUs;
    return beginUs + std::clamp<qint64>(nowUs - beginUs, 0, m_map->stepUs) / 2;
}

const LatencyCells *LatencyHeatmapLayer::cellsAt(qint64 atUs) const
{
    for (std::size_t i = m_first; i < m_end; ++i) {
        const LatencyColumn &column = m_map->columns[i];
        if (atUs >= column.beginUs && atUs < column.beginUs + m_map->stepUs)
            return &cellsOf(column);
    }
    return nullptr;
}

QStringList LatencyHeatmapLayer::text(qint64 atUs, std::optional<int> bucket) const
{
    const LatencyCells *cells = cellsAt(atUs);
    if (!cells || cells->empty())
        return {tr("no requests ended")};
    quint64 all = 0;
    for (const LatencyCount &cell : *cells)
        all += cell.count;
    const LatencyCount fullest = *std::ranges::max_element(*cells, {}, &LatencyCount::count);
    const QString count = countText(qint64(all));
    if (!bucket)
        return {tr("%1 requests").arg(count),
                tr("most in %1: %2").arg(bucketText(fullest.bucket), countText(fullest.count))};
    const auto found = std::ranges::find(*cells, quint8(*bucket), &LatencyCount::bucket);
    const qint64 here = found == cells->end() ? 0 : found->count;
    return {tr("%1: %2 of %3 requests").arg(bucketText(*bucket), countText(here), count)};
}

QString LatencyHeatmapLayer::summary() const
{
    if (isEmpty())
        return tr("No request ended in this time.");
    const QString what = m_withQueue ? tr("with the wait in the queue") : tr("on the wire");
    return tr("Heatmap of latencies %1: %2 requests between %3 and %4, most of them in %5.")
        .arg(what, countText(qint64(m_count)), shownDuration(LatencyBuckets::lowUs(m_lowest)),
             shownDuration(LatencyBuckets::highUs(m_highest)), bucketText(m_fullest));
}

double LatencyHeatmapLayer::share(quint32 count) const
{
    return m_most <= 1 ? 1 : std::log(double(count)) / std::log(double(m_most));
}

QRectF LatencyHeatmapLayer::cellRect(const ChartGeometry &geometry, const LogRange &range,
                                     qint64 atUs, int bucket) const
{
    const QRectF &plot = geometry.plot;
    const qint64 beginUs = atUs / m_map->stepUs * m_map->stepUs;
    const double left = std::max(plot.left(), std::round(geometry.mapTimeToX(beginUs)));
    double right = std::round(
        geometry.mapTimeToX(std::min(beginUs + m_map->stepUs, std::max(geometry.nowUs, beginUs))));
    right = std::clamp(right, left + 1, std::max(left + 1, plot.right()));
    if (right - left > GapFrom)
        right -= 1;
    const auto y = [&](qint64 us) {
        return std::round(plot.bottom()
                          - range.fraction(std::max(1.0, double(us))) * plot.height());
    };
    const double top = y(LatencyBuckets::highUs(bucket));
    const double bottom = std::max(top + 1, y(LatencyBuckets::lowUs(bucket)));
    return {left, top, right - left, bottom - top};
}

void LatencyHeatmapLayer::paint(QPainter &painter, const ChartGeometry &geometry,
                                const LogRange &range, const Theme &theme) const
{
    std::array<QColor, Shades> shades;
    for (int i = 0; i < Shades; ++i)
        shades[std::size_t(i)] = heatColor(theme, double(i) / (Shades - 1));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t i = m_first; i < m_end; ++i) {
        const LatencyColumn &column = m_map->columns[i];
        for (const LatencyCount &cell : cellsOf(column)) {
            const auto shade = std::size_t(std::lround(share(cell.count) * (Shades - 1)));
            painter.fillRect(cellRect(geometry, range, column.beginUs, cell.bucket), shades[shade]);
        }
    }
}

void LatencyHeatmapLayer::paintScale(QPainter &painter, const QRectF &box, const Theme &theme) const
{
    if (isEmpty())
        return;
    constexpr double Wide = 12;
    const QFontMetrics metrics = painter.fontMetrics();
    const double top = box.top() + metrics.height() + 2;
    painter.setPen(theme.secondary);
    painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), tr("requests"));
    const double step = (box.bottom() - top) / Shades;
    for (int i = 0; i < Shades; ++i) {
        const QRectF part(box.left(), box.bottom() - (i + 1) * step, Wide, step + 0.5);
        painter.fillRect(part, heatColor(theme, double(i) / (Shades - 1)));
    }
    const double left = box.left() + Wide + 5;
    painter.setPen(theme.secondary);
    painter.drawText(QPointF(left, top + metrics.ascent() - 1), countText(m_most));
    if (m_most > 1)
        painter.drawText(QPointF(left, box.bottom()), countText(1));
}

} // namespace Sluice

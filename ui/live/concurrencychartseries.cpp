// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/concurrencychart.h"
#include "ui/live/livelegend.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Sluice {

namespace {

constexpr int SocketsId = int(LiveGaugeCount);

} // namespace

const ChartColumn *ConcurrencyChart::columnAt(qint64 atUs) const
{
    if (m_columns.empty())
        return nullptr;
    const int index = std::clamp(m_geometry.columnAt(atUs), 0, int(m_columns.size()) - 1);
    const ChartColumn &column = m_columns[std::size_t(index)];
    return column.isKnown() ? &column : nullptr;
}

/** What is in sight, in flight in any case. */
std::vector<TimePanel::Series> ConcurrencyChart::series() const
{
    std::vector<Series> seen;
    for (std::size_t gauge = 0; gauge < LiveGaugeCount; ++gauge) {
        const bool isSeen = std::ranges::any_of(
            m_columns, [gauge](const ChartColumn &column) { return column.max[gauge] > 0; });
        if (isSeen || LiveGauge(gauge) == LiveGauge::InFlight)
            seen.push_back({int(gauge), gaugeName(LiveGauge(gauge))});
    }
    if (std::ranges::any_of(m_columns, [](const ChartColumn &column) {
            return column.isKnown() && column.sockets >= 0;
        }))
        seen.push_back({SocketsId, tr("open sockets")});
    return seen;
}

QString ConcurrencyChart::seriesValue(int id, qint64 atUs) const
{
    const ChartColumn *column = columnAt(atUs);
    if (!column)
        return {};
    if (id == SocketsId)
        return column->sockets < 0 ? QString() : countText(column->sockets);
    return gaugeText(*column, LiveGauge(id));
}

/** The edge of the chosen band, or the line of the sockets once more and wider. */
void ConcurrencyChart::paintChosen(QPainter &painter)
{
    const int chosen = chosenSeries();
    if (chosen < 0)
        return;
    constexpr double Width = 3;
    if (chosen == SocketsId) {
        paintSockets(painter, Width);
        return;
    }
    const QRectF &plot = m_geometry.plot;
    painter.save();
    painter.setClipRect(plot);
    painter.setPen(QPen(Theme::of(palette()).text, Width));
    QPolygonF edge;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const ChartColumn &column = m_columns[i];
        if (!column.isKnown()) {
            painter.drawPolyline(edge);
            edge.clear();
            continue;
        }
        const float sum =
            std::accumulate(column.mean.begin(), column.mean.begin() + chosen + 1, 0.0f);
        edge << QPointF(plot.left() + (double(i) + 0.5) * m_geometry.columnWidth(),
                        std::round(m_geometry.mapValueToY(double(sum))));
    }
    painter.drawPolyline(edge);
    painter.restore();
}

} // namespace Sluice

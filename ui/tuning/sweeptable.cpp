// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/sweeptable.h"

#include <QFont>

#include <algorithm>

namespace Sluice {

namespace {

/** At most three significant digits. */
QString threeDigits(double value)
{
    const int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return QString::number(value, 'f', digits);
}

} // namespace

void SweepTableModel::setPoints(std::vector<SweepPoint> points, std::optional<int> recommended)
{
    beginResetModel();
    m_points = std::move(points);
    m_recommended = recommended;
    endResetModel();
}

int SweepTableModel::rowOf(int limit) const
{
    const auto at = std::ranges::find(m_points, limit, &SweepPoint::limit);
    return at == m_points.end() ? -1 : int(at - m_points.begin());
}

int SweepTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_points.size());
}

int SweepTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString SweepTableModel::text(const SweepPoint &point, int column) const
{
    switch (column) {
    case Limit:
        return QString::number(point.limit);
    case Throughput:
        return threeDigits(point.throughput);
    case P50:
        return threeDigits(double(point.p50Us) / 1000);
    case P95:
        return threeDigits(double(point.p95Us) / 1000);
    case P99:
        return threeDigits(double(point.p99Us) / 1000);
    default:
        return QString::number(point.errors + point.rejected);
    }
}

QVariant SweepTableModel::data(const QModelIndex &index, int role) const
{
    const SweepPoint &point = m_points[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(point, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::FontRole:
        if (m_recommended == point.limit) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::ToolTipRole:
        return tr("%1 requests, measured %2 times, ± %3 requests/s, %4 refused (429 or 503)")
            .arg(point.completed)
            .arg(point.repeats)
            .arg(threeDigits(point.ciHalfWidth))
            .arg(point.rejected);
    default:
        return {};
    }
}

QVariant SweepTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Limit:
        return tr("limit");
    case Throughput:
        return tr("req/s");
    case P50:
        return tr("p50 ms");
    case P95:
        return tr("p95 ms");
    case P99:
        return tr("p99 ms");
    default:
        return tr("errors");
    }
}

} // namespace Sluice

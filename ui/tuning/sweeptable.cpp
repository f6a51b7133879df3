// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/sweeptable.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <cmath>

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

void SweepTableModel::setComparison(std::vector<SweepPoint> points)
{
    beginResetModel();
    m_compared = std::move(points);
    endResetModel();
}

const SweepPoint *SweepTableModel::comparedWith(const SweepPoint &point) const
{
    const auto at = std::ranges::find(m_compared, point.limit, &SweepPoint::limit);
    return at == m_compared.end() || at->throughput <= 0 ? nullptr : &*at;
}

/** The throughput's change against the other sweep: `+12 %`. */
QString SweepTableModel::changeText(const SweepPoint &point) const
{
    const SweepPoint *other = comparedWith(point);
    if (!other)
        return {};
    const int percent = int(std::lround((point.throughput / other->throughput - 1) * 100));
    const QString sign = percent < 0 ? QStringLiteral("\u2212") : QStringLiteral("+");
    return tr("%1%2 %").arg(sign).arg(std::abs(percent));
}

/** The confidence intervals overlap: the change may be chance. */
bool SweepTableModel::isWithinNoise(const SweepPoint &point) const
{
    const SweepPoint *other = comparedWith(point);
    return other
           && std::abs(point.throughput - other->throughput)
                  <= point.ciHalfWidth + other->ciHalfWidth;
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
    return parent.isValid() ? 0 : int(ColumnCount) - int(m_compared.empty());
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
    case Change:
        return changeText(point);
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
    case Qt::ForegroundRole:
        if (index.column() == Change && isWithinNoise(point))
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        return {};
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
        return tr("p50\nms");
    case P95:
        return tr("p95\nms");
    case P99:
        return tr("p99\nms");
    case Change:
        return tr("change");
    default:
        return tr("errors");
    }
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/latencycellsmodel.h"

#include "ui/live/latencyheatmaplayer.h"
#include "ui/live/livetext.h"

#include <algorithm>
#include <numeric>

namespace Sluice {

void LatencyCellsModel::setSnapshot(const LiveSnapshotPtr &snapshot, bool withQueue)
{
    std::vector<Row> rows;
    if (snapshot && snapshot->heatmap)
        rows = rowsOf(*snapshot, withQueue);
    const bool isOther = withQueue != m_withQueue || rows.empty();
    if (isOther) {
        m_lowest = 0;
        m_highest = -1;
    }
    m_withQueue = withQueue;
    m_startedUs = snapshot ? snapshot->startedUs : 0;
    if (widen(rows) || isOther)
        resetRows(std::move(rows));
    else
        setRows(std::move(rows));
}

std::vector<LatencyCellsRow> LatencyCellsModel::rowsOf(const LiveSnapshot &snapshot,
                                                       bool withQueue) const
{
    std::vector<Row> rows;
    for (const LatencyColumn &column : snapshot.heatmap->columns)
        rows.push_back({column.beginUs, withQueue ? column.total : column.onWire});
    return rows;
}

/** True when there are more columns now. */
bool LatencyCellsModel::widen(const std::vector<Row> &rows)
{
    const auto before = std::pair(m_lowest, m_highest);
    for (const Row &row : rows) {
        if (row.cells.empty())
            continue;
        const bool isFirst = m_highest < m_lowest;
        m_lowest =
            isFirst ? row.cells.front().bucket : std::min<int>(m_lowest, row.cells.front().bucket);
        m_highest = std::max<int>(m_highest, row.cells.back().bucket);
    }
    return std::pair(m_lowest, m_highest) != before;
}

int LatencyCellsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Leading + std::max(0, m_highest - m_lowest + 1);
}

QVariant LatencyCellsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const Row &row = this->row(index.row());
    if (index.column() == 0)
        return sinceText(row.beginUs - m_startedUs);
    if (index.column() == 1) {
        const auto sum =
            std::accumulate(row.cells.begin(), row.cells.end(), qint64(0),
                            [](qint64 all, const LatencyCount &cell) { return all + cell.count; });
        return countText(sum);
    }
    const auto bucket = quint8(m_lowest + index.column() - Leading);
    const auto found = std::ranges::find(row.cells, bucket, &LatencyCount::bucket);
    return found == row.cells.end() ? QString() : countText(found->count);
}

QVariant LatencyCellsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("From");
    return section == 1 ? tr("Requests") : bucketText(m_lowest + section - Leading);
}

} // namespace Sluice

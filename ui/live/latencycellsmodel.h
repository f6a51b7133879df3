// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/slidingtablemodel.h"

namespace Sluice {

/** One step of time of the heatmap. */
struct LatencyCellsRow
{
    qint64 beginUs = 0;
    LatencyCells cells;
};

/**
 * The heatmap's data twin: a row for each step of time, oldest first, a column for each range of
 * latency between the shortest and the longest one in use, and in each cell how many requests it
 * counts. The columns only become more while it is shown, so that whoever reads one can go on.
 */
class LatencyCellsModel final : public SlidingTableModel<LatencyCellsRow>
{
    Q_OBJECT

public:
    using SlidingTableModel::SlidingTableModel;

    /** Null empties the table; \a withQueue says which latencies are counted. */
    void setSnapshot(const LiveSnapshotPtr &snapshot, bool withQueue);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /** The columns before those of the buckets: time and sum. */
    static constexpr int Leading = 2;

    using Row = LatencyCellsRow;

    std::vector<Row> rowsOf(const LiveSnapshot &snapshot, bool withQueue) const;
    bool widen(const std::vector<Row> &rows);

    qint64 m_startedUs = 0;
    bool m_withQueue = false;
    int m_lowest = 0; ///< Bucket of the first column.
    int m_highest = -1;
};

} // namespace Sluice

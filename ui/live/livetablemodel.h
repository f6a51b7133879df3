// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/slidingtablemodel.h"

namespace Sluice {

/** What the charts show in one step of time. */
struct LiveTableRow
{
    qint64 beginUs = 0;
    qint64 coveredUs = 0;                          ///< Of the step, until now.
    std::array<GaugeRange, LiveGaugeCount> gauges; ///< Indexed by LiveGauge; without means.
    int done = 0;
    int failed = 0;    ///< Neither 2xx nor 3xx.
    quint64 sent = 0;  ///< Those that the percentiles are of.
    qint64 p50Us = -1; ///< On the wire; -1 = too few samples.
    qint64 p95Us = -1;
    qint64 p99Us = -1;
    qint64 p50TotalUs = -1; ///< With the wait in the queue.
    qint64 p95TotalUs = -1;
    qint64 p99TotalUs = -1;
};

/** The shown time of \a snapshot in the steps of its latencies, oldest first. */
std::vector<LiveTableRow> liveTableRows(const LiveSnapshot &snapshot);

/**
 * The charts' data twin: the same numbers as a table, a row for each step of time, oldest first.
 */
class LiveTableModel final : public SlidingTableModel<LiveTableRow>
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        InFlightColumn,
        WaitingHostColumn,
        WaitingTotalColumn,
        WaitingRateColumn,
        WaitingHoldColumn,
        DoneColumn,
        FailedColumn,
        P50Column,
        P95Column,
        P99Column,
        P50TotalColumn,
        P95TotalColumn,
        P99TotalColumn,
        ColumnCount
    };

    using SlidingTableModel::SlidingTableModel;

    /** Null empties the table. */
    void setSnapshot(const LiveSnapshotPtr &snapshot);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const LiveTableRow &row, int column) const;

    qint64 m_startedUs = 0;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QAbstractTableModel>

namespace Sluice {

/** One row for each set of limits that was in force, the newest on top: what it brought. */
class EpochModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        LimitsColumn,
        TimeColumn,
        RateColumn,
        P50Column,
        P95Column,
        P99Column,
        ErrorsColumn,
        QueueColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshot(const LiveSnapshotPtr &snapshot);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /** The table with its headings, comma-separated. */
    QString toCsv() const;

    /** \a row counts from the newest. */
    const LiveEpoch &epochAt(int row) const;
    qint64 nowUs() const { return m_snapshot ? m_snapshot->atUs : 0; }

private:
    void addAndRemove(const LiveSnapshotPtr &snapshot);
    QString text(const LiveEpoch &epoch, int column) const;

    LiveSnapshotPtr m_snapshot;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweepresult.h"

#include <QAbstractTableModel>

namespace Sluice {

/** The levels as a table: what the plots draw, for reading, copying and screen readers. */
class SweepTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Limit, Throughput, P50, P95, P99, Errors, Change, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPoints(std::vector<SweepPoint> points, std::optional<int> recommended);
    /** Another sweep to compare with; empty = none, and no column for it. */
    void setComparison(std::vector<SweepPoint> points);
    /** The row of \a limit; -1 when it was not measured. */
    int rowOf(int limit) const;
    int limitAt(int row) const { return m_points[std::size_t(row)].limit; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const SweepPoint *comparedWith(const SweepPoint &point) const;
    QString changeText(const SweepPoint &point) const;
    bool isWithinNoise(const SweepPoint &point) const;
    QString text(const SweepPoint &point, int column) const;

    std::vector<SweepPoint> m_points;
    std::vector<SweepPoint> m_compared;
    std::optional<int> m_recommended;
};

} // namespace Sluice

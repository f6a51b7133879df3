// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/epochmodel.h"

#include <QWidget>

#include <array>

class QLabel;
class QTableView;

namespace Sluice {

/**
 * What each set of limits brought, a row each; two selected rows are compared below the table, and
 * a double click or Enter marks the time of a row in the charts.
 */
class EpochTable final : public QWidget
{
    Q_OBJECT

public:
    explicit EpochTable(QWidget *parent = nullptr);

    void setSnapshot(const LiveSnapshotPtr &snapshot);
    const EpochModel *model() const { return m_model; }
    QTableView *view() const { return m_view; }
    QString comparison() const;

signals:
    void rangeRequested(qint64 beginUs, qint64 endUs);

private:
    void compare();
    void fitColumns();

    EpochModel *m_model;
    QTableView *m_view;
    QLabel *m_comparison;
    std::array<int, EpochModel::ColumnCount> m_fitted{}; ///< Widths that were needed so far.
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace Sluice {

class EpochModel;

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

    EpochModel *m_model;
    QTableView *m_view;
    QLabel *m_comparison;
};

} // namespace Sluice

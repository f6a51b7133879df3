// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/liveevents.h"

#include <QAbstractTableModel>

namespace Sluice {

/** What is marked on the time axis as a list, the newest on top: when, and what. */
class EventModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, EventColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /** New events come in on top; what is selected stays. */
    void setSnapshot(const LiveSnapshot &snapshot);
    const LiveEvent &eventAt(int row) const { return m_events[std::size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString timeText(qint64 atUs) const;

    std::vector<LiveEvent> m_events;
    qint64 m_startedUs = 0;
    qint64 m_zeroMs = 0; ///< The beginning of the clock, on the wall; 0 = not known.
};

} // namespace Sluice

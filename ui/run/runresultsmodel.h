// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runroworder.h"

#include <QAbstractTableModel>

namespace Sluice {

/** The requests of a run, in an order that somebody else works out. */
class RunResultsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Number,
        Request,
        Iteration,
        Status,
        Time,
        Queued,
        Size,
        Checks,
        Message,
        Columns
    };

    /** \a requests are the plan's, by RunRow::request. */
    explicit RunResultsModel(const std::vector<RequestInContext> &requests,
                             QObject *parent = nullptr);

    /** What \a column is sorted by; nothing when it cannot be sorted. */
    static std::optional<RunRowQuery::Key> keyOf(int column);

    /** \a order holds indexes of \a rows. The selection stays on its requests. */
    void setRows(const RunRows &rows, std::vector<quint32> order);
    const RunRow &row(int index) const { return m_rows.at(m_order[std::size_t(index)]); }
    /** Where the request with this RunRow::seq is listed; nothing when it is not. */
    std::optional<int> indexOf(quint64 seq) const;
    QString message(int index) const { return m_rows.message(row(index)); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const RunRow &row, int column) const;
    /** Moves the selection from where its rows were in \a old to the first \a count rows. */
    void keepPlaces(const std::vector<quint32> &old, std::size_t count);

    QStringList m_names;
    QStringList m_methods;
    RunRows m_rows;
    std::vector<quint32> m_order;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <vector>

namespace Sluice {

/**
 * A table over steps of time, oldest first: a row for each, with its `beginUs`. While time goes on,
 * old rows go in front and new ones come behind, and those that stay keep their place, so that
 * whoever reads one can go on reading. GUI thread.
 */
template<typename Row>
class SlidingTableModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }

protected:
    const Row &row(int index) const { return m_rows[std::size_t(index)]; }

    /** A new table. */
    void resetRows(std::vector<Row> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }

    /** The same table, later; one that does not continue it is a new table. */
    void setRows(std::vector<Row> rows)
    {
        const auto gone = rows.empty() ? m_rows.end()
                                       : std::ranges::lower_bound(m_rows, rows.front().beginUs, {},
                                                                  &Row::beginUs);
        const auto kept = std::size_t(m_rows.end() - gone);
        const bool continues =
            kept > 0 && kept <= rows.size()
            && std::equal(gone, m_rows.end(), rows.begin(),
                          [](const Row &a, const Row &b) { return a.beginUs == b.beginUs; });
        if (!continues) {
            resetRows(std::move(rows));
            return;
        }
        if (gone != m_rows.begin()) {
            beginRemoveRows({}, 0, int(gone - m_rows.begin()) - 1);
            m_rows.erase(m_rows.begin(), gone);
            endRemoveRows();
        }
        std::copy_n(rows.begin(), kept, m_rows.begin());
        emit dataChanged(index(0, 0), index(int(kept) - 1, columnCount() - 1));
        if (kept < rows.size()) {
            beginInsertRows({}, int(kept), int(rows.size()) - 1);
            m_rows.insert(m_rows.end(), rows.begin() + qsizetype(kept), rows.end());
            endInsertRows();
        }
    }

private:
    std::vector<Row> m_rows;
};

} // namespace Sluice

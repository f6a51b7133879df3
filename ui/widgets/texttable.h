// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

class QTableView;

namespace Sluice {

/** A read-only table of texts: headers, phases, cookies. */
class TextTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /** \a rightAligned: the columns that hold numbers. */
    explicit TextTableModel(QStringList titles, QList<int> rightAligned = {},
                            QObject *parent = nullptr);

    void setRows(std::vector<QStringList> rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_titles;
    QList<int> m_rightAligned;
    std::vector<QStringList> m_rows;
};

/** A flat table as all of ours look: rows of 26 px, one line between them, Ctrl+C copies rows. */
QTableView *makeTextTable(TextTableModel *model, const QString &accessibleName, QWidget *parent);

} // namespace Sluice

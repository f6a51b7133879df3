// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/editorrows.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <functional>

namespace Sluice {

/**
 * EditorRows as a table with a check box in the first column and an empty row at the end; what is
 * typed into that becomes a row before it.
 */
class RowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /** Text for the right end of a row, e.g. what a variable stands for. */
    using Hint = std::function<QString(const EditorRow &)>;

    /** \a titles names the columns in use; \a addText invites in the empty row. */
    RowsModel(QStringList titles, QString addText, QObject *parent = nullptr);

    const EditorRows &rows() const { return m_rows; }
    /** Sets all of it without emitting edited(). */
    void setRows(EditorRows rows);
    void setHint(Hint hint);
    /** Asks for every hint again, e.g. because the environment changed. */
    void refreshHints();
    QString hint(int row) const;
    bool isAddRow(int row) const { return row == int(m_rows.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

signals:
    /** A person changed the rows. */
    void edited();

private:
    bool setEnabled(int row, bool enabled);

    QStringList m_titles;
    QString m_addText;
    EditorRows m_rows;
    Hint m_hint;
};

} // namespace Sluice

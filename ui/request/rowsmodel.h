// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/editorrows.h"
#include "ui/widgets/editablerows.h"

#include <functional>

namespace Sluice {

/** EditorRows as a table with a check box in the first column. */
class RowsModel final : public EditableRows
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

protected:
    int itemCount() const override { return int(m_rows.size()); }
    QVariant itemData(int row, int column, int role) const override;
    bool setItemData(int row, int column, const QVariant &value, int role) override;
    Qt::ItemFlags itemFlags(int row, int column) const override;
    void appendItem(int column, const QString &text) override;
    void eraseItems(int row, int count) override;

private:
    EditorRows m_rows;
    Hint m_hint;
};

} // namespace Sluice

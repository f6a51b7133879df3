// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/rowsmodel.h"
#include "ui/widgets/flattable.h"

namespace Sluice {

class CellDelegate;
class VariableMeanings;

/** An editable table over a RowsModel: typing edits, Space switches a row, Del removes rows. */
class RowsTable final : public FlatTable
{
    Q_OBJECT

public:
    /** \a model becomes the table's child. */
    RowsTable(std::unique_ptr<RowsModel> model, const QString &accessibleName,
              QWidget *parent = nullptr);

    RowsModel *rowsModel() const { return m_model; }
    /**
     * Tints the {{variables}} in \a columns and tells on hovering a cell what they stand for;
     * \a variables outlive the table.
     */
    void markVariables(const VariableMeanings *variables, const QList<int> &columns);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void removeSelected();

    RowsModel *m_model = nullptr;
    CellDelegate *m_cells = nullptr;
};

} // namespace Sluice

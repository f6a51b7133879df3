// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/variabledelegate.h"

#include "ui/collection/environmentmodel.h"
#include "ui/theme/theme.h"

#include <QLineEdit>

namespace Sluice {

QWidget *VariableDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    editor->setFont(monospaceFont());
    const bool secret =
        index.siblingAtColumn(EnvironmentModel::Secret).data(Qt::CheckStateRole).toInt()
        == Qt::Checked;
    auto *line = qobject_cast<QLineEdit *>(editor);
    if (line && secret && index.column() == EnvironmentModel::Value) {
        line->setEchoMode(QLineEdit::Password);
        line->setPlaceholderText(tr("New value"));
    }
    return editor;
}

void VariableDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    // The files may be read again at any moment; what is being typed stays.
    const auto *line = qobject_cast<QLineEdit *>(editor);
    if (!line || !line->isModified())
        QStyledItemDelegate::setEditorData(editor, index);
}

} // namespace Sluice

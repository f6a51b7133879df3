// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/rowsmodel.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

RowsModel::RowsModel(QStringList titles, QString addText, QObject *parent)
    : EditableRows(std::move(titles), std::move(addText), parent)
{
}

void RowsModel::setRows(EditorRows rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void RowsModel::setHint(Hint hint)
{
    m_hint = std::move(hint);
    refreshHints();
}

void RowsModel::refreshHints()
{
    allChanged();
}

QString RowsModel::hint(int row) const
{
    return m_hint && !isAddRow(row) ? m_hint(m_rows[std::size_t(row)]) : QString();
}

QVariant RowsModel::itemData(int at, int column, int role) const
{
    const bool first = column == 0;
    const EditorRow &row = m_rows[std::size_t(at)];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return row.cells[std::size_t(column)];
    case Qt::FontRole:
        return column < 2 ? QVariant(monospaceFont()) : QVariant();
    case Qt::CheckStateRole:
        return first && !row.isPath ? QVariant(row.enabled ? Qt::Checked : Qt::Unchecked)
                                    : QVariant();
    case Qt::ForegroundRole:
        return row.enabled
                   ? QVariant()
                   : QVariant(QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text));
    case Qt::AccessibleTextRole:
        return title(column) + u": "_s + row.cells[std::size_t(column)];
    default:
        return {};
    }
}

bool RowsModel::setItemData(int row, int column, const QVariant &value, int role)
{
    if (role == Qt::CheckStateRole) {
        m_rows[std::size_t(row)].enabled = value.toInt() == Qt::Checked;
    } else if (role == Qt::EditRole) {
        QString &cell = m_rows[std::size_t(row)].cells[std::size_t(column)];
        if (cell == value.toString())
            return true;
        cell = value.toString();
    } else {
        return false;
    }
    rowChanged(row);
    emit edited();
    return true;
}

Qt::ItemFlags RowsModel::itemFlags(int row, int column) const
{
    if (column > 0)
        return Qt::ItemIsEditable;
    // The name of a path parameter stands in the URL.
    return m_rows[std::size_t(row)].isPath ? Qt::ItemFlags()
                                           : Qt::ItemIsEditable | Qt::ItemIsUserCheckable;
}

void RowsModel::appendItem(int column, const QString &text)
{
    m_rows.emplace_back().cells[std::size_t(column)] = text;
}

void RowsModel::eraseItems(int row, int count)
{
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
}

} // namespace Sluice

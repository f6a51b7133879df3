// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/rowsmodel.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

RowsModel::RowsModel(QStringList titles, QString addText, QObject *parent)
    : QAbstractTableModel(parent), m_titles(std::move(titles)), m_addText(std::move(addText))
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
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
}

QString RowsModel::hint(int row) const
{
    return m_hint && !isAddRow(row) ? m_hint(m_rows[std::size_t(row)]) : QString();
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size()) + 1;
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_titles.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const bool first = index.column() == 0;
    if (isAddRow(index.row())) {
        if (first && role == Qt::DisplayRole)
            return m_addText;
        if (role == Qt::ForegroundRole)
            return QGuiApplication::palette().color(QPalette::PlaceholderText);
        return role == Qt::EditRole ? QVariant(QString()) : QVariant();
    }
    const EditorRow &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return row.cells[std::size_t(index.column())];
    case Qt::FontRole:
        return index.column() < 2 ? QVariant(monospaceFont()) : QVariant();
    case Qt::CheckStateRole:
        return first && !row.isPath ? QVariant(row.enabled ? Qt::Checked : Qt::Unchecked)
                                    : QVariant();
    case Qt::ForegroundRole:
        return row.enabled
                   ? QVariant()
                   : QVariant(QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text));
    case Qt::AccessibleTextRole:
        return m_titles[index.column()] + u": "_s + row.cells[std::size_t(index.column())];
    default:
        return {};
    }
}

bool RowsModel::setEnabled(int row, bool enabled)
{
    m_rows[std::size_t(row)].enabled = enabled;
    emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    emit edited();
    return true;
}

bool RowsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    if (role == Qt::CheckStateRole && !isAddRow(index.row()))
        return setEnabled(index.row(), value.toInt() == Qt::Checked);
    if (role != Qt::EditRole)
        return false;
    const QString text = value.toString();
    if (isAddRow(index.row())) {
        if (text.isEmpty())
            return false;
        const int at = index.row();
        beginInsertRows({}, at, at);
        m_rows.emplace_back();
        m_rows.back().cells[std::size_t(index.column())] = text;
        endInsertRows();
        emit edited();
        return true;
    }
    QString &cell = m_rows[std::size_t(index.row())].cells[std::size_t(index.column())];
    if (cell == text)
        return true;
    cell = text;
    emit dataChanged(index, this->index(index.row(), columnCount() - 1));
    emit edited();
    return true;
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return m_titles.value(section);
}

Qt::ItemFlags RowsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags result =
        Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
    if (isAddRow(index.row()))
        return result;
    const bool path = m_rows[std::size_t(index.row())].isPath;
    if (index.column() == 0)
        result.setFlag(path ? Qt::ItemIsEditable : Qt::ItemIsUserCheckable, !path);
    return result;
}

bool RowsModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count <= 0 || row + count > int(m_rows.size()))
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    emit edited();
    return true;
}

} // namespace Sluice

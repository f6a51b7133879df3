// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editablerows.h"

#include <QGuiApplication>
#include <QPalette>

namespace Sluice {

EditableRows::EditableRows(QStringList titles, QString addText, QObject *parent)
    : QAbstractTableModel(parent), m_titles(std::move(titles)), m_addText(std::move(addText))
{
}

int EditableRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : itemCount() + 1;
}

int EditableRows::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_titles.size());
}

QVariant EditableRows::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (!isAddRow(index.row()))
        return itemData(index.row(), index.column(), role);
    if (role == Qt::DisplayRole && index.column() == 0)
        return m_addText;
    if (role == Qt::ForegroundRole)
        return QGuiApplication::palette().color(QPalette::PlaceholderText);
    return role == Qt::EditRole ? QVariant(QString()) : QVariant();
}

bool EditableRows::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    const int row = index.row();
    if (!isAddRow(row))
        return setItemData(row, index.column(), value, role);
    const QString text = value.toString();
    if (role != Qt::EditRole || !canAddIn(index.column()) || text.trimmed().isEmpty())
        return false;
    beginInsertRows({}, row, row);
    appendItem(index.column(), text);
    endInsertRows();
    emit edited();
    return true;
}

QVariant EditableRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return m_titles.value(section);
}

Qt::ItemFlags EditableRows::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags there = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (!isAddRow(index.row()))
        return there | itemFlags(index.row(), index.column());
    return canAddIn(index.column()) ? there | Qt::ItemIsEditable : there;
}

bool EditableRows::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count <= 0 || row + count > itemCount())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    eraseItems(row, count);
    endRemoveRows();
    emit edited();
    return true;
}

void EditableRows::rowChanged(int row)
{
    emit dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void EditableRows::allChanged()
{
    if (itemCount() > 0)
        emit dataChanged(index(0, 0), index(itemCount() - 1, columnCount() - 1));
}

} // namespace Sluice

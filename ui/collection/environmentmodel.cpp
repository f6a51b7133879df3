// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/environmentmodel.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QColor hintColor()
{
    return QGuiApplication::palette().color(QPalette::PlaceholderText);
}

} // namespace

EnvironmentModel::EnvironmentModel(Resolve resolve, IsKnown isKnown, QObject *parent)
    : QAbstractTableModel(parent), m_resolve(std::move(resolve)), m_isKnown(std::move(isKnown))
{
}

void EnvironmentModel::setSpec(const EnvironmentSpec &spec)
{
    if (spec == m_spec)
        return;
    const bool sameRows = spec.variables.size() == m_spec.variables.size();
    if (!sameRows)
        beginResetModel();
    m_spec = spec;
    if (sameRows)
        refresh();
    else
        endResetModel();
}

void EnvironmentModel::refresh()
{
    if (!m_spec.variables.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 2, ColumnCount - 1));
}

int EnvironmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_spec.variables.size()) + 1;
}

int EnvironmentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EnvironmentModel::textOf(const EnvironmentVariable &variable, int column, int role) const
{
    const bool shown = role == Qt::DisplayRole;
    switch (column) {
    case Name:
        return variable.name;
    case Value:
        if (!variable.secret)
            return variable.value;
        return !shown                     ? QString()
               : m_isKnown(variable.name) ? u"••••••••"_s
                                          : tr("not set on this machine");
    case Resolved:
        return shown ? m_resolve(variable) : QString();
    default:
        return {};
    }
}

QVariant EnvironmentModel::checkOf(const EnvironmentVariable &variable, int column) const
{
    if (column == Name)
        return variable.enabled ? Qt::Checked : Qt::Unchecked;
    if (column == Secret)
        return variable.secret ? Qt::Checked : Qt::Unchecked;
    return {};
}

QVariant EnvironmentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int column = index.column();
    if (isAddRow(index.row())) {
        if (role == Qt::DisplayRole && column == Name)
            return tr("Add variable");
        if (role == Qt::ForegroundRole)
            return hintColor();
        return role == Qt::EditRole ? QVariant(QString()) : QVariant();
    }
    const EnvironmentVariable &variable = m_spec.variables[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return textOf(variable, column, role);
    case Qt::CheckStateRole:
        return checkOf(variable, column);
    case Qt::FontRole:
        return monospaceFont();
    case Qt::ForegroundRole:
        return !variable.enabled || column == Resolved || (column == Value && variable.secret)
                   ? QVariant(hintColor())
                   : QVariant();
    case Qt::ToolTipRole:
        return column == Resolved ? textOf(variable, column, Qt::DisplayRole)
                                  : QVariant(variable.description);
    case Qt::AccessibleTextRole:
        return QString(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + u": "_s
                       + textOf(variable, column, Qt::DisplayRole).toString());
    default:
        return {};
    }
}

void EnvironmentModel::changed(int row)
{
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    emit edited();
}

bool EnvironmentModel::setSecret(int row, bool secret)
{
    EnvironmentVariable &variable = m_spec.variables[std::size_t(row)];
    if (variable.secret == secret)
        return true;
    variable.secret = secret;
    // The value leaves the file; it never goes back into it by itself.
    const QString value = std::exchange(variable.value, {});
    if (secret && !value.isEmpty())
        emit secretEdited(variable.name, value);
    changed(row);
    return true;
}

bool EnvironmentModel::setText(int row, int column, const QString &text)
{
    EnvironmentVariable &variable = m_spec.variables[std::size_t(row)];
    if (column == Value && variable.secret) {
        if (!text.isEmpty())
            emit secretEdited(variable.name, text);
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return true;
    }
    QString &target = column == Name ? variable.name : variable.value;
    if (target == text || (column == Name && text.isEmpty()))
        return true;
    const QString before = std::exchange(target, text);
    if (column == Name && variable.secret)
        emit secretRenamed(before, text);
    changed(row);
    return true;
}

bool EnvironmentModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    const int row = index.row();
    if (role == Qt::CheckStateRole && !isAddRow(row)) {
        const bool on = value.toInt() == Qt::Checked;
        if (index.column() == Secret)
            return setSecret(row, on);
        m_spec.variables[std::size_t(row)].enabled = on;
        changed(row);
        return true;
    }
    if (role != Qt::EditRole)
        return false;
    if (!isAddRow(row))
        return setText(row, index.column(), value.toString());
    const QString name = value.toString().trimmed();
    if (name.isEmpty())
        return false;
    beginInsertRows({}, row, row);
    m_spec.variables.emplace_back().name = name;
    endInsertRows();
    emit edited();
    return true;
}

QVariant EnvironmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles{tr("Variable"), tr("Value"), tr("Secret"),
                                                  tr("Resolves to")};
    return section >= 0 && section < ColumnCount ? titles[std::size_t(section)] : QVariant();
}

Qt::ItemFlags EnvironmentModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags result = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (isAddRow(index.row()))
        return index.column() == Name ? result | Qt::ItemIsEditable : result;
    if (index.column() == Name || index.column() == Value)
        result |= Qt::ItemIsEditable;
    if (index.column() == Name || index.column() == Secret)
        result |= Qt::ItemIsUserCheckable;
    return result;
}

bool EnvironmentModel::removeRows(int row, int count, const QModelIndex &parent)
{
    auto &variables = m_spec.variables;
    if (parent.isValid() || row < 0 || count <= 0 || row + count > int(variables.size()))
        return false;
    beginRemoveRows({}, row, row + count - 1);
    variables.erase(variables.begin() + row, variables.begin() + row + count);
    endRemoveRows();
    emit edited();
    return true;
}

} // namespace Sluice

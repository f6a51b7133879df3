// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/environmentmodel.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QColor hintColor()
{
    return QGuiApplication::palette().color(QPalette::PlaceholderText);
}

} // namespace

EnvironmentModel::EnvironmentModel(Resolve resolve, IsKnown isKnown, QObject *parent)
    : EditableRows({tr("Variable"), tr("Value"), tr("Secret"), tr("Resolves to")},
                   tr("Add variable"), parent),
      m_resolve(std::move(resolve)), m_isKnown(std::move(isKnown))
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
    allChanged();
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

QVariant EnvironmentModel::itemData(int row, int column, int role) const
{
    const EnvironmentVariable &variable = m_spec.variables[std::size_t(row)];
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
        return QString(title(column) + u": "_s
                       + textOf(variable, column, Qt::DisplayRole).toString());
    default:
        return {};
    }
}

void EnvironmentModel::changed(int row)
{
    rowChanged(row);
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
        rowChanged(row);
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

bool EnvironmentModel::setItemData(int row, int column, const QVariant &value, int role)
{
    if (role == Qt::EditRole)
        return setText(row, column, value.toString());
    if (role != Qt::CheckStateRole)
        return false;
    const bool on = value.toInt() == Qt::Checked;
    if (column == Secret)
        return setSecret(row, on);
    m_spec.variables[std::size_t(row)].enabled = on;
    changed(row);
    return true;
}

Qt::ItemFlags EnvironmentModel::itemFlags(int, int column) const
{
    Qt::ItemFlags result;
    result.setFlag(Qt::ItemIsEditable, column == Name || column == Value);
    result.setFlag(Qt::ItemIsUserCheckable, column == Name || column == Secret);
    return result;
}

void EnvironmentModel::appendItem(int, const QString &text)
{
    m_spec.variables.emplace_back().name = text.trimmed();
}

void EnvironmentModel::eraseItems(int row, int count)
{
    auto &variables = m_spec.variables;
    variables.erase(variables.begin() + row, variables.begin() + row + count);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/capturedvariables.h"

#include "core/collection/itemplace.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

QString folderAt(const RequestInContext &request, std::size_t depth)
{
    const ItemPlace place = itemPlace(request.path);
    if (place.isBundled()) {
        // items[I].items[J]…: two steps of the path lead one level down.
        const std::size_t steps = std::min(2 * depth, place.inside.size());
        return itemPath(place.file,
                        {place.inside.begin(), place.inside.begin() + qsizetype(steps)});
    }
    const QString parent = QFileInfo(request.path).path();
    QStringList steps =
        QDir(request.collectionPath).relativeFilePath(parent).split(u'/', Qt::SkipEmptyParts);
    steps.removeAll(u"."_s);
    return (QStringList{request.collectionPath} + steps.first(qMin(qsizetype(depth), steps.size())))
        .join(u'/');
}

void CapturedVariables::set(CapturedVariable variable)
{
    if (variable.scope == VariableScope::Runtime) {
        m_runtime.insert(variable.name, variable.value);
        return;
    }
    const auto isSame = [&variable](const CapturedVariable &other) {
        return other.name == variable.name && other.scope == variable.scope
               && other.owner == variable.owner;
    };
    const auto known = std::ranges::find_if(m_others, isSame);
    if (known == m_others.end())
        m_others.push_back(std::move(variable));
    else
        known->value = std::move(variable.value);
}

void CapturedVariables::setAll(const std::vector<CapturedVariable> &variables)
{
    for (const CapturedVariable &variable : variables)
        set(variable);
}

void CapturedVariables::setData(const DataRow &row)
{
    m_data = row;
    for (auto it = row.cbegin(); it != row.cend(); ++it)
        m_runtime.remove(it.key());
}

void CapturedVariables::addTo(VariableScopes &scopes, const RequestInContext &request) const
{
    const auto set = [&scopes](VariableScope scope, const QString &name,
                               const VariableValue &value) {
        scopes.set(scope, name, value.text, scopes.isSecret(name), value.type);
    };
    for (auto it = m_data.cbegin(); it != m_data.cend(); ++it)
        set(VariableScope::Runtime, it.key(), {it.value(), ValueType::Text});
    for (auto it = m_runtime.cbegin(); it != m_runtime.cend(); ++it)
        set(VariableScope::Runtime, it.key(), *it);
    if (m_others.empty())
        return;
    const auto add = [&](VariableScope scope, const QString &owner) {
        for (const CapturedVariable &variable : m_others) {
            if (variable.scope == scope && variable.owner == owner)
                set(scope, variable.name, variable.value);
        }
    };
    add(VariableScope::Collection, {});
    add(VariableScope::Environment, {});
    for (std::size_t depth = 1; depth < request.defaults.size(); ++depth) {
        scopes.add(VariableScope::Folder, request.defaults[depth].variables);
        add(VariableScope::Folder, folderAt(request, depth));
    }
    add(VariableScope::Request, request.path);
}

} // namespace Sluice

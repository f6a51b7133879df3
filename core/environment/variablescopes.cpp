// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/variablescopes.h"

#include "core/environment/jsonpath.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr std::array<QLatin1StringView, VariableScopeCount> ScopeNames{
    "runtime"_L1, "request"_L1, "folder"_L1, "environment"_L1, "collection"_L1, "process"_L1};

constexpr auto ProcessPrefix = "process.env."_L1;

std::size_t indexOf(VariableScope scope)
{
    return static_cast<std::size_t>(scope);
}

} // namespace

QString variableScopeName(VariableScope scope)
{
    return ScopeNames[indexOf(scope)];
}

std::optional<VariableScope> variableScope(QStringView name)
{
    for (std::size_t i = 0; i < ScopeNames.size(); ++i) {
        if (name == ScopeNames[i])
            return static_cast<VariableScope>(i);
    }
    return {};
}

void VariableScopes::set(VariableScope scope, const QString &name, const QString &value,
                         bool secret, ValueType type)
{
    Scope &variables = m_scopes[indexOf(scope)];
    const bool wasSecret = variables.value(name).secret;
    variables.insert(name, {name, value, scope, secret || wasSecret, type, true});
}

void VariableScopes::declareSecret(VariableScope scope, const QString &name)
{
    m_scopes[indexOf(scope)].insert(name, {name, {}, scope, true, ValueType::Text, false});
}

void VariableScopes::add(VariableScope scope, const std::vector<NameValue> &variables)
{
    for (const NameValue &variable : variables) {
        if (variable.enabled)
            set(scope, variable.name, variable.value, false, variable.type);
    }
}

void VariableScopes::remove(VariableScope scope, const QString &name)
{
    m_scopes[indexOf(scope)].remove(name);
}

void VariableScopes::clear(VariableScope scope)
{
    m_scopes[indexOf(scope)].clear();
}

std::optional<Variable> VariableScopes::find(const QString &name) const
{
    if (std::optional<Variable> variable = findNamed(name))
        return variable;
    // A path into a variable that holds JSON; the longest name that there is counts.
    for (qsizetype end = name.size() - 1; end > 0; --end) {
        if (name[end] != u'.' && name[end] != u'[')
            continue;
        std::optional<Variable> variable = findNamed(name.first(end));
        if (!variable)
            continue;
        const auto value = jsonValueAt(variable->value, QStringView(name).sliced(end));
        if (!value)
            return {};
        variable->name = name;
        variable->value = *value;
        return variable;
    }
    return {};
}

std::optional<Variable> VariableScopes::findNamed(const QString &name) const
{
    const Scope &process = m_scopes[indexOf(VariableScope::Process)];
    if (name.startsWith(ProcessPrefix)) {
        const auto found = process.constFind(name.sliced(ProcessPrefix.size()));
        return found == process.cend() ? std::nullopt : std::optional(*found);
    }
    for (std::size_t i = 0; i < indexOf(VariableScope::Process); ++i) {
        const auto found = m_scopes[i].constFind(name);
        if (found == m_scopes[i].cend())
            continue;
        Variable variable = *found;
        if (const auto value = process.constFind(name);
            !variable.hasValue && value != process.cend()) {
            variable.value = value->value;
            variable.hasValue = true;
        }
        return variable;
    }
    return {};
}

std::vector<Variable> VariableScopes::visible() const
{
    QMap<QString, Variable> byName;
    for (std::size_t i = 0; i < indexOf(VariableScope::Process); ++i) {
        for (const Variable &variable : m_scopes[i]) {
            if (!byName.contains(variable.name))
                byName.insert(variable.name, *find(variable.name));
        }
    }
    return {byName.cbegin(), byName.cend()};
}

bool VariableScopes::isSecret(const QString &name) const
{
    return std::ranges::any_of(m_scopes,
                               [&name](const Scope &scope) { return scope.value(name).secret; });
}

VariableScopes VariableScopes::withSecretsAs(const QString &mark) const
{
    VariableScopes result = *this;
    Scope &process = result.m_scopes[indexOf(VariableScope::Process)];
    for (Scope &scope : result.m_scopes) {
        for (Variable &variable : scope) {
            if (!variable.secret)
                continue;
            // The process may be what gives it its value.
            if (const auto given = process.find(variable.name); given != process.end()) {
                given->value = mark;
                variable.hasValue = true;
            }
            variable.value = mark;
        }
    }
    return result;
}

QStringList VariableScopes::secretValues() const
{
    QStringList values;
    for (const Scope &scope : m_scopes) {
        for (const Variable &variable : scope) {
            if (!variable.secret)
                continue;
            const QString value =
                variable.hasValue
                    ? variable.value
                    : m_scopes[indexOf(VariableScope::Process)].value(variable.name).value;
            if (!value.isEmpty() && !values.contains(value))
                values.append(value);
        }
    }
    return values;
}

} // namespace Sluice

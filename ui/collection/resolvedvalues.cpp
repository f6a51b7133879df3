// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/resolvedvalues.h"

#include "core/environment/template.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

ResolvedValues::ResolvedValues(const std::vector<NameValue> &variables,
                               const EnvironmentSpec &environment)
{
    m_scopes.add(VariableScope::Collection, variables);
    for (const EnvironmentVariable &variable : environment.variables) {
        if (variable.enabled)
            m_scopes.set(VariableScope::Environment, variable.name,
                         variable.secret ? u"••••"_s : variable.value);
    }
}

QString ResolvedValues::textOf(const EnvironmentVariable &variable) const
{
    if (!variable.enabled)
        return QCoreApplication::translate("ResolvedValues", "off");
    if (variable.secret)
        return {};
    if (findPlaceholders(variable.value).empty())
        return variable.value;
    DynamicValues dynamic;
    const Result<QString> text =
        TemplateExpander(m_scopes, dynamic).expand(variable.value, variable.name);
    return text ? *text : u"⚠ "_s + text.error().message;
}

} // namespace Sluice

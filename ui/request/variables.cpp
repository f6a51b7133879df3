// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/variables.h"

#include "core/environment/dynamicvalues.h"
#include "core/environment/variablescopes.h"
#include "ui/request/urlquery.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("VariableLookup", text);
}

constexpr auto ProcessPrefix = "process.env."_L1;

std::optional<VariableMeaning> processVariable(const QString &name)
{
    const QByteArray key = name.sliced(ProcessPrefix.size()).toLocal8Bit();
    if (!qEnvironmentVariableIsSet(key.constData()))
        return std::nullopt;
    return VariableMeaning{qEnvironmentVariable(key.constData()), tr("process"), false};
}

} // namespace

std::optional<VariableMeaning> VariableLookup::find(const QString &name) const
{
    if (name.startsWith(ProcessPrefix))
        return processVariable(name);
    if (name.startsWith(u'$')) {
        static const QStringList dynamic = DynamicValues::names();
        if (!dynamic.contains(QStringView(name).sliced(1)))
            return std::nullopt;
        return VariableMeaning{tr("a new value for every request"), tr("Sluice"), false};
    }
    // The same scopes as at sending, so that both agree about who wins.
    VariableScopes scopes;
    scopes.add(VariableScope::Request, m_request);
    for (const RequestDefaults &defaults : m_defaults) {
        const bool isOutermost = &defaults == &m_defaults.front();
        scopes.add(isOutermost ? VariableScope::Collection : VariableScope::Folder,
                   defaults.variables);
    }
    for (const EnvironmentVariable &variable : m_environment.variables) {
        if (variable.enabled)
            scopes.set(VariableScope::Environment, variable.name, variable.value, variable.secret);
    }
    const std::optional<Variable> variable = scopes.find(name);
    if (!variable)
        return std::nullopt;
    switch (variable->scope) {
    case VariableScope::Request:
        return VariableMeaning{variable->value, tr("request"), variable->secret};
    case VariableScope::Folder:
        return VariableMeaning{variable->value, tr("folder"), variable->secret};
    case VariableScope::Environment:
        return VariableMeaning{variable->value, m_environment.name, variable->secret};
    default:
        return VariableMeaning{variable->value, tr("collection"), variable->secret};
    }
}

QString VariableLookup::describe(const QString &name) const
{
    const std::optional<VariableMeaning> meaning = find(name);
    // $guid and the like are made by the program at the moment of sending.
    if (meaning && name.startsWith(u'$'))
        return tr("{{%1}} is made anew for every request").arg(name);
    if (!meaning)
        return tr("{{%1}} is not defined in this environment, folder or request").arg(name);
    return tr("%1 = %2 (from %3)")
        .arg(name, meaning->secret ? u"••••"_s : meaning->value, meaning->from);
}

QString VariableLookup::hint(const QString &text) const
{
    const std::vector<VariableSpan> spans = variableSpans(text);
    if (spans.empty())
        return {};
    const std::optional<VariableMeaning> meaning = find(spans.front().name);
    if (!meaning)
        return tr("not defined");
    if (spans.front().name.startsWith(u'$'))
        return {};
    return tr("%1 from %2").arg(meaning->secret ? u"••••"_s : meaning->value, meaning->from);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/variables.h"

#include "ui/request/urlquery.h"

#include <QCoreApplication>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("VariableLookup", text);
}

const NameValue *enabledNamed(const std::vector<NameValue> &variables, const QString &name)
{
    const auto found = std::ranges::find_if(
        variables, [&](const NameValue &v) { return v.enabled && v.name == name; });
    return found == variables.end() ? nullptr : &*found;
}

} // namespace

std::optional<VariableMeaning> VariableLookup::find(const QString &name) const
{
    if (const NameValue *variable = enabledNamed(m_request, name))
        return VariableMeaning{variable->value, tr("request"), false};
    for (const EnvironmentVariable &variable : m_environment.variables) {
        if (variable.enabled && variable.name == name)
            return VariableMeaning{variable.value, m_environment.name, variable.secret};
    }
    for (const RequestDefaults &defaults : m_defaults | std::views::reverse) {
        if (const NameValue *variable = enabledNamed(defaults.variables, name))
            return VariableMeaning{
                variable->value, &defaults == &m_defaults.front() ? tr("collection") : tr("folder"),
                false};
    }
    return std::nullopt;
}

QString VariableLookup::describe(const QString &name) const
{
    // $guid and the like are made by the program at the moment of sending.
    if (name.startsWith(u'$'))
        return tr("{{%1}} is made anew for every request").arg(name);
    const std::optional<VariableMeaning> meaning = find(name);
    if (!meaning)
        return tr("{{%1}} is not defined in this environment, folder or request").arg(name);
    return tr("%1 = %2 (from %3)")
        .arg(name, meaning->secret ? u"••••"_s : meaning->value, meaning->from);
}

QString VariableLookup::hint(const QString &text) const
{
    const std::vector<VariableSpan> spans = variableSpans(text);
    if (spans.empty() || spans.front().name.startsWith(u'$'))
        return {};
    const std::optional<VariableMeaning> meaning = find(spans.front().name);
    if (!meaning)
        return tr("not defined");
    return tr("%1 from %2").arg(meaning->secret ? u"••••"_s : meaning->value, meaning->from);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/variables.h"

#include "core/environment/template.h"
#include "core/run/requestbuilder.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("VariableMeanings", text);
}

QString scopeText(VariableScope scope, const QString &environment)
{
    switch (scope) {
    case VariableScope::Runtime:
        return tr("runtime");
    case VariableScope::Request:
        return tr("request");
    case VariableScope::Folder:
        return tr("folder");
    case VariableScope::Environment:
        return environment;
    case VariableScope::Collection:
        return tr("collection");
    case VariableScope::Process:
        return tr("process");
    }
    Q_UNREACHABLE();
}

} // namespace

void VariableMeanings::setRequest(const RequestInContext &request)
{
    m_request.path = request.path;
    m_request.collectionPath = request.collectionPath;
    m_request.defaults = request.defaults;
    m_request.request.variables = request.request.variables;
    m_request.request.captures = request.request.captures;
    m_scopes.reset();
}

void VariableMeanings::setInputs(VariableInputs inputs)
{
    m_inputs = std::move(inputs);
    m_scopes.reset();
}

const VariableScopes &VariableMeanings::scopes() const
{
    if (m_scopes)
        return *m_scopes;
    // The same scopes as at sending, so that both agree about who wins.
    m_scopes = RequestBuilder(m_inputs, {}).scopesOf(m_request).withSecretsAs(u"••••"_s);
    m_setBefore.clear();
    const auto addActions = [this](const std::vector<CaptureSpec> &actions) {
        for (const CaptureSpec &action : actions) {
            if (!action.enabled || action.phase != CaptureSpec::Phase::BeforeRequest
                || m_scopes->find(action.variable))
                continue;
            m_scopes->set(VariableScope::Request, action.variable, u"…"_s);
            m_setBefore.insert(action.variable);
        }
    };
    addActions(m_request.request.captures);
    for (const RequestDefaults &level : m_request.defaults)
        addActions(level.captures);
    return *m_scopes;
}

std::optional<VariableMeaning> VariableMeanings::find(const QString &name) const
{
    if (name.startsWith(u'$')) {
        static const QStringList dynamic = DynamicValues::names();
        if (!dynamic.contains(QStringView(name).sliced(1)))
            return std::nullopt;
        return VariableMeaning{{}, tr("Sluice"), {}, true};
    }
    const std::optional<Variable> variable = scopes().find(name);
    if (!variable)
        return std::nullopt;
    if (m_setBefore.contains(name))
        return VariableMeaning{{}, tr("an action"), {}, true};
    VariableMeaning meaning{
        variable->value, scopeText(variable->scope, m_inputs.environment.name), {}};
    DynamicValues dynamic;
    const Result<QString> resolved =
        TemplateExpander(scopes(), dynamic).expand(u"{{%1}}"_s.arg(name), tr("this text"));
    if (resolved)
        meaning.value = *resolved;
    else
        meaning.problem = resolved.error().message;
    return meaning;
}

bool VariableMeanings::isBad(const QString &name) const
{
    const std::optional<VariableMeaning> meaning = find(name);
    return !meaning || !meaning->problem.isEmpty();
}

QString VariableMeanings::describe(const QString &name) const
{
    const std::optional<VariableMeaning> meaning = find(name);
    if (meaning && meaning->isMadeLater) {
        return name.startsWith(u'$')
                   ? tr("{{%1}} is made anew for every request").arg(name)
                   : tr("{{%1}} is set by an action before the request").arg(name);
    }
    if (!meaning)
        return tr("{{%1}} is not defined in this environment, folder or request").arg(name);
    if (!meaning->problem.isEmpty())
        return meaning->problem;
    return tr("%1 = %2 (from %3)").arg(name, meaning->value, meaning->from);
}

QString VariableMeanings::hint(const QString &text) const
{
    const std::vector<Placeholder> spans = findPlaceholders(text);
    if (spans.empty())
        return {};
    const std::optional<VariableMeaning> meaning = find(spans.front().name);
    if (!meaning)
        return tr("not defined");
    if (meaning->isMadeLater)
        return {};
    if (!meaning->problem.isEmpty())
        return meaning->problem;
    return tr("%1 from %2").arg(meaning->value, meaning->from);
}

} // namespace Sluice

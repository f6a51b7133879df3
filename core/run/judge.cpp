// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/judge.h"

#include "core/environment/template.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

VariableLookup lookupIn(const VariableScopes &scopes)
{
    return [&scopes](const QString &name) -> std::optional<VariableValue> {
        const std::optional<Variable> variable = scopes.find(name);
        return variable ? std::optional(VariableValue{variable->value, variable->type})
                        : std::nullopt;
    };
}

/** For whom a variable holds that an action in \a depth of the defaults sets. */
CapturedVariable placed(const RequestInContext &request, const EffectiveCapture &capture,
                        VariableScope scope, VariableValue value)
{
    CapturedVariable variable{capture.spec.variable, std::move(value), scope, {}};
    // The request's own folder, unless a folder around it brought the action.
    const std::size_t innermost = request.defaults.empty() ? 0 : request.defaults.size() - 1;
    const bool isFolders = capture.depth > 0 && capture.depth < request.defaults.size();
    const std::size_t depth = isFolders ? capture.depth : innermost;
    if (scope == VariableScope::Request)
        variable.owner = request.path;
    else if (scope == VariableScope::Folder && depth > 0)
        variable.owner = folderAt(request, depth);
    else if (scope == VariableScope::Folder)
        variable.scope = VariableScope::Collection; // The request lies in no folder.
    return variable;
}

/** What variables the files may set: the process's are not theirs. */
Result<VariableScope> scopeOf(const CaptureSpec &capture)
{
    const std::optional<VariableScope> scope = variableScope(capture.scope);
    if (scope && scope != VariableScope::Process)
        return *scope;
    return failure(ErrorCode::Usage, u"there is no scope '%1'"_s.arg(capture.scope));
}

void runActions(Checker &checker, const RequestInContext &request, CaptureSpec::Phase phase,
                VariableScopes &scopes, Judgement &judgement)
{
    for (const EffectiveCapture &action : effectiveActions(request, phase)) {
        const Result<VariableScope> scope = scopeOf(action.spec);
        Result<VariableValue> value =
            scope ? checker.capture(action.spec) : std::unexpected(scope.error());
        if (value) {
            CapturedVariable variable = placed(request, action, *scope, std::move(*value));
            CapturedVariables own;
            own.set(variable);
            own.addTo(scopes, request);
            if (scopes.isSecret(variable.name))
                judgement.secrets.append(variable.value.text);
            judgement.captured.push_back(std::move(variable));
        } else {
            const QString why =
                u"variable '%1' was not set: %2"_s.arg(action.spec.variable, value.error().message);
            judgement.checks.push_back(
                {{action.spec.expression, u"isDefined"_s, {}, true}, false, why});
        }
    }
}

} // namespace

void Judgement::add(Judgement &&later)
{
    std::ranges::move(later.checks, std::back_inserter(checks));
    std::ranges::move(later.captured, std::back_inserter(captured));
    secrets += later.secrets;
}

Judgement prepare(Checker &checker, const RequestInContext &request, VariableScopes &scopes)
{
    checker.setVariables(lookupIn(scopes));
    Judgement judgement;
    runActions(checker, request, CaptureSpec::Phase::BeforeRequest, scopes, judgement);
    return judgement;
}

Judgement judge(Checker &checker, const RequestInContext &request, const Response &response,
                VariableScopes &scopes)
{
    checker.setResponse(response, lookupIn(scopes));
    Judgement judgement;
    runActions(checker, request, CaptureSpec::Phase::AfterResponse, scopes, judgement);
    DynamicValues dynamic;
    const TemplateExpander expander(scopes, dynamic);
    for (const AssertionSpec &assertion : request.request.assertions) {
        if (!assertion.enabled)
            continue;
        AssertionSpec expanded = assertion;
        // As in Bruno, an unknown variable stays as it is written.
        if (assertion.value.contains("{{"_L1))
            expanded.value = expander.expand(assertion.value, {}).value_or(assertion.value);
        judgement.checks.push_back(checker.check(expanded));
    }
    return judgement;
}

std::vector<EffectiveCapture> effectiveActions(const RequestInContext &request,
                                               std::optional<CaptureSpec::Phase> phase)
{
    std::vector<EffectiveCapture> result;
    const auto add = [&](const std::vector<CaptureSpec> &captures, std::size_t depth) {
        for (const CaptureSpec &capture : captures) {
            if (capture.enabled && (!phase || capture.phase == *phase))
                result.push_back({capture, depth});
        }
    };
    for (std::size_t depth = 0; depth < request.defaults.size(); ++depth)
        add(request.defaults[depth].captures, depth);
    add(request.request.captures, request.defaults.size());
    return result;
}

std::vector<CaptureSpec> effectiveCaptures(const RequestInContext &request)
{
    std::vector<CaptureSpec> result;
    for (EffectiveCapture &capture : effectiveActions(request, CaptureSpec::Phase::AfterResponse))
        result.push_back(std::move(capture.spec));
    return result;
}

} // namespace Sluice

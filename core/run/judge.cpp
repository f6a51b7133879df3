// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/judge.h"

#include "core/environment/template.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

Judgement judge(Checker &checker, const RequestInContext &request, const Response &response,
                VariableScopes &scopes)
{
    checker.setResponse(response, [&scopes](const QString &name) -> std::optional<VariableValue> {
        const std::optional<Variable> variable = scopes.find(name);
        return variable ? std::optional(VariableValue{variable->value, variable->type})
                        : std::nullopt;
    });
    Judgement judgement;
    for (const CaptureSpec &capture : effectiveCaptures(request)) {
        if (const Result<VariableValue> value = checker.capture(capture)) {
            judgement.captured.push_back({capture.variable, *value});
            scopes.set(VariableScope::Runtime, capture.variable, value->text, false, value->type);
        } else {
            const QString why =
                u"variable '%1' was not set: %2"_s.arg(capture.variable, value.error().message);
            judgement.checks.push_back(
                {{capture.expression, u"isDefined"_s, {}, true}, false, why});
        }
    }
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

std::vector<CaptureSpec> effectiveCaptures(const RequestInContext &request)
{
    std::vector<CaptureSpec> result;
    const auto add = [&result](const std::vector<CaptureSpec> &captures) {
        std::ranges::copy_if(captures, std::back_inserter(result), &CaptureSpec::enabled);
    };
    for (const RequestDefaults &level : request.defaults)
        add(level.captures);
    add(request.request.captures);
    return result;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/k6checks.h"

#include "core/interchange/loadscript.h"
#include "core/interchange/scriptcondition.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** `x` stands where `L` is needed twice. */
constexpr ScriptCondition conditions[] = {
    {"eq", "L === R"},
    {"neq", "L !== R"},
    {"gt", "L > R"},
    {"gte", "L >= R"},
    {"lt", "L < R"},
    {"lte", "L <= R"},
    {"in", "[R].includes(L)"},
    {"notIn", "![R].includes(L)"},
    {"contains", "L.includes(R)"},
    {"notContains", "!L.includes(R)"},
    {"length", "L.length === R"},
    {"matches", "new RegExp(R).test(L)"},
    {"notMatches", "!new RegExp(R).test(L)"},
    {"startsWith", "L.startsWith(R)"},
    {"endsWith", "L.endsWith(R)"},
    {"between", "(([low, high], x) => x >= low && x <= high)([R], L)"},
    {"isEmpty", "(x => typeof x !== 'number' && Object.keys(x).length === 0)(L)"},
    {"isNotEmpty", "(x => typeof x !== 'number' && Object.keys(x).length > 0)(L)"},
    {"isNull", "L === null"},
    {"isUndefined", "L === undefined"},
    {"isDefined", "L !== undefined"},
    {"isTruthy", "L === true"},
    {"isFalsy", "L === false"},
    {"isJson", "(x => typeof x === 'object' && x !== null)(L)"},
    {"isNumber", "typeof L === 'number'"},
    {"isString", "typeof L === 'string'"},
    {"isBoolean", "typeof L === 'boolean'"},
    {"isArray", "Array.isArray(L)"},
};

QString literalCode(const ScriptOperand &operand)
{
    return operand.kind == ScriptOperand::Kind::Text ? javaScriptString(operand.text)
                                                     : operand.text;
}

/** \a expression with the variables that it names taken from `vars`. */
QString expressionCode(const QString &expression)
{
    static const QRegularExpression bare(uR"re(^res\b([\w.$\[\]()]|'[^']*'|"[^"]*")*$)re"_s);
    if (bare.match(expression).hasMatch())
        return expression;
    return u"(%1)"_s.arg(expression);
}

/** \a code, which may fail, over the variables that \a expression names. */
QString attempt(const LoadCall &call, const QString &expression, const QString &code)
{
    QStringList names;
    for (const QString &name : expressionNames(expression)) {
        if (call.names.contains(name))
            names += name;
    }
    return names.isEmpty()
               ? u"attempt(() => %1)"_s.arg(code)
               : u"attempt(() => (({ %1 }) => %2)(vars))"_s.arg(names.join(u", "_s), code);
}

QString testCode(const AssertionSpec &assertion, const ScriptText &parts)
{
    static const ScriptDialect javaScript{conditions, javaScriptString, literalCode, javaScriptText,
                                          u"...%1.split(',').map(literal)"_s};
    return conditionCode(javaScript, assertion, parts, expressionCode(assertion.expression));
}

QString checkName(const AssertionSpec &assertion)
{
    return (assertion.expression + u' ' + assertion.op + u' ' + assertion.value).trimmed();
}

/** `res` as expressions know it, over Postman's response. */
constexpr auto PostmanResponse =
    "const body = () => { try { return pm.response.json() } catch (e) { return pm.response.text() "
    "} }\n"
    "const child = (value, key) => value === null || typeof value !== 'object' ? undefined : "
    "value[key]\n"
    "const res = path => (String(path).match(/[^.[\\]]+/g) || []).reduce(child, body())\n"
    "res.status = pm.response.code\n"
    "res.statusText = pm.response.status\n"
    "res.responseTime = pm.response.responseTime\n"
    "res.headers = {}\n"
    "pm.response.headers.each(header => { res.headers[header.key.toLowerCase()] = header.value })\n"
    "Object.defineProperty(res, 'body', { get: body })\n"_L1;

} // namespace

QString postmanTests(const std::vector<AssertionSpec> &assertions,
                     const std::vector<CaptureSpec> &captures)
{
    QString code;
    for (const CaptureSpec &capture : captures) {
        code += u"pm.collectionVariables.set(%1, %2)\n"_s.arg(javaScriptString(capture.variable),
                                                              expressionCode(capture.expression));
    }
    for (const AssertionSpec &assertion : assertions) {
        // Postman's scripts see no {{variables}}; they are asked for by name.
        ScriptText parts{{TextPart::Kind::Literal, assertion.value}};
        const QString test = assertion.enabled ? testCode(assertion, parts) : QString();
        if (!test.isEmpty())
            code += u"pm.test(%1, () => { pm.expect(%2).to.equal(true) })\n"_s.arg(
                javaScriptString(checkName(assertion)), test);
    }
    code.chop(1);
    return code.isEmpty() ? code : PostmanResponse + code;
}

QString k6Captures(const LoadCall &call)
{
    if (call.captures.empty() && call.assertions.empty())
        return {};
    QString code = u"  const res = replyOf(response)\n"_s;
    for (const CaptureSpec &capture : call.captures) {
        const QString value = attempt(call, capture.expression, expressionCode(capture.expression));
        code += u"  %1 = textOf(%2)\n"_s.arg(javaScriptVariable(capture.variable), value);
    }
    return code;
}

QString k6Checks(const LoadCall &call, bool bail)
{
    QString code;
    UniqueNames names({});
    for (const CaptureSpec &capture : call.captures) {
        code += u"    %1: () => %2 !== undefined,\n"_s.arg(
            javaScriptString(names.take(capture.variable + u" is set"_s)),
            javaScriptVariable(capture.variable));
    }
    for (const auto &[assertion, parts] : call.assertions) {
        const QString test = testCode(assertion, parts);
        if (!test.isEmpty())
            code += u"    %1: () => %2,\n"_s.arg(javaScriptString(names.take(checkName(assertion))),
                                                 attempt(call, assertion.expression, test));
    }
    if (code.isEmpty())
        return bail ? u"  if (response.error_code !== 0) exec.test.abort(response.error)\n"_s
                    : QString();
    code = u"check(response, {\n%1  })"_s.arg(code);
    return bail ? u"  if (!%1) exec.test.abort('a check failed')\n"_s.arg(code)
                : u"  %1\n"_s.arg(code);
}

} // namespace Sluice

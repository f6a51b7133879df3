// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/locustchecks.h"

#include "core/interchange/scriptcondition.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr ScriptCondition conditions[] = {
    {"eq", "L == R"},
    {"neq", "L != R"},
    {"gt", "L > R"},
    {"gte", "L >= R"},
    {"lt", "L < R"},
    {"lte", "L <= R"},
    {"in", "L in [R]"},
    {"notIn", "L not in [R]"},
    {"contains", "R in L"},
    {"notContains", "R not in L"},
    {"length", "len(L) == R"},
    {"matches", "re.search(R, str(L))"},
    {"notMatches", "not re.search(R, str(L))"},
    {"startsWith", "L.startswith(R)"},
    {"endsWith", "L.endswith(R)"},
    {"between", "[R][0] <= L <= [R][1]"},
    {"isEmpty", "len(L) == 0"},
    {"isNotEmpty", "len(L) > 0"},
    {"isNull", "L is None"},
    {"isUndefined", "L is MISSING"},
    {"isDefined", "L is not MISSING"},
    {"isTruthy", "L is True"},
    {"isFalsy", "L is False"},
    {"isJson", "isinstance(L, (dict, list))"},
    {"isNumber", "isinstance(L, (int, float)) and not isinstance(L, bool)"},
    {"isString", "isinstance(L, str)"},
    {"isBoolean", "isinstance(L, bool)"},
    {"isArray", "isinstance(L, list)"},
};

QString literalCode(const ScriptOperand &operand)
{
    switch (operand.kind) {
    case ScriptOperand::Kind::Number:
        return operand.text;
    case ScriptOperand::Kind::True:
        return u"True"_s;
    case ScriptOperand::Kind::False:
        return u"False"_s;
    case ScriptOperand::Kind::Null:
        return u"None"_s;
    case ScriptOperand::Kind::Undefined:
        return u"MISSING"_s;
    case ScriptOperand::Kind::Text:
        break;
    }
    return pythonString(operand.text);
}

/** `.a[0]['b']` as the arguments of look_up(); nothing for anything else. */
std::optional<QString> pathArguments(const QString &path)
{
    static const QRegularExpression step(
        uR"re(\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\.(\d+)|\[["']([^"']+)["']\])re"_s);
    QString arguments;
    qsizetype at = 0;
    for (auto it = step.globalMatch(path); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedStart() != at)
            return {};
        at = match.capturedEnd();
        const QString index = match.captured(2) + match.captured(3);
        arguments +=
            u", "_s
            + (index.isEmpty() ? pythonString(match.captured(1) + match.captured(4)) : index);
    }
    return at == path.size() ? std::optional(arguments) : std::nullopt;
}

/** The JavaScript \a expression in Python, where it is one of the plain forms. */
std::optional<QString> expressionCode(const QString &expression)
{
    static const QRegularExpression header(
        uR"re(^res\.headers(?:\.([\w-]+)|\[["']([^"']+)["']\])$)re"_s);
    static const QRegularExpression call(uR"re(^res\(["']([^"']+)["']\)$)re"_s);
    const QString text = expression.trimmed();
    if (text == "res.status"_L1)
        return u"response.status_code"_s;
    if (text == "res.statusText"_L1)
        return u"response.reason"_s;
    if (text == "res.url"_L1)
        return u"response.url"_s;
    if (text == "res.responseTime"_L1)
        return u"response.elapsed.total_seconds() * 1000"_s;
    if (const auto match = header.match(text); match.hasMatch()) {
        return u"response.headers.get(%1, MISSING)"_s.arg(
            pythonString(match.captured(1) + match.captured(2)));
    }
    std::optional<QString> arguments;
    if (const auto match = call.match(text); match.hasMatch())
        arguments = pathArguments(match.captured(1));
    else if (text.startsWith("res.body"_L1))
        arguments = pathArguments(text.sliced(8));
    if (!arguments)
        return {};
    return arguments->isEmpty() ? u"body_of(response)"_s
                                : u"look_up(body_of(response)%1)"_s.arg(*arguments);
}

/** Empty when Python cannot say it. */
QString testCode(const AssertionSpec &assertion, const ScriptText &parts)
{
    static const ScriptDialect python{conditions, pythonString, literalCode, pythonText,
                                      u"*map(literal, %1.split(\",\"))"_s};
    const std::optional<QString> left = expressionCode(assertion.expression);
    return left ? conditionCode(python, assertion, parts, *left) : QString();
}

} // namespace

QString locustChecks(const LoadCall &call, QStringList &notes)
{
    QString code;
    for (const CaptureSpec &capture : call.captures) {
        const std::optional<QString> value = expressionCode(capture.expression);
        if (!value) {
            notes += u"'%1': %2 cannot be read by '%3' in Python; it keeps its value."_s.arg(
                call.name, capture.variable, capture.expression);
            continue;
        }
        const QString name = pythonString(capture.variable);
        code += u"        value = %1\n"_s.arg(*value);
        code += u"        if value is MISSING:\n"_s;
        code += u"            failures.append(%1)\n"_s.arg(
            pythonString(capture.variable + u" was not set"_s));
        code += u"        else:\n            v[%1] = text_of(value)\n"_s.arg(name);
    }
    for (const auto &[assertion, parts] : call.assertions) {
        const QString name =
            (assertion.expression + u' ' + assertion.op + u' ' + assertion.value).trimmed();
        const QString test = testCode(assertion, parts);
        if (test.isEmpty()) {
            notes += u"'%1': the check '%2' cannot be written in Python."_s.arg(call.name, name);
            continue;
        }
        code += u"        if not holds(lambda: %1):\n"_s.arg(test);
        code += u"            failures.append(%1)\n"_s.arg(pythonString(name));
    }
    return code;
}

} // namespace Sluice

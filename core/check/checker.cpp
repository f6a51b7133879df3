// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/checker.h"

#include "core/check/expressioncontext.h"
#include "core/check/operators.h"
#include "core/check/scriptnumbers.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qsizetype MaxShownLength = 120;

QString stripped(const QString &text, QChar open, QChar close)
{
    const bool isWrapped = text.size() >= 2 && text.startsWith(open) && text.endsWith(close);
    return isWrapped ? text.sliced(1, text.size() - 2) : text;
}

Result<QJSValue> list(ExpressionContext &context, const QString &text)
{
    std::vector<QJSValue> values;
    const QStringList items = stripped(text, u'[', u']').split(u',');
    for (const QString &item : items) {
        Result<QJSValue> value = context.literal(item.trimmed());
        if (!value)
            return value;
        values.push_back(*value);
    }
    return context.array(values);
}

Result<QJSValue> operand(ExpressionContext &context, const Operator &op, const QString &text)
{
    switch (op.operand) {
    case Operand::None:
        return QJSValue();
    case Operand::Literal:
        return context.literal(text);
    case Operand::List:
        return list(context, text);
    case Operand::Pattern:
        return context.pattern(stripped(text, u'/', u'/'));
    }
    Q_UNREACHABLE();
}

/** "expected LEFT PHRASE RIGHT". */
QString expectation(QString left, const Operator &op, const QString &right)
{
    if (left.size() > MaxShownLength)
        left = left.first(MaxShownLength) + u'…';
    const QString message = u"expected %1 %2"_s.arg(left, QString::fromLatin1(op.phrase));
    return op.operand == Operand::None ? message : message + u' ' + right;
}

} // namespace

Checker::Checker(std::chrono::milliseconds limit)
    : m_context(std::make_unique<ExpressionContext>(limit))
{
}

Checker::~Checker() = default;

void Checker::setResponse(const Response &response, VariableLookup lookup)
{
    m_context->setResponse(response, std::move(lookup));
}

void Checker::setVariables(VariableLookup lookup)
{
    m_context->setVariables(std::move(lookup));
}

CheckResult Checker::check(const AssertionSpec &assertion)
{
    const Operator *op = findOperator(assertion.op.isEmpty() ? u"eq"_s : assertion.op);
    if (!op)
        return {assertion, false, u"There is no operator '%1'."_s.arg(assertion.op)};
    if (const std::optional<CheckResult> verdict = checkExactly(assertion, *op))
        return *verdict;
    const Result<QJSValue> left = m_context->evaluate(assertion.expression);
    if (!left)
        return {assertion, false, left.error().message};
    const QString thrown = m_context->thrown();
    const Result<QJSValue> right = operand(*m_context, *op, assertion.value);
    if (!right)
        return {assertion, false, right.error().message};
    const bool passed = op->holds(*left, *right);
    if (!thrown.isEmpty())
        return {assertion, passed, u"'%1': %2"_s.arg(assertion.expression, thrown)};
    if (passed)
        return {assertion, true, {}};
    const QString shown =
        left->isString() ? u'"' + left->toString() + u'"' : m_context->toText(*left);
    return {assertion, false, expectation(shown, *op, assertion.value)};
}

/** The verdict where the digits have to be compared, because a double would round them. */
std::optional<CheckResult> Checker::checkExactly(const AssertionSpec &assertion, const Operator &op)
{
    const bool isEqual = QLatin1StringView(op.name) == "eq"_L1;
    const bool isDifferent = QLatin1StringView(op.name) == "neq"_L1;
    const QString wanted = assertion.value.trimmed();
    if ((!isEqual && !isDifferent) || !isLargeInteger(wanted))
        return {};
    const QString digits = m_context->exactInteger(assertion.expression);
    if (digits.isEmpty())
        return {};
    const bool passed = (digits == wanted) == isEqual;
    return CheckResult{assertion, passed,
                       passed ? QString() : expectation(digits, op, assertion.value)};
}

Result<VariableValue> Checker::capture(const CaptureSpec &capture)
{
    if (std::optional<VariableValue> value = m_context->variable(capture.expression.trimmed()))
        return *std::move(value);
    if (const QString digits = m_context->exactInteger(capture.expression); !digits.isEmpty())
        return VariableValue{digits, ValueType::Number};
    const Result<QJSValue> value = m_context->evaluate(capture.expression);
    if (!value)
        return std::unexpected(value.error());
    if (!m_context->thrown().isEmpty()) {
        return failure(ErrorCode::Parse,
                       u"'%1': %2"_s.arg(capture.expression, m_context->thrown()));
    }
    return m_context->toVariable(*value);
}

} // namespace Sluice

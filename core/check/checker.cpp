// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/checker.h"

#include "core/check/expressioncontext.h"
#include "core/check/operators.h"

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

CheckResult Checker::check(const AssertionSpec &assertion)
{
    const Operator *op = findOperator(assertion.op.isEmpty() ? u"eq"_s : assertion.op);
    if (!op)
        return {assertion, false, u"There is no operator '%1'."_s.arg(assertion.op)};
    const Result<QJSValue> left = m_context->evaluate(assertion.expression);
    if (!left)
        return {assertion, false, left.error().message};
    const Result<QJSValue> right = operand(*m_context, *op, assertion.value);
    if (!right)
        return {assertion, false, right.error().message};
    if (op->holds(*left, *right))
        return {assertion, true, {}};

    QString shown = left->isString() ? u'"' + left->toString() + u'"' : m_context->toText(*left);
    if (shown.size() > MaxShownLength)
        shown = shown.first(MaxShownLength) + u'…';
    QString message = u"expected %1 %2"_s.arg(shown, QString::fromLatin1(op->phrase));
    if (op->operand != Operand::None)
        message += u' ' + assertion.value;
    return {assertion, false, message};
}

Result<QString> Checker::capture(const CaptureSpec &capture)
{
    const Result<QJSValue> value = m_context->evaluate(capture.expression);
    if (!value)
        return std::unexpected(value.error());
    return m_context->toText(*value);
}

} // namespace Sluice

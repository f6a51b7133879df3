// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/scriptcondition.h"

#include "core/check/operators.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString operandCode(const ScriptDialect &dialect, Operand kind, const QString &text,
                    const ScriptText &parts)
{
    if (!isLiteral(parts)) {
        const QString code = dialect.textOf(parts);
        if (kind == Operand::Literal)
            return u"literal(%1)"_s.arg(code);
        return kind == Operand::List ? dialect.listOf.arg(code) : code;
    }
    switch (kind) {
    case Operand::None:
        return {};
    case Operand::Literal:
        return dialect.literal(scriptOperand(text));
    case Operand::Pattern:
        return dialect.string(operandPattern(text));
    case Operand::List:
        break;
    }
    QStringList items;
    const QStringList texts = operandItems(text);
    for (const QString &item : texts)
        items += dialect.literal(scriptOperand(item));
    return items.join(u", "_s);
}

} // namespace

QString conditionCode(const ScriptDialect &dialect, const AssertionSpec &assertion,
                      const ScriptText &parts, const QString &left)
{
    const Operator *op = findOperator(assertion.op.isEmpty() ? u"eq"_s : assertion.op);
    const auto condition =
        std::ranges::find_if(dialect.conditions, [op](const ScriptCondition &each) {
            return op && QLatin1StringView(op->name) == QLatin1StringView(each.op);
        });
    if (condition == dialect.conditions.end())
        return {};
    static const QRegularExpression leftMark(u"\\bL\\b"_s);
    static const QRegularExpression rightMark(u"\\bR\\b"_s);
    QString test = QString::fromLatin1(condition->code);
    // Marks that no expression contains: what is put in must not be replaced again.
    test.replace(rightMark, u"\x01"_s).replace(leftMark, u"\x02"_s);
    test.replace(u'\x02', left);
    return test.replace(u'\x01', operandCode(dialect, op->operand, assertion.value, parts));
}

} // namespace Sluice

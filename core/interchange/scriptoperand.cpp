// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/scriptoperand.h"

using namespace Qt::StringLiterals;

namespace Sluice {

ScriptOperand scriptOperand(const QString &text)
{
    using Kind = ScriptOperand::Kind;
    const QString bare = text.trimmed();
    if (bare == "true"_L1)
        return {Kind::True, bare};
    if (bare == "false"_L1)
        return {Kind::False, bare};
    if (bare == "null"_L1)
        return {Kind::Null, bare};
    if (bare == "undefined"_L1)
        return {Kind::Undefined, bare};
    for (const QChar quote : {u'"', u'\''}) {
        if (bare.size() >= 2 && bare.startsWith(quote) && bare.endsWith(quote))
            return {Kind::Text, bare.sliced(1, bare.size() - 2)};
    }
    bool isNumber = false;
    bare.toDouble(&isNumber);
    return {isNumber ? Kind::Number : Kind::Text, bare.isEmpty() ? text : bare};
}

QStringList operandItems(const QString &text)
{
    QString list = text.trimmed();
    if (list.startsWith(u'[') && list.endsWith(u']'))
        list = list.sliced(1, list.size() - 2);
    return list.split(u',', Qt::SkipEmptyParts);
}

QString operandPattern(const QString &text)
{
    const bool isBetween = text.size() >= 2 && text.startsWith(u'/') && text.endsWith(u'/');
    return isBetween ? text.sliced(1, text.size() - 2) : text;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Sluice {

/** The right-hand side of an assertion as core/check reads it, without its variables. */
struct ScriptOperand
{
    enum class Kind { Number, True, False, Null, Undefined, Text };

    Kind kind = Kind::Text;
    QString text; ///< The number as written, or the text without its quotes.
};

/** Reads \a text as one literal. */
ScriptOperand scriptOperand(const QString &text);
/** The items of a list, in brackets or not. */
QStringList operandItems(const QString &text);
/** A regular expression without the slashes around it. */
QString operandPattern(const QString &text);

} // namespace Sluice

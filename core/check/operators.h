// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJSValue>
#include <QStringList>

#include <optional>

namespace Sluice {

/** How the right-hand side of an assertion is read. */
enum class Operand {
    None,    ///< The operator takes none.
    Literal, ///< One literal: a number, a boolean, quoted or bare text.
    List,    ///< Literals parted by commas, in brackets or not.
    Pattern, ///< A regular expression, between slashes or not.
};

/**
 * One operator of an assertion. The verdicts are those of Bruno, which builds on the chai library:
 * equality is strict, comparisons and `between` hold only for numbers, `contains` only for text
 * and arrays, and an operand of the wrong type fails the negated operator too.
 */
struct Operator
{
    const char *name;
    const char *phrase; ///< "expected VALUE PHRASE OPERAND".
    Operand operand;
    /** \a right is an array for Operand::List, a RegExp for Operand::Pattern. */
    bool (*holds)(const QJSValue &left, const QJSValue &right);
};

/** The operator that files call \a name, or null. */
const Operator *findOperator(QStringView name);

/** Every operator's name, in the order in which they are offered. */
QStringList operatorNames();

} // namespace Sluice

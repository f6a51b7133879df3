// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"
#include "core/interchange/scriptoperand.h"
#include "core/interchange/scripttext.h"

#include <span>

namespace Sluice {

/** How a script's language says one operator, over `L`, the value, and `R`, the operand. */
struct ScriptCondition
{
    const char *op;
    const char *code;
};

/** What conditions need to know of a script's language. */
struct ScriptDialect
{
    std::span<const ScriptCondition> conditions;
    QString (*string)(const QString &text);           ///< A string literal.
    QString (*literal)(const ScriptOperand &operand); ///< Any literal.
    QString (*textOf)(const ScriptText &parts);       ///< A text with variables.
    QString listOf; ///< The items of the text %1, read as literals while the script runs.
};

/**
 * \a assertion as a condition over \a left, an expression; \a parts are its operand with variables
 * left to the script. Empty for an operator that there is not, or that the language cannot say.
 */
QString conditionCode(const ScriptDialect &dialect, const AssertionSpec &assertion,
                      const ScriptText &parts, const QString &left);

} // namespace Sluice

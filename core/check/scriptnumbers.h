// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Sluice {

/** JavaScript's Number.MAX_SAFE_INTEGER (ECMA-262, 21.1.2.6). */
inline constexpr qint64 MaxSafeInteger = 9007199254740991;

/** True for the digits of a whole number that a double cannot hold exactly. */
bool isLargeInteger(QStringView text);

/** A number as JavaScript's `Number()` reads it (ECMA-262, 7.1.4.1); nothing for other text. */
std::optional<double> scriptNumber(const QString &text);

/**
 * \a json with each whole number that a double cannot hold as a text of its digits, or nothing
 * when there is none.
 */
std::optional<QString> withExactIntegers(const QString &json);

} // namespace Sluice

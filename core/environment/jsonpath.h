// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Sluice {

/**
 * The value at \a path, e.g. `.user.name` or `[0].id`, in the JSON text \a json: a string's
 * content, anything else as it is written, so that no number is rounded. Nothing where the text is
 * no JSON or has no such value.
 */
std::optional<QString> jsonValueAt(QStringView json, QStringView path);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <optional>

namespace Sluice {

/** The value of a variable, or nothing when no scope defines it. */
using VariableLookup = std::function<std::optional<QString>(const QString &name)>;

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"

#include <functional>
#include <optional>

namespace Sluice {

/** The value of a variable, or nothing when no scope defines it. */
using VariableLookup = std::function<std::optional<VariableValue>(const QString &name)>;

} // namespace Sluice

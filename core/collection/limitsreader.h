// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/collection/yamlreader.h"

namespace Sluice {

/**
 * Reads `extensions.sluice.limits` of a collection; nothing when it has none. Wrong values and
 * unknown keys are problems: a limit that is silently ignored would hurt a server.
 */
std::optional<Limits> readLimits(const YamlNode &root, YamlReader &reader);

} // namespace Sluice

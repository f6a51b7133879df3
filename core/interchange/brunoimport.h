// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

namespace Sluice {

// What Bruno exports as one JSON file. Its folders in OpenCollection format need no import.

bool isBruno(const YamlNode &root);
void importBruno(const YamlNode &root, ImportContext &context);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

namespace Sluice {

// Insomnia's exports: format 4 (a flat list of resources) and 5 (a tree).

bool isInsomnia(const YamlNode &root);
void importInsomnia(const YamlNode &root, ImportContext &context);

} // namespace Sluice

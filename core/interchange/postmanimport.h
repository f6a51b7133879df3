// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

namespace Sluice {

// Postman collections, formats 2.0 and 2.1 (https://schema.postman.com).

bool isPostman(const YamlNode &root);
void importPostman(const YamlNode &root, ImportContext &context);

} // namespace Sluice

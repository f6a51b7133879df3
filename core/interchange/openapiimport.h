// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

namespace Sluice {

// OpenAPI 3.0 and 3.1 descriptions: one request an operation, examples as bodies.

bool isOpenApi(const YamlNode &root);
void importOpenApi(const YamlNode &root, ImportContext &context);

} // namespace Sluice

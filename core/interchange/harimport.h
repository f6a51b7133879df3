// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

namespace Sluice {

// HTTP archives 1.2 (http://www.softwareishard.com/blog/har-12-spec/): one request an entry.

bool isHar(const YamlNode &root);
void importHar(const YamlNode &root, ImportContext &context);

} // namespace Sluice

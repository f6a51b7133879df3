// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

namespace Sluice {

/** The item of a folder with its direct children only; what is in their folders is not read. */
Result<TreeItem> readFolderLevel(const QString &folder);

} // namespace Sluice

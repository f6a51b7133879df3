// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>

namespace Sluice {

/** The file that holds name and place of the item at \a path: itself, or a folder's folder.yml. */
QString itemInfoFile(const QString &path);

/**
 * Reads, edits and saves name and `seq` of the request or folder at \a path. A file that says so
 * already is not written. Blocks.
 */
Result<> editItemInfo(const QString &path,
                      const std::function<void(QString &name, double &seq)> &change);

} // namespace Sluice

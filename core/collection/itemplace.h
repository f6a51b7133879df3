// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlvalue.h"

namespace Sluice {

/**
 * Where an item is written: a file of its own, or a place inside the single file of a bundled
 * collection. As a path the latter is the file, `#` and the place: `shop.yml#items[0].items[2]`.
 */
struct ItemPlace
{
    QString file;
    YamlPath inside; ///< Empty = the whole file.

    bool isBundled() const { return !inside.empty(); }
};

/** Takes the path of an item apart. */
ItemPlace itemPlace(const QString &path);

/** The path of what is \a inside \a file. */
QString itemPath(const QString &file, const YamlPath &inside);

} // namespace Sluice

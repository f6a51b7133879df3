// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>

namespace Sluice {

/** How a collection's folder is written. */
enum class CollectionFormat {
    OpenCollection, ///< `opencollection.yml` and `.yml` files.
    Bru,            ///< Bruno's older `bruno.json` and `.bru` files; read, never written.
};

/** The names of a format's files. */
struct FormatFiles
{
    QString collection; ///< What makes a folder a collection.
    QString defaults;   ///< What the collection hands down; may be the same file.
    QString folder;
    QString suffix;
};

const FormatFiles &filesOf(CollectionFormat format);

/** The format of the collection whose root is \a folder; nothing where it is no root. */
std::optional<CollectionFormat> rootFormat(const QString &folder);

/** The format of the collection that holds \a path; OpenCollection outside of any. */
CollectionFormat formatOf(const QString &path);

/** True for a file in Bruno's older format. */
bool isBruFile(const QString &path);

/** The file that describes \a folder in its format; empty when it has none. */
QString describingFile(const QString &folder);

/** Every file of an environment of the collection \a root, by name. */
QStringList environmentFiles(const QString &root);

} // namespace Sluice

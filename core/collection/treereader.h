// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/treeindex.h"

namespace Sluice {

/** The item of a folder with its direct children only; what is in their folders is not read. */
Result<TreeItem> readFolderLevel(const QString &folder);

/** A tree, what it was read from, and what that cost. */
struct IndexedTree
{
    TreeItem tree;
    TreeIndex index;
    qint64 filesRead = 0; ///< Of those that describe items; the others were in the index.
};

/**
 * As readTree(), but of the files that  known has and that were not written since nothing is
 * read: only the folders are listed. When the collection's own file has changed, all of it is read.
 *  now is the time on the file system's clock.
 */
Result<IndexedTree> readTree(const QString &root, const TreeIndex &known,
                             const QDateTime &now = QDateTime::currentDateTimeUtc());

} // namespace Sluice

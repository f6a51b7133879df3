// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

#include <QByteArray>

namespace Sluice {

// Changes to the files of a collection as a whole. Each returns where the item is now. File names
// follow the items' names; the order is kept in `info.seq`. Any thread; none is undone by itself,
// but each has an inverse: rename and move back, remove what was created, restore what was removed.

/** Makes \a folder (created if need be) a collection. Fails when it is one already. */
Result<QString> createCollection(const QString &folder, const QString &name);

/** Adds a request as the last of \a folder; its `seq` is set. */
Result<QString> createRequest(const QString &folder, RequestSpec spec);

/** Adds an empty folder as the last one in \a parent. */
Result<QString> createFolder(const QString &parent, const QString &name);

/** Adds an environment to the collection \a root. */
Result<QString> createEnvironment(const QString &root, const EnvironmentSpec &spec);

/** Renames a request or a folder together with its file. */
Result<QString> renameItem(const QString &path, const QString &name);

/**
 * Moves a request or a folder into \a folder before the \a index-th of the items of its kind there
 * (requests and folders count apart; the item itself does not count). Its siblings' files change
 * only where there is no number left between them.
 */
Result<QString> moveItem(const QString &path, const QString &folder, qsizetype index);

/** Copies a request or a folder as "NAME copy", after the original. */
Result<QString> duplicateItem(const QString &path);

/** The files of a removed item, so that they can come back. */
struct RemovedItem
{
    struct File
    {
        QString path;
        QByteArray bytes;
    };

    QString path;
    QStringList folders; ///< Outer ones first.
    std::vector<File> files;
};

/** Removes a request, an environment or a folder with all that is in it. */
Result<RemovedItem> removeItem(const QString &path);

/** Puts back what removeItem() took; fails with ChangedOnDisk where something else is now. */
Result<> restoreItem(const RemovedItem &item);

} // namespace Sluice

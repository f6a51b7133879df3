// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

namespace Sluice {

/** A request, or a folder with what is in it. */
struct ImportedItem
{
    bool isFolder = false;
    RequestSpec request;
    FolderSpec folder;
    std::vector<ImportedItem> children;
};

/** What a file of another program says, as a collection. */
struct ImportedCollection
{
    FolderSpec root;
    std::vector<ImportedItem> items;
    std::vector<EnvironmentSpec> environments;
    /** What could not be taken over, with its place in the file; code Unsupported. */
    std::vector<Error> issues;
};

/** How many requests there are under \a items. */
qsizetype requestCount(const std::vector<ImportedItem> &items);

/** What happens to passwords, tokens and keys that the file has as plain text. */
enum class ImportedSecrets {
    HoldBack, ///< They become secret variables without a value; an issue names each.
    Keep,     ///< They stay where they are; an issue says so.
};

/** Applies \a secrets to every credential of \a collection; issues name the request. */
void treatSecrets(ImportedCollection &collection, ImportedSecrets secrets, const QString &file);

/**
 * Writes \a collection as a new one into \a folder, which must be empty or not there yet: Usage
 * else; or Io. Any thread.
 */
Result<> writeCollection(const ImportedCollection &collection, const QString &folder);

} // namespace Sluice

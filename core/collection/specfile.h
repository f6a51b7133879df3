// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/yamlnode.h"

namespace Sluice {

// Reads what one file, or one place in a bundled one, says, in either format. What could be read
// is returned together with every problem; a file that cannot be read at all is the error. Any
// thread.

/** A spec and what was wrong with its file. */
template<typename Spec>
struct SpecFile
{
    Spec spec;
    std::vector<Error> problems;
};

/** A request by its path. */
Result<SpecFile<RequestSpec>> readRequestFile(const QString &path);
/** What describes \a folder, a folder's path or a place in a bundled file; empty without a file. */
Result<SpecFile<FolderSpec>> readFolderFile(const QString &folder);
/** What describes \a folder in the older format, even where there is a newer file beside it. */
Result<SpecFile<FolderSpec>> readBruFolderFile(const QString &folder);
/** An environment by its path. */
Result<SpecFile<EnvironmentSpec>> readEnvironmentFile(const QString &path);

/** The spec, or the first problem. */
template<typename Spec>
Result<Spec> flawless(Result<SpecFile<Spec>> file)
{
    if (!file)
        return std::unexpected(file.error());
    if (!file->problems.empty())
        return std::unexpected(file->problems.front());
    return std::move(file->spec);
}

/** True for the root of a file that holds a whole collection. */
bool isBundle(const YamlNode &root);
/** True when \a file is one; other files and folders are not. */
bool isBundleFile(const QString &file);
/** Unsupported when \a path is a bundled collection or an item in one: no file of its own. */
Result<> ensureOwnFile(const QString &path);

} // namespace Sluice

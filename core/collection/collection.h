// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/base/result.h"
#include "core/collection/treeitem.h"
#include "core/http/requestspec.h"

#include <optional>

namespace Sluice {

/** One variable of an environment file. */
struct EnvironmentVariable
{
    QString name;
    QString value;
    bool enabled = true;
    bool secret = false; ///< The value is not in the file.
    QString description;
    ValueType type = ValueType::Text;
    QString from; ///< The environment that has it, when another that extends it was read; or empty.

    bool operator==(const EnvironmentVariable &) const = default;
};

/** `environments/NAME.yml`. */
struct EnvironmentSpec
{
    QString name;
    QString path;
    std::vector<EnvironmentVariable> variables;
    QString extends;    ///< Name of an environment whose variables hold where this one has none.
    QString dotEnvFile; ///< Relative to the collection; empty = `.env`.

    bool operator==(const EnvironmentSpec &) const = default;
};

/** What `opencollection.yml` or `folder.yml` says. */
struct FolderSpec
{
    QString name;
    double seq = 0;
    RequestDefaults defaults;
    /** `extensions.sluice.limits`, root only; keys left out keep their default. */
    std::optional<Limits> limits;
    QString docs;
    QString formatVersion; ///< `opencollection: 1.0.0`, root only.
    bool readOnly = false; ///< Of a newer major format: shown and run, never written.

    bool operator==(const FolderSpec &) const = default;
};

/** A request with everything that applies to it, ready to be expanded. */
struct RequestInContext
{
    QString path;
    QString collectionPath;
    QString displayPath; ///< `folder/sub/name`, for reports.
    RequestSpec request;
    std::vector<RequestDefaults> defaults; ///< Outermost (collection) first.
};

/** An item that cannot be sent. */
struct SkippedItem
{
    QString displayPath;
    QString reason; ///< "gRPC is not supported".

    bool operator==(const SkippedItem &) const = default;
};

/** What a run of a part of a collection is about. */
struct RequestSet
{
    std::vector<RequestInContext> requests;
    std::vector<SkippedItem> skipped;
};

/** The root folder that holds \a path (a collection, a folder or a request file in one). */
Result<QString> findCollectionRoot(const QString &path);

/** The tree under the collection \a root. Unreadable files are items with their error. Any thread.
 */
Result<TreeItem> readTree(const QString &root);

/** `opencollection.yml` of a root or `folder.yml` of a folder. Any thread. */
Result<FolderSpec> readFolder(const QString &folder);

/** Every environment of the collection, by name. Any thread. */
Result<std::vector<EnvironmentSpec>> readEnvironments(const QString &root);

/**
 * The environment called \a name with the variables of those that it extends. An unknown name or a
 * cycle is a Usage error that lists what there is. Any thread.
 */
Result<EnvironmentSpec> readEnvironment(const QString &root, const QString &name);

/** Reads one request file and all that it inherits. Any thread. */
Result<RequestInContext> readRequest(const QString &file);

/** The requests at or under \a path (file, folder or collection), in tree order, and apart from
 * them those that cannot run. The first unreadable file is the error. Any thread. */
Result<RequestSet> readRequestSet(const QString &path);
/** As readRequestSet(), only those that can run. */
Result<std::vector<RequestInContext>> readRequests(const QString &path);

/** ErrorCode::ReadOnly when \a path is in a collection of a newer major format. Any thread. */
Result<> ensureWritable(const QString &path);

/** Every problem of the collection \a root, in tree order, or of one file. Any thread. */
std::vector<Error> checkCollection(const QString &root);

} // namespace Sluice

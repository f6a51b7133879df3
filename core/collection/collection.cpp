// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collection.h"

#include "core/collection/collectionformat.h"
#include "core/collection/contextreader.h"
#include "core/collection/environments.h"
#include "core/collection/formatnames.h"
#include "core/collection/itemplace.h"
#include "core/collection/requestreader.h"
#include "core/collection/specfile.h"
#include "core/collection/yamlfile.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** \a names are those of \a item and of the folders above it. */
Result<> readUnder(const TreeItem &item, const QStringList &names, ContextReader &reader,
                   RequestSet &to)
{
    if (item.kind == TreeItem::Kind::Unreadable)
        return std::unexpected(*item.error);
    if (item.kind == TreeItem::Kind::Request) {
        if (!item.note.isEmpty()) {
            // By the same path as if it could run, wherever the run begins.
            const Result<RequestInContext> known = reader.read(item.path);
            to.skipped.push_back({known ? known->displayPath : names.join(u'/'), item.note});
            return {};
        }
        Result<RequestInContext> request = reader.read(item.path);
        if (!request)
            return std::unexpected(request.error());
        to.requests.push_back(std::move(*request));
        return {};
    }
    if (item.error)
        return std::unexpected(*item.error);
    for (const TreeItem &child : item.children) {
        if (const Result<> result = readUnder(child, names + QStringList{child.name}, reader, to);
            !result)
            return result;
    }
    return {};
}

/** The item at or under \a item whose path is \a path, or nullptr. */
const TreeItem *findItem(const TreeItem &item, const QString &path)
{
    if (item.path == path)
        return &item;
    for (const TreeItem &child : item.children) {
        if (const TreeItem *found = findItem(child, path))
            return found;
    }
    return nullptr;
}

/** The root that holds \a path, or the folder itself for a file that is in no collection. */
QString rootOrFolder(const QString &path)
{
    if (const Result<QString> root = findCollectionRoot(path))
        return *root;
    const QFileInfo info(itemPlace(path).file);
    return info.isDir() ? info.absoluteFilePath() : info.absolutePath();
}

template<typename Spec>
void addProblems(const Result<SpecFile<Spec>> &file, std::vector<Error> &problems)
{
    if (file)
        std::ranges::copy(file->problems, std::back_inserter(problems));
    else
        problems.push_back(file.error());
}

void checkItem(const TreeItem &item, std::vector<Error> &problems)
{
    switch (item.kind) {
    case TreeItem::Kind::Unreadable:
        problems.push_back(*item.error);
        break;
    case TreeItem::Kind::Request:
        addProblems(readRequestFile(item.path), problems);
        break;
    case TreeItem::Kind::Collection:
    case TreeItem::Kind::Folder:
        addProblems(readFolderFile(item.path), problems);
        for (const TreeItem &child : item.children)
            checkItem(child, problems);
        break;
    }
}

/** Adds the problems of one file, which may be of any kind. */
void checkFile(const QString &path, std::vector<Error> &problems)
{
    const QFileInfo file(path);
    const FormatFiles &names = filesOf(formatOf(path));
    const QString name = file.fileName();
    if (name == names.collection || name == names.defaults || name == names.folder)
        addProblems(readFolderFile(file.absolutePath()), problems);
    else if (file.dir().dirName() == QLatin1StringView(EnvironmentsFolder))
        addProblems(readEnvironmentFile(path), problems);
    else
        addProblems(readRequestFile(path), problems);
}

/** The paths of the environments that a collection's own file holds. */
QStringList bundledEnvironments(const QString &root)
{
    QStringList paths;
    const QString file = describingFile(root);
    if (file.isEmpty() || isBruFile(file))
        return paths;
    const Result<YamlNode> node = readYamlFile(file);
    const YamlNode *list = node ? node->descendant({u"config", u"environments"}) : nullptr;
    for (qsizetype i = 0; list && list->isSequence() && i < qsizetype(list->children.size()); ++i)
        paths.append(itemPath(file, {u"config"_s, u"environments"_s, i}));
    return paths;
}

} // namespace

Result<QString> findCollectionRoot(const QString &path)
{
    const QFileInfo info(itemPlace(path).file);
    if (!info.exists())
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The path does not exist"_s, path, 0, 0});
    QDir dir(info.isDir() ? info.absoluteFilePath() : info.absolutePath());
    do {
        if (rootFormat(dir.absolutePath()))
            return dir.absolutePath();
    } while (dir.cdUp());
    if (isBundleFile(info.absoluteFilePath()))
        return info.absoluteFilePath();
    return std::unexpected(
        Error{ErrorCode::FileNotFound,
              u"Neither this folder nor one above it holds an opencollection.yml"_s, path, 0, 0});
}

Result<FolderSpec> readFolder(const QString &folder)
{
    return flawless(readFolderFile(folder));
}

Result<std::vector<EnvironmentSpec>> readEnvironments(const QString &root)
{
    std::vector<EnvironmentSpec> environments;
    const QStringList paths = environmentFiles(root) + bundledEnvironments(root);
    for (const QString &path : paths) {
        Result<EnvironmentSpec> spec = flawless(readEnvironmentFile(path));
        if (!spec)
            return std::unexpected(spec.error());
        environments.push_back(std::move(*spec));
    }
    std::ranges::stable_sort(environments, {}, &EnvironmentSpec::name);
    return environments;
}

Result<EnvironmentSpec> readEnvironment(const QString &root, const QString &name)
{
    const Result<std::vector<EnvironmentSpec>> all = readEnvironments(root);
    if (!all)
        return std::unexpected(all.error());
    return resolveEnvironment(*all, name);
}

Result<EnvironmentSpec> resolveEnvironment(const std::vector<EnvironmentSpec> &all,
                                           const QString &name)
{
    QStringList names;
    for (const EnvironmentSpec &environment : all)
        names.append(environment.name);
    EnvironmentSpec result;
    QStringList chain;
    for (QString next = name; !next.isEmpty();) {
        if (chain.contains(next)) {
            return failure(ErrorCode::Usage,
                           u"The environments %1 extend each other"_s.arg(chain.join(u" → "_s)));
        }
        const auto found = std::ranges::find(all, next, &EnvironmentSpec::name);
        if (found == all.end()) {
            return failure(ErrorCode::Usage,
                           u"There is no environment \"%1\"; the collection has: %2"_s.arg(
                               next, names.isEmpty() ? u"none"_s : names.join(u", "_s)));
        }
        if (chain.isEmpty())
            result = *found;
        for (const EnvironmentVariable &variable : found->variables) {
            const auto hides = [&variable](const EnvironmentVariable &other) {
                return other.enabled && other.name == variable.name;
            };
            if (!chain.isEmpty() && std::ranges::none_of(result.variables, hides)) {
                result.variables.push_back(variable);
                result.variables.back().from = next;
            }
        }
        if (result.dotEnvFile.isEmpty())
            result.dotEnvFile = found->dotEnvFile;
        chain.append(next);
        next = found->extends;
    }
    return result;
}

Result<RequestInContext> readRequest(const QString &file)
{
    const ItemPlace place = itemPlace(file);
    const QFileInfo info(place.file);
    if (!info.isFile()) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"There is no request file here"_s, file, 0, 0});
    }
    const QString path = itemPath(info.absoluteFilePath(), place.inside);
    return ContextReader(rootOrFolder(path)).read(path);
}

Result<RequestSet> readRequestSet(const QString &path)
{
    RequestSet set;
    const ItemPlace place = itemPlace(path);
    const QFileInfo info(place.file);
    if (!info.exists())
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The path does not exist"_s, path, 0, 0});
    const FormatFiles &names = filesOf(formatOf(info.absoluteFilePath()));
    const QString name = info.fileName();
    const bool describesFolder =
        name == names.collection || name == names.defaults || name == names.folder;
    const bool isBundle = info.isFile() && !describesFolder && isBundleFile(place.file);
    if (info.isFile() && !describesFolder && !isBundle) {
        Result<RequestInContext> request = readRequest(path);
        if (!request)
            return std::unexpected(request.error());
        const QString note = itemNote(itemKind(request->request.kind));
        if (!note.isEmpty())
            set.skipped.push_back({request->displayPath, note});
        else
            set.requests.push_back(std::move(*request));
        return set;
    }
    const QString folder = info.isDir() || isBundle ? info.absoluteFilePath() : info.absolutePath();
    const Result<TreeItem> tree = readTree(folder);
    if (!tree)
        return std::unexpected(tree.error());
    const TreeItem *item = place.isBundled()
                               ? findItem(*tree, itemPath(info.absoluteFilePath(), place.inside))
                               : &*tree;
    if (!item)
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The item is no longer in the file"_s, path, 0, 0});
    ContextReader reader(rootOrFolder(folder));
    if (const Result<> result = readUnder(*item, {}, reader, set); !result)
        return std::unexpected(result.error());
    return set;
}

Result<std::vector<RequestInContext>> readRequests(const QString &path)
{
    Result<RequestSet> set = readRequestSet(path);
    if (!set)
        return std::unexpected(set.error());
    return std::move(set->requests);
}

Result<> ensureWritable(const QString &path)
{
    const ItemPlace place = itemPlace(path);
    const auto fail = [&path](const QString &message) {
        return std::unexpected(Error{ErrorCode::ReadOnly, message, path, 0, 0});
    };
    const Result<QString> root =
        findCollectionRoot(place.isBundled() ? place.file : QFileInfo(place.file).absolutePath());
    if (!root)
        return {};
    if (formatOf(*root) == CollectionFormat::Bru) {
        return fail(u"The collection is in Bruno's older .bru format; convert it to change it"_s);
    }
    const Result<FolderSpec> spec = readFolder(*root);
    if (!spec || !spec->readOnly)
        return {};
    return fail(
        u"The collection is of the newer format %1; it is not changed"_s.arg(spec->formatVersion));
}

std::vector<Error> checkCollection(const QString &root)
{
    std::vector<Error> problems;
    if (QFileInfo(root).isFile() && !isBundleFile(root)) {
        checkFile(root, problems);
        return problems;
    }
    const Result<TreeItem> tree = readTree(root);
    if (!tree)
        return {tree.error()};
    checkItem(*tree, problems);
    const QStringList environments = environmentFiles(root) + bundledEnvironments(root);
    for (const QString &path : environments)
        addProblems(readEnvironmentFile(path), problems);
    return problems;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collection.h"

#include "core/collection/folderreader.h"
#include "core/collection/formatnames.h"
#include "core/collection/requestreader.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString collectionFile(const QString &folder)
{
    return folder + u'/' + QLatin1StringView(CollectionFile);
}

/** The file that describes \a folder; empty when it has none. */
QString describingFile(const QString &folder)
{
    for (const char *name : {CollectionFile, FolderFile}) {
        const QString path = folder + u'/' + QLatin1StringView(name);
        if (QFileInfo::exists(path))
            return path;
    }
    return {};
}

Result<FolderSpec> readFolderFile(const QString &folder, YamlReader &reader)
{
    const QString path = describingFile(folder);
    if (path.isEmpty()) {
        FolderSpec spec;
        spec.name = QDir(folder).dirName();
        return spec;
    }
    const Result<YamlNode> root = readYamlFile(path);
    if (!root)
        return std::unexpected(root.error());
    return readFolderSpec(*root, QDir(folder).dirName(), reader);
}

Result<EnvironmentSpec> readEnvironmentFile(const QString &path, YamlReader &reader)
{
    const Result<YamlNode> root = readYamlFile(path);
    if (!root)
        return std::unexpected(root.error());
    return readEnvironmentSpec(*root, path, reader);
}

QStringList environmentFiles(const QString &root)
{
    const QDir dir(root + u'/' + QLatin1StringView(EnvironmentsFolder));
    QStringList files;
    for (const QString &name : dir.entryList({u"*.yml"_s}, QDir::Files, QDir::Name))
        files.append(dir.absoluteFilePath(name));
    return files;
}

/** Reads requests with what they inherit; each folder's file is read once. */
class ContextReader
{
public:
    explicit ContextReader(const QString &root) : m_root(root) {}

    Result<RequestInContext> read(const QString &file)
    {
        const Result<YamlNode> node = readYamlFile(file);
        if (!node)
            return std::unexpected(node.error());
        YamlReader reader(file);
        RequestInContext result;
        result.path = file;
        result.collectionPath = m_root;
        result.request = readRequestSpec(*node, QFileInfo(file).completeBaseName(), reader);
        if (const Result<> problems = reader.result(); !problems)
            return std::unexpected(problems.error());
        QStringList names;
        const QString relative = QDir(m_root).relativeFilePath(QFileInfo(file).absolutePath());
        QString folder = m_root;
        QStringList steps = relative.split(u'/', Qt::SkipEmptyParts);
        steps.removeAll(u"."_s);
        for (qsizetype depth = 0; depth <= steps.size(); ++depth) {
            if (depth > 0)
                folder += u'/' + steps[depth - 1];
            const Result<FolderSpec> spec = this->folder(folder);
            if (!spec)
                return std::unexpected(spec.error());
            result.defaults.push_back(spec->defaults);
            if (depth > 0)
                names.append(spec->name);
        }
        names.append(result.request.name);
        result.displayPath = names.join(u'/');
        return result;
    }

private:
    Result<FolderSpec> folder(const QString &path)
    {
        const auto found = m_folders.constFind(path);
        if (found != m_folders.cend())
            return *found;
        Result<FolderSpec> spec = readFolder(path);
        if (spec)
            m_folders.insert(path, *spec);
        return spec;
    }

    QString m_root;
    QHash<QString, FolderSpec> m_folders;
};

Result<> readUnder(const TreeItem &item, ContextReader &reader, std::vector<RequestInContext> &to)
{
    if (item.kind == TreeItem::Kind::Unreadable)
        return std::unexpected(*item.error);
    if (item.kind == TreeItem::Kind::Request) {
        if (!item.note.isEmpty())
            return {};
        Result<RequestInContext> request = reader.read(item.path);
        if (!request)
            return std::unexpected(request.error());
        to.push_back(std::move(*request));
        return {};
    }
    if (item.error)
        return std::unexpected(*item.error);
    for (const TreeItem &child : item.children) {
        if (const Result<> result = readUnder(child, reader, to); !result)
            return result;
    }
    return {};
}

/** The root that holds \a path, or the folder itself for a file that is in no collection. */
QString rootOrFolder(const QString &path)
{
    if (const Result<QString> root = findCollectionRoot(path))
        return *root;
    const QFileInfo info(path);
    return info.isDir() ? info.absoluteFilePath() : info.absolutePath();
}

/** Adds the problems of one file, which may be of any kind. */
void checkFile(const QFileInfo &file, std::vector<Error> &problems)
{
    const QString path = file.absoluteFilePath();
    YamlReader reader(path);
    const Result<YamlNode> root = readYamlFile(path);
    if (!root) {
        problems.push_back(root.error());
        return;
    }
    const QString name = file.fileName();
    if (name == QLatin1StringView(CollectionFile) || name == QLatin1StringView(FolderFile))
        readFolderSpec(*root, {}, reader);
    else if (file.dir().dirName() == QLatin1StringView(EnvironmentsFolder))
        readEnvironmentSpec(*root, path, reader);
    else
        readRequestSpec(*root, {}, reader);
    std::ranges::copy(reader.problems(), std::back_inserter(problems));
}

void checkItem(const TreeItem &item, std::vector<Error> &problems)
{
    switch (item.kind) {
    case TreeItem::Kind::Unreadable:
        problems.push_back(*item.error);
        break;
    case TreeItem::Kind::Request:
        checkFile(QFileInfo(item.path), problems);
        break;
    case TreeItem::Kind::Collection:
    case TreeItem::Kind::Folder:
        if (const QString file = describingFile(item.path); !file.isEmpty())
            checkFile(QFileInfo(file), problems);
        for (const TreeItem &child : item.children)
            checkItem(child, problems);
        break;
    }
}

} // namespace

Result<QString> findCollectionRoot(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The path does not exist"_s, path, 0, 0});
    QDir dir(info.isDir() ? info.absoluteFilePath() : info.absolutePath());
    do {
        if (QFileInfo::exists(collectionFile(dir.absolutePath())))
            return dir.absolutePath();
    } while (dir.cdUp());
    return std::unexpected(
        Error{ErrorCode::FileNotFound,
              u"Neither this folder nor one above it holds an opencollection.yml"_s, path, 0, 0});
}

Result<FolderSpec> readFolder(const QString &folder)
{
    YamlReader reader(describingFile(folder));
    Result<FolderSpec> spec = readFolderFile(folder, reader);
    if (const Result<> problems = reader.result(); spec && !problems)
        return std::unexpected(problems.error());
    return spec;
}

Result<std::vector<EnvironmentSpec>> readEnvironments(const QString &root)
{
    std::vector<EnvironmentSpec> environments;
    for (const QString &path : environmentFiles(root)) {
        YamlReader reader(path);
        Result<EnvironmentSpec> spec = readEnvironmentFile(path, reader);
        if (!spec)
            return std::unexpected(spec.error());
        if (const Result<> problems = reader.result(); !problems)
            return std::unexpected(problems.error());
        environments.push_back(std::move(*spec));
    }
    std::ranges::stable_sort(environments, {}, &EnvironmentSpec::name);
    return environments;
}

Result<EnvironmentSpec> readEnvironment(const QString &root, const QString &name)
{
    const auto all = readEnvironments(root);
    if (!all)
        return std::unexpected(all.error());
    QStringList names;
    for (const EnvironmentSpec &environment : *all)
        names.append(environment.name);
    EnvironmentSpec result;
    QStringList chain;
    for (QString next = name; !next.isEmpty();) {
        if (chain.contains(next)) {
            return failure(ErrorCode::Usage,
                           u"The environments %1 extend each other"_s.arg(chain.join(u" → "_s)));
        }
        const auto found = std::ranges::find(*all, next, &EnvironmentSpec::name);
        if (found == all->end()) {
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
            if (!chain.isEmpty() && std::ranges::none_of(result.variables, hides))
                result.variables.push_back(variable);
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
    const QFileInfo info(file);
    if (!info.isFile()) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"There is no request file here"_s, file, 0, 0});
    }
    return ContextReader(rootOrFolder(file)).read(info.absoluteFilePath());
}

Result<std::vector<RequestInContext>> readRequests(const QString &path)
{
    std::vector<RequestInContext> requests;
    const QFileInfo info(path);
    if (!info.exists())
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The path does not exist"_s, path, 0, 0});
    if (info.isFile() && info.fileName() != QLatin1StringView(CollectionFile)
        && info.fileName() != QLatin1StringView(FolderFile)) {
        Result<RequestInContext> request = readRequest(path);
        if (!request)
            return std::unexpected(request.error());
        requests.push_back(std::move(*request));
        return requests;
    }
    const QString folder = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
    const Result<TreeItem> tree = readTree(folder);
    if (!tree)
        return std::unexpected(tree.error());
    ContextReader reader(rootOrFolder(folder));
    if (const Result<> result = readUnder(*tree, reader, requests); !result)
        return std::unexpected(result.error());
    return requests;
}

Result<> ensureWritable(const QString &path)
{
    const Result<QString> root = findCollectionRoot(QFileInfo(path).absolutePath());
    if (!root)
        return {};
    const Result<FolderSpec> spec = readFolder(*root);
    if (!spec || !spec->readOnly)
        return {};
    return std::unexpected(Error{
        ErrorCode::ReadOnly,
        u"The collection is of the newer format %1; it is not changed"_s.arg(spec->formatVersion),
        path, 0, 0});
}

std::vector<Error> checkCollection(const QString &root)
{
    std::vector<Error> problems;
    if (QFileInfo(root).isFile()) {
        checkFile(QFileInfo(root), problems);
        return problems;
    }
    const Result<TreeItem> tree = readTree(root);
    if (!tree)
        return {tree.error()};
    checkItem(*tree, problems);
    for (const QString &path : environmentFiles(root))
        checkFile(QFileInfo(path), problems);
    return problems;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/specfile.h"

#include "core/collection/brureader.h"
#include "core/collection/collectionformat.h"
#include "core/collection/folderreader.h"
#include "core/collection/itemplace.h"
#include "core/collection/requestreader.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

Result<BruFile> readBruFile(const QString &path)
{
    const Result<QByteArray> text = readFileBytes(path);
    if (!text)
        return std::unexpected(text.error());
    return parseBru(*text, path);
}

/** The node that \a path names; what it stands in goes to \a root. */
Result<const YamlNode *> readNode(const QString &path, Result<YamlNode> &root)
{
    const ItemPlace place = itemPlace(path);
    root = readYamlFile(place.file);
    if (!root)
        return std::unexpected(root.error());
    const YamlNode *node = nodeAt(*root, place.inside);
    if (!node) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The item is no longer in the file"_s, path, 0, 0});
    }
    return node;
}

template<typename Spec, typename Read>
Result<SpecFile<Spec>> readYamlSpec(const QString &path, const Read &read)
{
    Result<YamlNode> root;
    const Result<const YamlNode *> node = readNode(path, root);
    if (!node)
        return std::unexpected(node.error());
    YamlReader reader(itemPlace(path).file);
    SpecFile<Spec> file;
    file.spec = read(**node, reader);
    file.problems = reader.problems();
    return file;
}

/** What \a config, a `bruno.json`, calls the collection. */
Result<QString> bruCollectionName(const QString &config)
{
    const Result<QByteArray> text = readFileBytes(config);
    if (!text)
        return std::unexpected(text.error());
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(*text, &error).object();
    if (error.error == QJsonParseError::NoError)
        return object.value(u"name"_s).toString();
    const qsizetype offset = qMin<qsizetype>(error.offset, text->size());
    return std::unexpected(Error{ErrorCode::Parse, u"Not valid JSON: %1"_s.arg(error.errorString()),
                                 config, 1 + int(text->first(offset).count('\n')), 0});
}

} // namespace

Result<SpecFile<RequestSpec>> readRequestFile(const QString &path)
{
    const QString fallback = QFileInfo(path).completeBaseName();
    if (isBruFile(path)) {
        const Result<BruFile> bru = readBruFile(path);
        if (!bru)
            return std::unexpected(bru.error());
        return SpecFile<RequestSpec>{readBruRequest(*bru, fallback), {}};
    }
    return readYamlSpec<RequestSpec>(path, [&](const YamlNode &node, YamlReader &reader) {
        return readRequestSpec(node, fallback, reader);
    });
}

Result<SpecFile<FolderSpec>> readFolderFile(const QString &folder)
{
    const bool isBundled = itemPlace(folder).isBundled();
    const QString path = isBundled ? folder : describingFile(folder);
    const QString fallback =
        QFileInfo(folder).isFile() ? QFileInfo(folder).completeBaseName() : QDir(folder).dirName();
    if (!isBundled && QFileInfo(folder).isDir() && formatOf(folder) == CollectionFormat::Bru)
        return readBruFolderFile(folder);
    if (path.isEmpty()) {
        SpecFile<FolderSpec> file;
        file.spec.name = fallback;
        return file;
    }
    return readYamlSpec<FolderSpec>(path, [&](const YamlNode &node, YamlReader &reader) {
        return readFolderSpec(node, fallback, reader);
    });
}

Result<SpecFile<FolderSpec>> readBruFolderFile(const QString &folder)
{
    const FormatFiles &names = filesOf(CollectionFormat::Bru);
    const QString config = folder + u'/' + names.collection;
    const bool isRoot = QFileInfo::exists(config);
    SpecFile<FolderSpec> file;
    file.spec.name = QDir(folder).dirName();
    if (isRoot) {
        const Result<QString> name = bruCollectionName(config);
        if (!name)
            return std::unexpected(name.error());
        if (!name->isEmpty())
            file.spec.name = *name;
    }
    const QString path = folder + u'/' + (isRoot ? names.defaults : names.folder);
    if (QFileInfo::exists(path)) {
        const Result<BruFile> bru = readBruFile(path);
        if (!bru)
            return std::unexpected(bru.error());
        file.spec = readBruFolder(*bru, file.spec.name);
    }
    // There is no place for edits: the collection has to be converted first.
    file.spec.readOnly = isRoot;
    if (isRoot)
        file.spec.formatVersion = u"bru"_s;
    return file;
}

Result<SpecFile<EnvironmentSpec>> readEnvironmentFile(const QString &path)
{
    if (isBruFile(path)) {
        const Result<BruFile> bru = readBruFile(path);
        if (!bru)
            return std::unexpected(bru.error());
        return SpecFile<EnvironmentSpec>{readBruEnvironment(*bru, path), {}};
    }
    return readYamlSpec<EnvironmentSpec>(path, [&](const YamlNode &node, YamlReader &reader) {
        return readEnvironmentSpec(node, path, reader);
    });
}

bool isBundle(const YamlNode &root)
{
    const YamlNode *items = root.child(u"items");
    return root.child(u"opencollection") && items && items->isSequence();
}

bool isBundleFile(const QString &file)
{
    const QFileInfo info(file);
    if (!info.isFile() || isBruFile(file))
        return false;
    const Result<YamlNode> root = readYamlFile(file);
    return root && isBundle(*root);
}

Result<> ensureOwnFile(const QString &path)
{
    const ItemPlace place = itemPlace(path);
    if (!place.isBundled() && !isBundleFile(place.file))
        return {};
    return std::unexpected(
        Error{ErrorCode::Unsupported,
              u"This collection is one file: add, rename, move and remove its items in it"_s,
              place.file, 0, 0});
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/treereader.h"

#include "core/collection/formatnames.h"
#include "core/collection/requestreader.h"
#include "core/collection/yamlfile.h"

#include <QDir>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** What the tree shows of a file, without reading the sections that only a request needs. */
void readHeader(TreeItem &item, const YamlNode &root, YamlReader &reader)
{
    if (const YamlNode *info = reader.mapping(root, u"info")) {
        item.name = reader.text(*info, u"name", item.name);
        item.seq = reader.number(*info, u"seq").value_or(0);
    }
}

TreeItem readRequestItem(const QFileInfo &file)
{
    TreeItem item;
    item.path = file.absoluteFilePath();
    item.name = file.completeBaseName();
    const auto unreadable = [&item](const Error &error) {
        item.kind = TreeItem::Kind::Unreadable;
        item.error = error;
        return item;
    };
    const Result<YamlNode> root = readYamlFile(item.path);
    if (!root)
        return unreadable(root.error());
    YamlReader reader(item.path);
    const ItemKind kind = itemKind(*root);
    if (kind == ItemKind::Unknown || kind == ItemKind::Folder)
        reader.problem(*root, u"This is not a request: \"info\" has no type, e.g. type: http"_s);
    readHeader(item, *root, reader);
    if (const Result<> result = reader.result(); !result)
        return unreadable(result.error());
    item.note = itemNote(kind);
    if (kind == ItemKind::Http || kind == ItemKind::GraphQl) {
        const bool graphQl = kind == ItemKind::GraphQl;
        const YamlNode *method = graphQl ? root->descendant({u"graphql", u"method"})
                                         : root->descendant({u"http", u"method"});
        item.method = method && method->isScalar() ? method->text : graphQl ? u"POST"_s : u"GET"_s;
    }
    return item;
}

void readFolderHeader(TreeItem &item, const QString &fileName)
{
    const QString path = item.path + u'/' + fileName;
    if (!QFileInfo::exists(path))
        return;
    const Result<YamlNode> root = readYamlFile(path);
    if (!root) {
        item.error = root.error();
        return;
    }
    YamlReader reader(path);
    readHeader(item, *root, reader);
    if (const Result<> result = reader.result(); !result)
        item.error = result.error();
}

/**
 * Folders without a place of their own come by name; each that has one is put at that place. This
 * is how Bruno orders them; a fraction comes after the whole number below it.
 */
std::vector<TreeItem> inFolderOrder(std::vector<TreeItem> folders)
{
    std::ranges::stable_sort(folders, [](const TreeItem &a, const TreeItem &b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    const auto placed =
        std::ranges::stable_partition(folders, [](const TreeItem &item) { return item.seq <= 0; });
    std::ranges::stable_sort(placed, {}, &TreeItem::seq);
    std::vector<TreeItem> result(std::make_move_iterator(folders.begin()),
                                 std::make_move_iterator(placed.begin()));
    qsizetype next = 0;
    for (TreeItem &item : placed) {
        const qsizetype wanted = qMax(next, qsizetype(std::ceil(qMin(item.seq, 1e9))) - 1);
        const qsizetype index = qMin(wanted, qsizetype(result.size()));
        result.insert(result.begin() + index, std::move(item));
        next = index + 1;
    }
    return result;
}

enum class Depth { Children, All };

void readFolderItems(TreeItem &parent, bool isRoot, Depth depth)
{
    const QDir dir(parent.path);
    std::vector<TreeItem> folders;
    std::vector<TreeItem> requests;
    const QFileInfoList entries =
        dir.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot, QDir::Name);
    for (const QFileInfo &entry : entries) {
        const QString name = entry.fileName();
        if (entry.isDir()) {
            // A link to a folder may lead back up.
            if (entry.isSymLink() || name == "node_modules"_L1
                || (isRoot && name == QLatin1StringView(EnvironmentsFolder)))
                continue;
            TreeItem folder;
            folder.kind = TreeItem::Kind::Folder;
            folder.path = entry.absoluteFilePath();
            folder.name = name;
            readFolderHeader(folder, QString::fromLatin1(FolderFile));
            if (depth == Depth::All)
                readFolderItems(folder, false, depth);
            folders.push_back(std::move(folder));
        } else if (name.endsWith(QLatin1StringView(FileSuffix))
                   && name != QLatin1StringView(CollectionFile)
                   && name != QLatin1StringView(FolderFile)) {
            requests.push_back(readRequestItem(entry));
        }
    }
    // A request without a number counts as the first, as in Bruno.
    std::ranges::stable_sort(requests, {},
                             [](const TreeItem &item) { return item.seq == 0 ? 1.0 : item.seq; });
    parent.children = inFolderOrder(std::move(folders));
    std::ranges::move(requests, std::back_inserter(parent.children));
}

Result<TreeItem> readItem(const QString &folder, Depth depth)
{
    const QFileInfo info(folder);
    if (!info.isDir()) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"There is no folder here"_s, folder, 0, 0});
    }
    TreeItem item;
    const QString path = info.absoluteFilePath();
    const bool isRoot = QFileInfo::exists(path + u'/' + QLatin1StringView(CollectionFile));
    item.kind = isRoot ? TreeItem::Kind::Collection : TreeItem::Kind::Folder;
    item.path = path;
    item.name = QDir(path).dirName();
    readFolderHeader(item, QString::fromLatin1(isRoot ? CollectionFile : FolderFile));
    readFolderItems(item, isRoot, depth);
    return item;
}

} // namespace

Result<TreeItem> readTree(const QString &root)
{
    return readItem(root, Depth::All);
}

Result<TreeItem> readFolderLevel(const QString &folder)
{
    return readItem(folder, Depth::Children);
}

} // namespace Sluice

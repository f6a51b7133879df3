// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/treereader.h"

#include "core/collection/collectionformat.h"
#include "core/collection/formatnames.h"
#include "core/collection/itemplace.h"
#include "core/collection/requestreader.h"
#include "core/collection/specfile.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** What the tree shows of an item, without reading the sections that only a request needs. */
void readHeader(TreeItem &item, const YamlNode &root, YamlReader &reader)
{
    if (const YamlNode *info = reader.mapping(root, u"info")) {
        item.name = reader.text(*info, u"name", item.name);
        item.seq = reader.number(*info, u"seq").value_or(0);
    }
}

void setUnreadable(TreeItem &item, const Error &error)
{
    item.kind = TreeItem::Kind::Unreadable;
    item.error = error;
}

/** Fills \a item, a request, from its \a node in \a file. */
void readRequestNode(TreeItem &item, const YamlNode &node, const QString &file)
{
    YamlReader reader(file);
    const ItemKind kind = itemKind(node);
    if (kind == ItemKind::Unknown || kind == ItemKind::Folder)
        reader.problem(node, u"This is not a request: \"info\" has no type, e.g. type: http"_s);
    readHeader(item, node, reader);
    if (const Result<> result = reader.result(); !result) {
        setUnreadable(item, result.error());
        return;
    }
    item.note = itemNote(kind);
    if (kind == ItemKind::Http || kind == ItemKind::GraphQl) {
        const bool graphQl = kind == ItemKind::GraphQl;
        const YamlNode *method = graphQl ? node.descendant({u"graphql", u"method"})
                                         : node.descendant({u"http", u"method"});
        item.method = method && method->isScalar() ? method->text : graphQl ? u"POST"_s : u"GET"_s;
    }
}

TreeItem readBruItem(const QString &path)
{
    TreeItem item;
    item.path = path;
    item.name = QFileInfo(path).completeBaseName();
    const Result<SpecFile<RequestSpec>> file = readRequestFile(path);
    if (!file) {
        setUnreadable(item, file.error());
        return item;
    }
    const RequestSpec &spec = file->spec;
    item.name = spec.name;
    item.seq = spec.seq;
    item.note = itemNote(itemKind(spec.kind));
    if (item.note.isEmpty())
        item.method = spec.method;
    return item;
}

TreeItem readRequestItem(const QString &path)
{
    if (isBruFile(path))
        return readBruItem(path);
    TreeItem item;
    item.path = path;
    item.name = QFileInfo(path).completeBaseName();
    const Result<YamlNode> root = readYamlFile(item.path);
    if (root)
        readRequestNode(item, *root, path);
    else
        setUnreadable(item, root.error());
    return item;
}

void readBruFolderHeader(TreeItem &item)
{
    const Result<SpecFile<FolderSpec>> file = readFolderFile(item.path);
    if (!file) {
        item.error = file.error();
        return;
    }
    item.name = file->spec.name;
    item.seq = file->spec.seq;
}

void readBundledItems(TreeItem &parent, const YamlNode &node, const ItemPlace &place);

/** Reads what describes a folder in \a path; a bundled collection's items are in it too. */
void readFolderHeader(TreeItem &item, const QString &path, CollectionFormat format)
{
    if (format == CollectionFormat::Bru) {
        readBruFolderHeader(item);
        return;
    }
    const Result<YamlNode> root = readYamlFile(path);
    if (!root) {
        item.error = root.error();
        return;
    }
    YamlReader reader(path);
    readHeader(item, *root, reader);
    if (const Result<> result = reader.result(); !result)
        item.error = result.error();
    if (isBundle(*root))
        readBundledItems(item, *root, {path, {}});
}

/** The items inside a file keep the order of the file. */
void readBundledItems(TreeItem &parent, const YamlNode &node, const ItemPlace &place)
{
    YamlReader reader(place.file);
    const std::vector<const YamlNode *> items = reader.items(node, u"items");
    if (const Result<> result = reader.result(); !result)
        parent.error = result.error();
    for (const YamlNode *child : items) {
        const qsizetype index = child - &node.child(u"items")->children.front();
        const ItemPlace inner{place.file, place.inside / u"items"_s / index};
        TreeItem item;
        item.path = itemPath(inner.file, inner.inside);
        if (itemKind(*child) == ItemKind::Folder) {
            item.kind = TreeItem::Kind::Folder;
            YamlReader header(place.file);
            readHeader(item, *child, header);
            readBundledItems(item, *child, inner);
        } else {
            readRequestNode(item, *child, place.file);
        }
        parent.children.push_back(std::move(item));
    }
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

/** The folder at \a path without what lies in it. */
TreeItem readFolder(const QString &path, CollectionFormat format, IndexedReading &reading)
{
    TreeItem plain;
    plain.kind = TreeItem::Kind::Folder;
    plain.path = path;
    plain.name = QDir(path).dirName();
    const QString file = describingFile(path);
    if (file.isEmpty())
        return plain;
    return reading.item(file, [&] {
        TreeItem item = plain;
        readFolderHeader(item, file, format);
        return item;
    });
}

void readFolderItems(TreeItem &parent, bool isRoot, CollectionFormat format, Depth depth,
                     IndexedReading &reading);

/** Reads what lies in \a folders, the root's, on every processor there is. */
void readInParallel(std::vector<TreeItem> &folders, CollectionFormat format,
                    IndexedReading &reading)
{
    struct Part
    {
        TreeItem &folder;
        IndexedReading reading;
    };
    std::vector<Part> parts;
    for (TreeItem &folder : folders)
        parts.push_back({folder, reading.part()});
    std::atomic<std::size_t> next = 0;
    const auto readSome = [&] {
        for (std::size_t i = next++; i < parts.size(); i = next++)
            readFolderItems(parts[i].folder, false, format, Depth::All, parts[i].reading);
    };
    const std::size_t readers = std::min(parts.size(), std::size_t(QThread::idealThreadCount()));
    {
        // Not of the program's pool: who reads may be one of it, and would wait for itself.
        std::vector<std::jthread> others;
        while (others.size() + 1 < readers)
            others.emplace_back(readSome);
        readSome();
    }
    for (const Part &part : parts)
        reading.add(part.reading);
}

void readFolderItems(TreeItem &parent, bool isRoot, CollectionFormat format, Depth depth,
                     IndexedReading &reading)
{
    const QDir dir(parent.path);
    const FormatFiles &files = filesOf(format);
    std::vector<TreeItem> folders;
    std::vector<TreeItem> requests;
    // Somebody waits for the first reading; a later one leaves the processors to the window.
    const bool inParallel = isRoot && depth == Depth::All && reading.isFirst();
    const QFileInfoList entries =
        dir.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot, QDir::Name);
    for (const QFileInfo &entry : entries) {
        const QString name = entry.fileName();
        if (entry.isDir()) {
            // A link to a folder may lead back up.
            if (entry.isSymLink() || name == "node_modules"_L1
                || (isRoot && name == QLatin1StringView(EnvironmentsFolder)))
                continue;
            TreeItem folder = readFolder(entry.absoluteFilePath(), format, reading);
            if (depth == Depth::All && !inParallel)
                readFolderItems(folder, false, format, depth, reading);
            folders.push_back(std::move(folder));
        } else if (name.endsWith(files.suffix) && name != files.collection && name != files.defaults
                   && name != files.folder) {
            const QString path = entry.absoluteFilePath();
            requests.push_back(reading.item(path, [&path] { return readRequestItem(path); }));
        }
    }
    if (inParallel)
        readInParallel(folders, format, reading);
    // A request without a number counts as the first, as in Bruno.
    std::ranges::stable_sort(requests, {},
                             [](const TreeItem &item) { return item.seq == 0 ? 1.0 : item.seq; });
    std::ranges::move(inFolderOrder(std::move(folders)), std::back_inserter(parent.children));
    std::ranges::move(requests, std::back_inserter(parent.children));
}

Result<TreeItem> readItem(const QString &path, Depth depth, IndexedReading &reading)
{
    const QFileInfo info(path);
    const bool isFile = info.isFile() && isBundleFile(path);
    if (!info.isDir() && !isFile) {
        return std::unexpected(
            info.isFile()
                ? Error{ErrorCode::Parse, u"This file is no collection"_s, path, 0, 0}
                : Error{ErrorCode::FileNotFound, u"There is no folder here"_s, path, 0, 0});
    }
    TreeItem item;
    item.path = info.absoluteFilePath();
    const bool isRoot = isFile || rootFormat(item.path);
    const CollectionFormat format = formatOf(item.path);
    item.kind = isRoot ? TreeItem::Kind::Collection : TreeItem::Kind::Folder;
    item.name = isFile ? info.completeBaseName() : QDir(item.path).dirName();
    // A collection of the older format is described by two files, so this one is never indexed.
    if (const QString file = describingFile(item.path);
        !file.isEmpty() || format == CollectionFormat::Bru)
        readFolderHeader(item, file, format);
    if (!isFile)
        readFolderItems(item, isRoot, format, depth, reading);
    return item;
}

} // namespace

Result<TreeItem> readTree(const QString &root)
{
    IndexedReading reading({}, {});
    return readItem(root, Depth::All, reading);
}

Result<IndexedTree> readTree(const QString &root, const TreeIndex &known, const QDateTime &now)
{
    const QString file = QFileInfo(root).isDir() && rootFormat(root)
                             ? root + u'/' + filesOf(formatOf(root)).collection
                             : root;
    const std::optional<FileStamp> stamp = fileStamp(file);
    const bool isSame = stamp && known.find(file, *stamp);
    IndexedReading reading(isSame ? known : TreeIndex(), now);
    Result<TreeItem> tree = readItem(root, Depth::All, reading);
    if (!tree)
        return std::unexpected(tree.error());
    IndexedTree result{std::move(*tree), reading.takeIndex(), reading.filesRead()};
    if (stamp)
        result.index.insert(file, *stamp, {}, now);
    return result;
}

Result<TreeItem> readFolderLevel(const QString &folder)
{
    IndexedReading reading({}, {});
    return readItem(folder, Depth::Children, reading);
}

} // namespace Sluice

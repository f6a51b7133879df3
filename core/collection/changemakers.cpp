// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/bruconversion.h"
#include "core/collection/collectionchange.h"
#include "core/collection/formatnames.h"
#include "core/collection/iteminfo.h"
#include "core/collection/requestdocument.h"
#include "core/collection/treereader.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Name, place and bytes of one item at one moment. */
struct Snapshot
{
    QByteArray bytes;
    QString name;
    double seq = 0;
};

using Snapshots = QHash<QString, Snapshot>;

Snapshot snapshotOf(const TreeItem &item)
{
    Snapshot result;
    const QString file = itemInfoFile(item.path);
    if (QFileInfo::exists(file))
        result.bytes = readFileBytes(file).value_or(QByteArray());
    result.name = item.name;
    result.seq = item.seq;
    return result;
}

/** What a folder's items say of themselves, by path. */
Snapshots snapshots(const QString &folder)
{
    Snapshots result;
    if (const Result<TreeItem> level = readFolderLevel(folder)) {
        for (const TreeItem &item : level->children) {
            if (item.kind != TreeItem::Kind::Unreadable)
                result.insert(item.path, snapshotOf(item));
        }
    }
    return result;
}

/** The items that differ; one that was at \a move.from is compared with the one at \a move.to. */
std::vector<CollectionChange::Info> differences(const Snapshots &before, const Snapshots &after,
                                                const ItemMove &move)
{
    std::vector<CollectionChange::Info> infos;
    for (auto it = after.cbegin(); it != after.cend(); ++it) {
        const auto old = before.constFind(it.key() == move.to ? move.from : it.key());
        if (old == before.cend() || old->bytes == it->bytes)
            continue;
        infos.push_back({it.key(), old->bytes, it->bytes, old->name, it->name, old->seq, it->seq});
    }
    return infos;
}

std::shared_ptr<CollectionChange> creation(const QString &path)
{
    return std::make_shared<CollectionChange>(ItemMove{{}, path},
                                              std::vector<CollectionChange::Info>{});
}

ChangeResult creationOf(const Result<QString> &path)
{
    if (!path)
        return std::unexpected(path.error());
    return creation(*path);
}

/** Makes \a change, which moves \a path, and notes what it did to the items beside it. */
template<typename Change>
ChangeResult noteMove(const QString &path, const QString &folder, const Change &change)
{
    const QString source = QFileInfo(path).absolutePath();
    Snapshots before = snapshots(folder);
    if (source != folder)
        before.insert(snapshots(source));
    const Result<QString> moved = change();
    if (!moved)
        return std::unexpected(moved.error());
    const ItemMove move{path, *moved};
    return std::make_shared<CollectionChange>(move, differences(before, snapshots(folder), move));
}

/** Makes \a change to the text of \a file and notes its bytes before and after. */
template<typename Document, typename Change>
ChangeResult noteEdit(const QString &file, const Change &change)
{
    Result<Document> document = Document::read(file);
    if (!document)
        return std::unexpected(document.error());
    const QByteArray before = document->text();
    Result<> done = change(*document);
    if (done && document->isModified())
        done = document->save();
    if (!done)
        return std::unexpected(done.error());
    CollectionChange::Info info;
    info.item = file;
    info.before = before;
    info.after = document->text();
    return std::make_shared<CollectionChange>(ItemMove{file, file}, std::vector{info});
}

} // namespace

ChangeResult addRequestUndoably(const QString &folder, const RequestSpec &spec)
{
    return creationOf(createRequest(folder, spec));
}

ChangeResult addFolderUndoably(const QString &parent, const QString &name)
{
    return creationOf(createFolder(parent, name));
}

ChangeResult addEnvironmentUndoably(const QString &root, const EnvironmentSpec &spec)
{
    return creationOf(createEnvironment(root, spec));
}

ChangeResult renameUndoably(const QString &path, const QString &name)
{
    return noteMove(path, QFileInfo(path).absolutePath(), [&] { return renameItem(path, name); });
}

ChangeResult moveUndoably(const QString &path, const QString &folder, qsizetype index)
{
    return noteMove(path, folder, [&] { return moveItem(path, folder, index); });
}

ChangeResult duplicateUndoably(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    const Snapshots before = snapshots(folder);
    const Result<QString> copy = duplicateItem(path);
    if (!copy)
        return std::unexpected(copy.error());
    const ItemMove move{{}, *copy};
    return std::make_shared<CollectionChange>(move, differences(before, snapshots(folder), move));
}

ChangeResult removeUndoably(const QString &path)
{
    Result<RemovedItem> removed = removeItem(path);
    if (!removed)
        return std::unexpected(removed.error());
    return std::make_shared<CollectionChange>(
        ItemMove{path, {}}, std::vector<CollectionChange::Info>{}, std::move(*removed));
}

ChangeResult setLimitsUndoably(const QString &root, const std::optional<Limits> &limits)
{
    const QString file = root + u'/' + QLatin1StringView(CollectionFile);
    return noteEdit<FolderDocument>(file, [&limits](FolderDocument &document) -> Result<> {
        FolderSpec spec = document.spec();
        if (spec.limits == limits)
            return {};
        // Others' extensions stay.
        if (!limits)
            return document.removeValue(u"extensions.sluice.limits"_s);
        spec.limits = limits;
        return document.setSpec(spec);
    });
}

ChangeResult setEnvironmentUndoably(const EnvironmentSpec &expected, const EnvironmentSpec &spec)
{
    return noteEdit<EnvironmentDocument>(spec.path, [&](EnvironmentDocument &document) -> Result<> {
        if (document.spec() != expected) {
            return std::unexpected(Error{ErrorCode::ChangedOnDisk,
                                         u"Another program changed the file meanwhile"_s, spec.path,
                                         0, 0});
        }
        return document.setSpec(spec);
    });
}

ChangeResult convertUndoably(const QString &root, BruConversion &made)
{
    Result<BruConversion> done = convertBruCollection(root, root);
    if (!done)
        return std::unexpected(done.error());
    made = std::move(*done);
    std::vector<CollectionChange::Info> infos;
    for (const WrittenFile &file : made.files) {
        CollectionChange::Info info;
        info.item = file.path;
        info.after = file.text;
        infos.push_back(info);
    }
    return std::make_shared<CollectionChange>(ItemMove{root, root}, std::move(infos));
}

} // namespace Sluice

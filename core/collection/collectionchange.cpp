// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collectionchange.h"

#include "core/collection/atomicfile.h"
#include "core/collection/iteminfo.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Null when there is no file. */
Result<QByteArray> bytesOf(const QString &file)
{
    if (!QFileInfo::exists(file))
        return QByteArray();
    Result<QByteArray> bytes = readFileBytes(file);
    if (bytes && bytes->isNull())
        *bytes = QByteArray("");
    return bytes;
}

/** The file that an info stands for: for an item of a tree its own, else the file itself. */
QString fileOf(const CollectionChange::Info &info)
{
    return itemInfoFile(info.item);
}

Result<> writeBytes(const QString &file, const QByteArray &bytes, const QByteArray &expected)
{
    if (!bytes.isNull())
        return writeFileAtomically(file, bytes, expected);
    if (QFile::remove(file))
        return {};
    return failure(ErrorCode::Io, u"The file cannot be removed"_s, file);
}

Result<> renameBack(const QString &from, const QString &to)
{
    if (from == to || (!QFileInfo::exists(from) && QFileInfo::exists(to)))
        return {};
    // On a file system that ignores case the item itself may seem to be in its own way.
    if (from.compare(to, Qt::CaseInsensitive) != 0 && QFileInfo::exists(to))
        return failure(ErrorCode::ChangedOnDisk, u"Something else is there now"_s, to);
    if (QDir().rename(from, to))
        return {};
    return failure(ErrorCode::Io, u"It cannot be moved to %1"_s.arg(to), from);
}

} // namespace

CollectionChange::CollectionChange(ItemMove move, std::vector<Info> infos, RemovedItem content)
    : m_move(std::move(move)), m_infos(std::move(infos)), m_content(std::move(content))
{
}

bool CollectionChange::isEmpty() const
{
    return m_move.from == m_move.to
           && std::ranges::all_of(m_infos, [](const Info &i) { return i.before == i.after; });
}

Result<> CollectionChange::appear(const QString &path)
{
    if (QFileInfo::exists(path))
        return failure(ErrorCode::ChangedOnDisk, u"Something else is there now"_s, path);
    return restoreItem(m_content);
}

Result<> CollectionChange::vanish(const QString &path)
{
    Result<RemovedItem> removed = removeItem(path);
    if (!removed)
        return std::unexpected(removed.error());
    m_content = std::move(*removed);
    return {};
}

/** That nobody wrote the files that can only be restored whole: all of them are, or none. */
Result<> CollectionChange::ensureUnchanged() const
{
    for (const Info &info : m_infos) {
        if (!info.nameBefore.isEmpty())
            continue;
        const Result<QByteArray> now = bytesOf(fileOf(info));
        if (!now)
            return std::unexpected(now.error());
        if (*now != info.before && *now != info.after)
            return failure(ErrorCode::ChangedOnDisk, u"The file was changed meanwhile"_s,
                           fileOf(info));
    }
    return {};
}

Result<> CollectionChange::restoreInfos(Direction direction)
{
    if (const Result<> same = ensureUnchanged(); !same)
        return same;
    const bool back = direction == Direction::Back;
    for (const Info &info : m_infos) {
        const QString file = fileOf(info);
        const Result<QByteArray> now = bytesOf(file);
        if (!now)
            return std::unexpected(now.error());
        const QByteArray &wanted = back ? info.before : info.after;
        const QByteArray &expected = back ? info.after : info.before;
        if (*now == wanted && now->isNull() == wanted.isNull())
            continue;
        Result<> done;
        if (*now == expected || info.nameBefore.isEmpty()) {
            done = writeBytes(file, wanted, expected);
        } else {
            // Somebody wrote the file since: only what the change concerned is edited.
            done = editItemInfo(info.item, [&](QString &name, double &seq) {
                name = back ? info.nameBefore : info.nameAfter;
                seq = back ? info.seqBefore : info.seqAfter;
            });
        }
        if (!done)
            return done;
    }
    return {};
}

Result<ItemMove> CollectionChange::undo()
{
    Result<> done;
    if (m_move.to.isEmpty())
        done = appear(m_move.from);
    else if (m_move.from.isEmpty() && QFileInfo::exists(m_move.to))
        done = vanish(m_move.to);
    if (done && !m_move.to.isEmpty())
        done = restoreInfos(Direction::Back);
    if (done && !m_move.from.isEmpty() && !m_move.to.isEmpty())
        done = renameBack(m_move.to, m_move.from);
    if (!done)
        return std::unexpected(done.error());
    return ItemMove{m_move.to, m_move.from};
}

Result<ItemMove> CollectionChange::redo()
{
    Result<> done;
    if (m_move.to.isEmpty())
        done = vanish(m_move.from);
    else if (m_move.from.isEmpty())
        done = appear(m_move.to);
    else
        done = renameBack(m_move.from, m_move.to);
    if (done)
        done = restoreInfos(Direction::Forth);
    if (!done)
        return std::unexpected(done.error());
    return m_move;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/atomicfile.h"
#include "core/collection/collectionedit.h"
#include "core/collection/specfile.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

Result<> takeFile(const QString &path, RemovedItem &item)
{
    Result<QByteArray> bytes = readFileBytes(path);
    if (!bytes)
        return std::unexpected(bytes.error());
    item.files.push_back({path, std::move(*bytes)});
    return {};
}

Result<> takeFolder(const QString &path, RemovedItem &item)
{
    item.folders.append(path);
    QDirIterator entries(path, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    while (entries.hasNext()) {
        const QFileInfo entry(entries.next());
        const bool folder = entry.isDir() && !entry.isSymLink();
        const Result<> done =
            folder ? takeFolder(entry.filePath(), item) : takeFile(entry.filePath(), item);
        if (!done)
            return done;
    }
    return {};
}

} // namespace

Result<RemovedItem> removeItem(const QString &path)
{
    if (const Result<> ok = ensureOwnFile(path); !ok)
        return std::unexpected(ok.error());
    const QFileInfo info(path);
    if (!info.exists())
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The path does not exist"_s, path, 0, 0});
    if (const Result<> allowed = ensureWritable(path); !allowed)
        return std::unexpected(allowed.error());
    RemovedItem item;
    item.path = path;
    const bool folder = info.isDir();
    if (const Result<> taken = folder ? takeFolder(path, item) : takeFile(path, item); !taken)
        return std::unexpected(taken.error());
    if (folder ? QDir(path).removeRecursively() : QFile::remove(path))
        return item;
    // Half a folder may be gone: what was read goes back.
    static_cast<void>(restoreItem(item));
    return std::unexpected(Error{ErrorCode::Io, u"It cannot be removed"_s, path, 0, 0});
}

Result<> restoreItem(const RemovedItem &item)
{
    for (const QString &folder : item.folders) {
        if (!QDir().mkpath(folder)) {
            return std::unexpected(
                Error{ErrorCode::Io, u"The folder cannot be created"_s, folder, 0, 0});
        }
    }
    for (const RemovedItem::File &file : item.files) {
        if (QFileInfo::exists(file.path) && readFileBytes(file.path) == file.bytes)
            continue;
        if (const Result<> done = writeFileAtomically(file.path, file.bytes, QByteArray()); !done)
            return done;
    }
    return {};
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/treeindex.h"

#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_LINUX
#include <sys/stat.h>
#endif

namespace Sluice {

namespace {

/** FAT counts in steps of two seconds. */
constexpr qint64 SettledNs = 3'000'000'000;

} // namespace

#ifdef Q_OS_LINUX

std::optional<FileStamp> fileStamp(const QString &path)
{
    struct stat info = {};
    if (::stat(QFile::encodeName(path).constData(), &info) != 0)
        return {};
    const auto nanoseconds = [](const timespec &time) {
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    return FileStamp{info.st_size, nanoseconds(info.st_mtim), nanoseconds(info.st_ctim),
                     info.st_ino, info.st_dev};
}

#else

std::optional<FileStamp> fileStamp(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return {};
    const auto nanoseconds = [](const QDateTime &time) {
        return time.toMSecsSinceEpoch() * 1'000'000;
    };
    return FileStamp{info.size(), nanoseconds(info.lastModified()),
                     nanoseconds(info.metadataChangeTime())};
}

#endif

const TreeItem *TreeIndex::find(const QString &file, const FileStamp &stamp) const
{
    const auto found = m_files.constFind(file);
    return found != m_files.cend() && found->stamp == stamp ? &found->item : nullptr;
}

void TreeIndex::insert(const QString &file, const FileStamp &stamp, const TreeItem &item,
                       const QDateTime &now)
{
    const qint64 settled = now.toMSecsSinceEpoch() * 1'000'000 - SettledNs;
    if (stamp.modifiedNs < settled && stamp.changedNs < settled)
        m_files.insert(file, {stamp, item});
}

void TreeIndex::forget(const QStringList &paths)
{
    for (const QString &path : paths) {
        // What is told of is mostly a file; only for a folder all have to be looked at.
        if (m_files.remove(path) || !QFileInfo(path).isDir())
            continue;
        m_files.removeIf(
            [below = path + u'/'](const auto &entry) { return entry.key().startsWith(below); });
    }
}

} // namespace Sluice

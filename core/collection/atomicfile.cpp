// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/atomicfile.h"

#include "core/collection/yamlfile.h"

#include <QFileInfo>
#include <QSaveFile>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

Result<> expectContent(const QString &path, const QByteArray &expected)
{
    const bool exists = QFileInfo::exists(path);
    if (!exists && expected.isNull())
        return {};
    if (!exists)
        return failure(ErrorCode::ChangedOnDisk, u"The file was moved or deleted meanwhile"_s,
                       path);
    if (expected.isNull())
        return failure(ErrorCode::ChangedOnDisk, u"There is already a file of that name"_s, path);
    const Result<QByteArray> now = readFileBytes(path);
    if (!now)
        return std::unexpected(now.error());
    if (*now != expected)
        return failure(ErrorCode::ChangedOnDisk, u"Another program changed the file meanwhile"_s,
                       path);
    return {};
}

/**
 * Writes all of \a bytes to the disk. QSaveFile::commit() of Qt 6.4 renames even when its last
 * buffer could not be written, and ignores what fsync says; so both are done before it.
 */
bool writeThrough(QSaveFile &file, const QByteArray &bytes)
{
    if (file.write(bytes) != bytes.size() || !file.flush())
        return false;
#ifdef Q_OS_UNIX
    return ::fsync(file.handle()) == 0;
#else
    return true;
#endif
}

/** Asks the system, which also knows of read-only mounts. */
bool mayWriteIn(const QString &folder)
{
#ifdef Q_OS_UNIX
    return ::access(folder.toLocal8Bit().constData(), W_OK) == 0;
#else
    return QFileInfo(folder).isWritable();
#endif
}

/**
 * Keeps other instances of this program from writing into \a folder between the look at a file and
 * its replacement. Advisory (flock(2)): others can still write, which is noticed afterwards.
 */
class FolderLock
{
public:
    explicit FolderLock(const QString &folder)
    {
#ifdef Q_OS_UNIX
        m_fd = ::open(folder.toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (m_fd >= 0)
            ::flock(m_fd, LOCK_EX);
#else
        Q_UNUSED(folder)
#endif
    }

    ~FolderLock()
    {
#ifdef Q_OS_UNIX
        if (m_fd >= 0)
            ::close(m_fd);
#endif
    }

    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    int m_fd = -1;
};

/** Makes the rename durable; QSaveFile syncs the file only. */
void syncFolder(const QString &folder)
{
#ifdef Q_OS_UNIX
    const int fd = ::open(folder.toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
#else
    Q_UNUSED(folder)
#endif
}

} // namespace

Result<> writeFileAtomically(const QString &path, const QByteArray &bytes,
                             const std::optional<QByteArray> &expected, FileReaders readers)
{
    const QFileInfo info(path);
    const FolderLock lock(info.absolutePath());
    if (expected) {
        if (const Result<> same = expectContent(path, *expected); !same)
            return same;
    }
    if (info.exists() && !info.isWritable())
        return failure(ErrorCode::ReadOnly, u"The file is write-protected"_s, path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return failure(mayWriteIn(info.absolutePath()) ? ErrorCode::Io : ErrorCode::ReadOnly,
                       u"The file cannot be written: %1"_s.arg(file.errorString()), path);
    }
    if (readers == FileReaders::OwnerOnly)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const bool written = writeThrough(file, bytes);
    const QString reason = file.errorString();
    if (!written)
        file.cancelWriting();
    if (!file.commit()) {
        return failure(ErrorCode::Io,
                       u"The file cannot be written: %1; the old one is still there"_s.arg(
                           written ? file.errorString() : reason),
                       path);
    }
    syncFolder(info.absolutePath());
    const Result<QByteArray> found = readFileBytes(path);
    if (!found)
        return std::unexpected(found.error());
    if (*found != bytes)
        return failure(ErrorCode::Io, u"The file does not hold what was written"_s, path);
    return {};
}

} // namespace Sluice

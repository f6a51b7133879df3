// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collectionedit.h"

#include "core/collection/atomicfile.h"
#include "core/collection/formatnames.h"
#include "core/collection/iteminfo.h"
#include "core/collection/itemnames.h"
#include "core/collection/itemplace.h"
#include "core/collection/requestdocument.h"
#include "core/collection/specfile.h"
#include "core/collection/treereader.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QDirIterator>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString inFolder(const QString &folder, const char *name)
{
    return folder + u'/' + QLatin1StringView(name);
}

bool isFolder(const QString &path)
{
    return QFileInfo(path).isDir();
}

/** The siblings of a kind in \a folder, in order, without the one at \a except. */
Result<std::vector<TreeItem>> siblings(const QString &folder, bool folders, const QString &except)
{
    Result<TreeItem> level = readFolderLevel(folder);
    if (!level)
        return std::unexpected(level.error());
    std::erase_if(level->children, [&](const TreeItem &item) {
        return (item.kind == TreeItem::Kind::Folder) != folders || item.path == except;
    });
    return std::move(level->children);
}

/** A request without a number counts as the first, as in Bruno. */
double seqOf(const TreeItem &item)
{
    return item.seq > 0 ? item.seq : 1;
}

Result<> setSeq(const QString &path, double seq)
{
    return editItemInfo(path, [seq](QString &, double &number) { number = seq; });
}

/** Numbers \a items 1, 2, 3, …; only the files that differ are written. */
Result<> renumber(const std::vector<TreeItem> &items)
{
    for (std::size_t i = 0; i < items.size(); ++i) {
        const double seq = double(i + 1);
        if (items[i].seq == seq || items[i].kind == TreeItem::Kind::Unreadable)
            continue;
        if (const Result<> done = setSeq(items[i].path, seq); !done)
            return done;
    }
    return {};
}

/** Gives the item at \a path its place among \a others. */
Result<> placeAmong(const QString &path, std::vector<TreeItem> others, qsizetype index)
{
    index = qBound(qsizetype(0), index, qsizetype(others.size()));
    // Bruno ignores fractions for folders, so these are always numbered through.
    if (!isFolder(path)) {
        const double before = index > 0 ? seqOf(others[std::size_t(index - 1)]) : 0;
        const bool last = index == qsizetype(others.size());
        const double after = last ? std::floor(before) + 2 : seqOf(others[std::size_t(index)]);
        if (const double seq = before < after ? seqBetween(before, after) : 0; seq > 0)
            return setSeq(path, seq);
    }
    TreeItem item;
    item.path = path;
    item.seq = -1;
    others.insert(others.begin() + index, std::move(item));
    return renumber(others);
}

/** Renames on disk; QFile::rename() and QDir::rename() never replace. */
Result<> renameOnDisk(const QString &from, const QString &to)
{
    if (from == to || QDir().rename(from, to))
        return {};
    return failure(ErrorCode::Io, u"It cannot be renamed to %1"_s.arg(QFileInfo(to).fileName()),
                   from);
}

QString fileSuffix(const QString &path)
{
    return isFolder(path) ? QString() : QString::fromLatin1(FileSuffix);
}

Result<> ensureItem(const QString &path)
{
    if (const Result<> ok = ensureOwnFile(path); !ok)
        return ok;
    if (!QFileInfo::exists(path))
        return failure(ErrorCode::FileNotFound, u"The path does not exist"_s, path);
    if (QFileInfo::exists(inFolder(path, CollectionFile)))
        return failure(ErrorCode::Usage, u"This is a whole collection"_s, path);
    return ensureWritable(path);
}

Result<> copyFolder(const QString &from, const QString &to)
{
    if (!QDir().mkpath(to))
        return failure(ErrorCode::Io, u"The folder cannot be created"_s, to);
    QDirIterator entries(from, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    while (entries.hasNext()) {
        const QFileInfo entry(entries.next());
        const QString target = to + u'/' + entry.fileName();
        if (entry.isDir() && !entry.isSymLink()) {
            if (const Result<> done = copyFolder(entry.filePath(), target); !done)
                return done;
        } else if (!QFile::copy(entry.filePath(), target)) {
            return failure(ErrorCode::Io, u"The file cannot be copied"_s, entry.filePath());
        }
    }
    return {};
}

} // namespace

Result<QString> createCollection(const QString &folder, const QString &name)
{
    const QString path = QDir(folder).absolutePath();
    if (!QDir().mkpath(path))
        return failure(ErrorCode::Io, u"The folder cannot be created"_s, path);
    FolderSpec spec;
    spec.name = name;
    spec.formatVersion = u"1.0.0"_s;
    if (const Result<> saved = FolderDocument::create(spec, inFolder(path, CollectionFile)).save();
        !saved)
        return std::unexpected(saved.error());
    return path;
}

Result<QString> createRequest(const QString &folder, RequestSpec spec)
{
    if (const Result<> ok = ensureOwnFile(folder); !ok)
        return std::unexpected(ok.error());
    const Result<std::vector<TreeItem>> others = siblings(folder, false, {});
    if (!others)
        return std::unexpected(others.error());
    spec.seq = others->empty() ? 1 : std::floor(seqOf(others->back())) + 1;
    const QString path =
        folder + u'/' + freeFileName(folder, spec.name, QString::fromLatin1(FileSuffix));
    if (const Result<> saved = RequestDocument::create(spec, path).save(); !saved)
        return std::unexpected(saved.error());
    return path;
}

Result<QString> createFolder(const QString &parent, const QString &name)
{
    if (const Result<> ok = ensureOwnFile(parent); !ok)
        return std::unexpected(ok.error());
    const Result<std::vector<TreeItem>> others = siblings(parent, true, {});
    if (!others)
        return std::unexpected(others.error());
    const QString path = parent + u'/' + freeFileName(parent, name, {});
    if (const Result<> allowed = ensureWritable(path); !allowed)
        return std::unexpected(allowed.error());
    if (!QDir().mkdir(path))
        return failure(ErrorCode::Io, u"The folder cannot be created"_s, path);
    FolderSpec spec;
    spec.name = name;
    spec.seq = double(others->size() + 1);
    if (const Result<> saved = FolderDocument::create(spec, inFolder(path, FolderFile)).save();
        !saved)
        return std::unexpected(saved.error());
    return path;
}

Result<QString> createEnvironment(const QString &root, const EnvironmentSpec &spec)
{
    if (const Result<> ok = ensureOwnFile(root); !ok)
        return std::unexpected(ok.error());
    const QString folder = inFolder(root, EnvironmentsFolder);
    if (const Result<> allowed = ensureWritable(folder); !allowed)
        return std::unexpected(allowed.error());
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::Io, u"The folder cannot be created"_s, folder);
    const QString path =
        folder + u'/' + freeFileName(folder, spec.name, QString::fromLatin1(FileSuffix));
    if (const Result<> saved = EnvironmentDocument::create(spec, path).save(); !saved)
        return std::unexpected(saved.error());
    return path;
}

Result<QString> renameItem(const QString &path, const QString &name)
{
    if (const Result<> ok = ensureItem(path); !ok)
        return std::unexpected(ok.error());
    const QFileInfo info(path);
    const QString folder = info.absolutePath();
    const QString renamed =
        folder + u'/' + freeFileName(folder, name, fileSuffix(path), info.fileName());
    if (const Result<> done = renameOnDisk(path, renamed); !done)
        return std::unexpected(done.error());
    const Result<> edited =
        editItemInfo(renamed, [&name](QString &text, double &) { text = name; });
    if (!edited) {
        // The old name stays usable; the error of the edit is the one to report.
        static_cast<void>(renameOnDisk(renamed, path));
        return std::unexpected(edited.error());
    }
    return renamed;
}

Result<QString> moveItem(const QString &path, const QString &folder, qsizetype index)
{
    if (const Result<> ok = ensureItem(path); !ok)
        return std::unexpected(ok.error());
    if (isFolder(path) && (folder == path || folder.startsWith(path + u'/')))
        return failure(ErrorCode::Usage, u"A folder cannot be moved into itself"_s, path);
    const Result<std::vector<TreeItem>> others = siblings(folder, isFolder(path), path);
    if (!others)
        return std::unexpected(others.error());
    const QFileInfo info(path);
    QString moved = path;
    if (QFileInfo(folder).absoluteFilePath() != info.absolutePath()) {
        const QString base = isFolder(path) ? info.fileName() : info.completeBaseName();
        moved = folder + u'/' + freeFileName(folder, base, fileSuffix(path));
        if (const Result<> done = renameOnDisk(path, moved); !done)
            return std::unexpected(done.error());
    }
    if (const Result<> placed = placeAmong(moved, *others, index); !placed) {
        static_cast<void>(renameOnDisk(moved, path));
        return std::unexpected(placed.error());
    }
    return moved;
}

Result<QString> duplicateItem(const QString &path)
{
    if (const Result<> ok = ensureItem(path); !ok)
        return std::unexpected(ok.error());
    const QString folder = QFileInfo(path).absolutePath();
    const Result<std::vector<TreeItem>> others = siblings(folder, isFolder(path), {});
    if (!others)
        return std::unexpected(others.error());
    const auto original = std::ranges::find(*others, path, &TreeItem::path);
    if (original == others->end())
        return failure(ErrorCode::FileNotFound, u"The path is no item of a collection"_s, path);
    const QString name = original->name + u" copy"_s;
    const QString copy = folder + u'/' + freeFileName(folder, name, fileSuffix(path));
    if (isFolder(path)) {
        if (const Result<> done = copyFolder(path, copy); !done)
            return std::unexpected(done.error());
    } else if (!QFile::copy(path, copy)) {
        return failure(ErrorCode::Io, u"The file cannot be copied"_s, path);
    }
    const Result<> edited = editItemInfo(copy, [&name](QString &text, double &) { text = name; });
    if (!edited)
        return std::unexpected(edited.error());
    const qsizetype index = original - others->begin() + 1;
    if (const Result<> placed = placeAmong(copy, *others, index); !placed)
        return std::unexpected(placed.error());
    return copy;
}

} // namespace Sluice

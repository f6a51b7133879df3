// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/treeitem.h"

#include <QDateTime>
#include <QHash>
#include <QStringList>

#include <optional>

namespace Sluice {

/** What the file system says of a file; another one after every write, rename and chmod. */
struct FileStamp
{
    qint64 size = 0;
    qint64 modifiedNs = 0; ///< Since 1970; as exact as the file system is.
    qint64 changedNs = 0;  ///< Of the content or of what is known about it; nobody can set it back.
    quint64 inode = 0;     ///< 0 where there are none.
    quint64 device = 0;

    bool operator==(const FileStamp &) const = default;
};

/** The stamp of \a path, or of what it links to; nothing for what is no readable place. */
std::optional<FileStamp> fileStamp(const QString &path);

/**
 * What the items of a tree were read from, so that reading it again reads only what was written
 * since. A value; copies share their content.
 */
class TreeIndex
{
public:
    /**
     * The item that \a file gave when its stamp was \a stamp; nullptr when that is not known. A
     * file that was written in the last seconds before it was read is not known either: the next
     * write may get the same time.
     */
    const TreeItem *find(const QString &file, const FileStamp &stamp) const;
    /** \a file gave \a item; \a stamp was asked for at \a now, before it was read. */
    void insert(const QString &file, const FileStamp &stamp, const TreeItem &item,
                const QDateTime &now);
    /** Forgets files, and what lies in folders. */
    void forget(const QStringList &paths);
    /** Takes over all that \a other knows. */
    void add(const TreeIndex &other) { m_files.insert(other.m_files); }
    qsizetype size() const { return m_files.size(); }

private:
    struct Entry
    {
        FileStamp stamp;
        TreeItem item;
    };

    QHash<QString, Entry> m_files;
};

/** Takes from an index what it has of a file, and notes in a new one what there is now. */
class IndexedReading
{
public:
    IndexedReading(TreeIndex known, const QDateTime &now) : m_known(std::move(known)), m_now(now) {}

    /** What \a read makes of \a file. */
    template<typename Read>
    TreeItem item(const QString &file, const Read &read)
    {
        // Asked for first: what is written while it is read has another one.
        const std::optional<FileStamp> stamp = fileStamp(file);
        const TreeItem *known = stamp ? m_known.find(file, *stamp) : nullptr;
        if (known) {
            m_index.insert(file, *stamp, *known, m_now);
            return *known;
        }
        ++m_filesRead;
        TreeItem item = read();
        // What cannot be read now may be readable without being written.
        const bool isLasting = !item.error || item.error->code == ErrorCode::Parse;
        if (stamp && isLasting)
            m_index.insert(file, *stamp, item, m_now);
        return item;
    }

    /** Nothing is known: every file is read. */
    bool isFirst() const { return m_known.size() == 0; }
    /** One for a part of the same tree, which another thread may read. */
    IndexedReading part() const { return {m_known, m_now}; }
    /** Adds what \a part of the tree was read from. */
    void add(const IndexedReading &part)
    {
        m_index.add(part.m_index);
        m_filesRead += part.m_filesRead;
    }

    TreeIndex takeIndex() { return std::move(m_index); }
    qint64 filesRead() const { return m_filesRead; }

private:
    TreeIndex m_known;
    QDateTime m_now;
    TreeIndex m_index;
    qint64 m_filesRead = 0;
};

} // namespace Sluice

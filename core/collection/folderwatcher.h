// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <memory>

namespace Sluice {

/**
 * Tells what is written, created, moved or deleted directly in watched folders, also in place. On
 * Linux one inotify watch a folder, whatever the number of files in it; elsewhere what
 * QFileSystemWatcher can. Events of 150 ms come as one signal. For a thread with an event loop.
 */
class FolderWatcher final : public QObject
{
    Q_OBJECT

public:
    explicit FolderWatcher(QObject *parent = nullptr);
    ~FolderWatcher() override;

    /** Watches just \a folders from now on; those that do not exist are left out. */
    void setFolders(const QStringList &folders);
    /** How many folders are watched. */
    qsizetype count() const;

signals:
    /** \a paths of files and folders; a folder itself where it is not known what changed in it. */
    void changed(const QStringList &paths);
    /** The system watches no more folders; changes in the others are not noticed. */
    void exhausted();

private:
    class Backend;

    void note(const QString &path);

    std::unique_ptr<Backend> m_backend;
    QSet<QString> m_changed;
    QTimer m_settle; ///< Editors write in several steps, git many files: one signal is enough.
};

} // namespace Sluice

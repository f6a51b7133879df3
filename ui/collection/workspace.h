// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

#include <QFileSystemWatcher>
#include <QMap>
#include <QObject>
#include <QTimer>

namespace Sluice {

class CollectionModel;

/**
 * The open collections: reads their trees, limits and environments in pool threads, watches them
 * and keeps the model up to date.
 */
class Workspace final : public QObject
{
    Q_OBJECT

public:
    explicit Workspace(CollectionModel *model, QObject *parent = nullptr);

    /** Opens the collection that \a path lies in; opened() or failed() follows. */
    void open(const QString &path);
    void close(const QString &root);
    /** Reads the tree of \a root again. */
    void reload(const QString &root);
    /** Also tells when \a file, which is open in a tab, is written in place. */
    void watchFile(const QString &file);
    /** The roots of the open collections, in order of opening. */
    QStringList roots() const { return m_roots; }
    /** The collection that \a path lies in, or an empty string. */
    QString rootOf(const QString &path) const;
    std::vector<EnvironmentSpec> environments(const QString &root) const;
    FolderSpec settings(const QString &root) const { return m_settings.value(root); }

signals:
    /** \a path is what was asked for; the collection \a root is in the model now. */
    void opened(const QString &root, const QString &path);
    void failed(const Error &error);
    void environmentsChanged(const QString &root);
    /** A file or folder under \a root was written by somebody. */
    void changedOnDisk(const QString &root);

private:
    struct Contents;

    void take(const Contents &contents);
    void watch(const TreeItem &tree);
    void noteChange(const QString &path);

    CollectionModel *m_model = nullptr;
    QStringList m_roots;
    QMap<QString, std::vector<EnvironmentSpec>> m_environments;
    QMap<QString, FolderSpec> m_settings;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; ///< Editors write in several steps; one reload is enough.
    QStringList m_changed;
};

} // namespace Sluice

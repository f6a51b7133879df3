// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/collectionformat.h"
#include "core/collection/folderwatcher.h"

#include <QMap>
#include <QObject>
#include <QSet>

#include <memory>

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
    /** The roots of the open collections, in order of opening. */
    QStringList roots() const { return m_roots; }
    /** The collection that \a path lies in, or an empty string. */
    QString rootOf(const QString &path) const;
    std::vector<EnvironmentSpec> environments(const QString &root) const;
    /** The environment \a name with what it extends; empty when there is none of that name. */
    EnvironmentSpec environment(const QString &root, const QString &name) const;
    /** The variables of the `.env` that \a environment uses. */
    std::vector<NameValue> dotEnv(const QString &root, const EnvironmentSpec &environment) const;
    FolderSpec settings(const QString &root) const;
    CollectionFormat format(const QString &root) const;
    /** How many files that describe items were read the last time the tree was. */
    qint64 filesRead(const QString &root) const;
    /** What cannot be read of the collection's settings and environments. */
    std::vector<Error> problems(const QString &root) const;

signals:
    /** \a path is what was asked for; the collection \a root is in the model now. */
    void opened(const QString &root, const QString &path);
    void failed(const Error &error);
    /** What was told as failed() is so no longer. */
    void mended(const Sluice::Error &error);
    void environmentsChanged(const QString &root);
    /** What the collection says of itself, e.g. its limits, is no longer \a before. */
    void settingsChanged(const QString &root, const Sluice::FolderSpec &before);
    /** A file or folder under \a root was written by somebody. */
    void changedOnDisk(const QString &root);

private:
    struct Contents;
    using Known = std::shared_ptr<const Contents>;

    static Result<Known> read(const QString &root, const Known &known, const QStringList &written);
    void take(const Known &contents);
    void watchFolders();
    void noteChanges(const QStringList &paths);

    CollectionModel *m_model = nullptr;
    QStringList m_roots;
    QMap<QString, Known> m_contents;
    FolderWatcher m_watcher;
    QSet<QString> m_reading;              ///< Roots that are being read again.
    QSet<QString> m_stale;                ///< Of these the ones that changed since.
    QMap<QString, QStringList> m_written; ///< By root: what changed since its tree was asked for.
};

} // namespace Sluice

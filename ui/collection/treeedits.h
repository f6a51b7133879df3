// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collectionchange.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <map>

namespace Sluice {

struct BruConversion;
class CollectionHistory;
class Workspace;

/**
 * Changes to the files of collections, one after the other in a pool thread. Each becomes a step of
 * its collection's history, when it has happened.
 */
class TreeEdits final : public QObject
{
    Q_OBJECT

public:
    /** \a workspace outlives it. */
    explicit TreeEdits(const Workspace *workspace, QObject *parent = nullptr);
    /** Waits for the change that is going on. */
    ~TreeEdits() override;

    /** The history of the collection \a root; of an empty one for requests without a collection. */
    CollectionHistory *history(const QString &root);

    /** Adds \a spec as a file of \a folder. */
    void addRequest(const QString &folder, const RequestSpec &spec);
    void addFolder(const QString &parent, const QString &name);
    void rename(const QString &path, const QString &name);
    /** Moves before the \a index-th item of its kind in \a folder; see moveItem(). */
    void move(const QString &path, const QString &folder, qsizetype index);
    void duplicate(const QString &path);
    void remove(const QString &path);
    /**
     * Writes \a limits into the collection \a root, or takes them out of it. \a beside does (1) and
     * takes back (-1) what belongs to the same step; it is not called when the file cannot be
     * written.
     */
    void setLimits(const QString &root, const std::optional<Limits> &limits,
                   std::function<void(int by)> beside = {});
    void addEnvironment(const QString &root, const EnvironmentSpec &spec);
    /** Converts the collection \a root, in Bruno's older format; converted() follows. */
    void convert(const QString &root);
    /** Edits the file of \a spec, which held \a expected. */
    void setEnvironment(const EnvironmentSpec &expected, const EnvironmentSpec &spec);

signals:
    /** A collection got its history. */
    void historyAdded(Sluice::CollectionHistory *history);
    /** \a from is where the item was, \a to where it is now; either may be empty. */
    void done(const QString &from, const QString &to);
    /** The collection \a root: what it says of itself, or its environments, changed. */
    void settingsChanged(const QString &root);
    void failed(const Sluice::Error &error);
    void converted(const Sluice::BruConversion &made);

private:
    friend class FileCommand;
    void run(const QString &path, const QString &what, std::function<ChangeResult()> change,
             std::function<void(int by)> beside = {});
    void tell(const ItemMove &move);
    void added(CollectionHistory *steps, const QString &what,
               const std::shared_ptr<CollectionChange> &change,
               const std::function<void(int by)> &beside);

    const Workspace *m_workspace;
    std::map<QString, CollectionHistory *> m_histories;
    QThreadPool m_files; ///< One thread: changes happen in the order in which they were asked for.
};

} // namespace Sluice

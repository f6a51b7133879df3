// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collectionedit.h"

#include <memory>

namespace Sluice {

struct BruConversion;

/** Where an item was and where it is now; one of them is empty when it was not there. */
struct ItemMove
{
    QString from;
    QString to;

    bool operator==(const ItemMove &) const = default;
};

/**
 * A change to a collection's files that has happened, and how to take it back and do it again.
 * Files that nobody wrote since get their very bytes back; in others only what the change concerned
 * is edited. undo() and redo() take turns; a step that failed may be tried again. Blocks; one
 * thread at a time.
 */
class CollectionChange
{
public:
    /** The file that says the item's name and place, before and after. */
    struct Info
    {
        QString item;      ///< Path after the change.
        QByteArray before; ///< Null = there was no file.
        QByteArray after;
        QString nameBefore;
        QString nameAfter;
        double seqBefore = 0;
        double seqAfter = 0;
    };

    CollectionChange(ItemMove move, std::vector<Info> infos, RemovedItem content = {});

    const ItemMove &move() const { return m_move; }
    /** The files say what they said before. */
    bool isEmpty() const;
    Result<ItemMove> undo();
    Result<ItemMove> redo();

private:
    enum class Direction { Back, Forth };
    Result<> appear(const QString &path);
    Result<> vanish(const QString &path);
    Result<> restoreInfos(Direction direction);
    Result<> ensureUnchanged() const;

    ItemMove m_move;
    std::vector<Info> m_infos;
    RemovedItem m_content; ///< While the item is not there.
};

/** The change that was made, or why not. */
using ChangeResult = Result<std::shared_ptr<CollectionChange>>;

// As the functions of collectionedit.h, but they can be taken back.
ChangeResult addRequestUndoably(const QString &folder, const RequestSpec &spec);
ChangeResult addFolderUndoably(const QString &parent, const QString &name);
ChangeResult addEnvironmentUndoably(const QString &root, const EnvironmentSpec &spec);
ChangeResult renameUndoably(const QString &path, const QString &name);
ChangeResult moveUndoably(const QString &path, const QString &folder, qsizetype index);
ChangeResult duplicateUndoably(const QString &path);
ChangeResult removeUndoably(const QString &path);
/** Makes \a limits those of the collection \a root; without a value it has none of its own. */
ChangeResult setLimitsUndoably(const QString &root, const std::optional<Limits> &limits);
/** Edits the environment's file at `spec.path`, which held \a expected: else ChangedOnDisk. */
ChangeResult setEnvironmentUndoably(const EnvironmentSpec &expected, const EnvironmentSpec &spec);
/**
 * Converts the collection \a root, in Bruno's older format, in its own folder; see
 * convertBruCollection(). Taken back, the files that it wrote go, if all are still as written.
 */
ChangeResult convertUndoably(const QString &root, BruConversion &made);

} // namespace Sluice

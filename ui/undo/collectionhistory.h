// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoStack>

namespace Sluice {

/**
 * The one undo stack of a collection: edits of its requests and changes to its files, in the order
 * in which they were made. A step on files goes on in another thread after undo() or redo() has
 * returned; further steps wait for it, and one that fails is put back where it was.
 */
class CollectionHistory final : public QUndoStack
{
    Q_OBJECT

public:
    using QUndoStack::QUndoStack;

    /** Undoes (-1) or redoes (1) the next step, after those that are still going on. */
    void step(int by);
    bool isBusy() const { return m_busy; }

    // For commands on files.

    /** The step goes on elsewhere until finishStep(). */
    void beginStep();
    /** The step of \a command, undone (-1) or redone (1), has ended. */
    void finishStep(const QUndoCommand *command, int by, bool succeeded);
    /** True while a failed step is put back: the command must not do anything. */
    bool isPuttingBack() const { return m_puttingBack; }

private:
    void go(int by);

    QList<int> m_waiting;
    bool m_busy = false;
    bool m_puttingBack = false;
};

} // namespace Sluice

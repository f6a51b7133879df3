// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoStack>

namespace Sluice {

/**
 * The one undo stack of a collection: edits of its requests and changes to its files, in the order
 * in which they were made. What is done to files goes on in another thread; steps that are asked
 * for meanwhile wait for it, and one that fails is put back where it was.
 */
class CollectionHistory final : public QUndoStack
{
    Q_OBJECT

public:
    using QUndoStack::QUndoStack;

    /** Undoes (-1) or redoes (1) the next step, after those that are still going on. */
    void step(int by);

    // For those that change files.

    /** A change or a step goes on elsewhere until finishChange() or finishStep(). */
    void begin() { ++m_running; }
    /** A new change has ended: its command is pushed, or it failed. */
    void finishChange();
    /** The step of \a command, undone (-1) or redone (1), has ended. */
    void finishStep(const QUndoCommand *command, int by, bool succeeded);
    /** True while a failed step is put back: the command must not do anything. */
    bool isPuttingBack() const { return m_puttingBack; }

private:
    void go(int by);
    void goOn();

    QList<int> m_waiting;
    int m_running = 0;
    bool m_puttingBack = false;
};

} // namespace Sluice

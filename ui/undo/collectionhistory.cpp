// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/undo/collectionhistory.h"

#include <QScopedValueRollback>

namespace Sluice {

void CollectionHistory::go(int by)
{
    if (by < 0)
        undo();
    else
        redo();
}

void CollectionHistory::step(int by)
{
    if (m_running > 0)
        m_waiting << by;
    else
        go(by);
}

void CollectionHistory::goOn()
{
    while (m_running == 0 && !m_waiting.isEmpty())
        go(m_waiting.takeFirst());
}

void CollectionHistory::finishChange()
{
    --m_running;
    goOn();
}

void CollectionHistory::finishStep(const QUndoCommand *command, int by, bool succeeded)
{
    --m_running;
    if (!succeeded) {
        m_waiting.clear();
        // An edit that was made meanwhile may have dropped the command; only its address is used.
        const int at = by < 0 ? index() : index() - 1;
        if (at >= 0 && at < count() && this->command(at) == command) {
            const QScopedValueRollback guard(m_puttingBack, true);
            go(-by);
        }
        return;
    }
    goOn();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <random>
#include <vector>

namespace Sluice {

/**
 * One random operation. Its numbers are read modulo what there is when it runs, so that a sequence
 * still makes sense after some operations were taken out of it.
 */
struct ModelOperation
{
    enum class Kind {
        Enqueue,      ///< a: host, b: priority, c: backdating
        Release,      ///< a: which of those in flight, b: outcome
        GiveBack,     ///< The newest of those in flight; in a callback, what was just granted.
        Cancel,       ///< a: which of those queued
        Stale,        ///< a: which of those that ended; b: cancel or release
        Total,        ///< a: limit
        PerHost,      ///< a: limit
        Overrides,    ///< a: which set
        Adaptive,     ///< a: host, b: limit
        Rate,         ///< a: which
        HostRate,     ///< a: which
        QueueMax,     ///< a: which
        QueueTimeout, ///< a: which
        HoldMax,      ///< a: which
        Pause,
        Resume,
        Hold,          ///< a: host, b: how long
        EndHold,       ///< a: host
        Advance,       ///< a: how long; then advance()
        AdvanceToNext, ///< To nextDeadlineUs(), as a timer would.
        Sleep,         ///< a: how long; nobody calls
        JumpBack,      ///< a: how far the clock goes backwards
        Close,
    };
    /** Where it runs: from outside, or inside the next callback. */
    enum class Where { Outside, Client, Observer };

    Kind kind = Kind::Enqueue;
    Where where = Where::Outside;
    quint32 a = 0;
    quint32 b = 0;
    quint32 c = 0;
};

using ModelOperations = std::vector<ModelOperation>;

ModelOperations randomOperations(quint32 seed, int count);
QString operationText(const ModelOperation &operation);

} // namespace Sluice

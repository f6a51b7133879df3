// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace Sluice {

/**
 * The moments of one request in microseconds of the engine's clock; -1 where a phase did not
 * happen. Redirect hops and retries add up: `enqueuedUs` is the first hop's, the others the last's.
 */
struct PhaseTimings
{
    qint64 enqueuedUs = -1;
    qint64 admittedUs = -1;
    qint64 connectUs = -1; ///< A socket began to connect (DNS, TCP and TLS follow); -1 = reused.
    qint64 sentUs = -1;    ///< The request was written.
    qint64 headersUs = -1; ///< The reply's header block was read.
    qint64 finishedUs = -1;
    /** Time queued by reason, indexed like the admission queue's WaitReason, over all hops. */
    std::array<qint64, 6> waits{};

    bool isNewConnection() const { return connectUs >= 0; }
    qint64 queuedUs() const;  ///< Sum of `waits`.
    qint64 stalledUs() const; ///< Admitted but held inside Qt; should be about 0.
    qint64 connectingUs() const;
    qint64 waitingUs() const;  ///< Sent until headers.
    qint64 downloadUs() const; ///< Headers until finished.
    qint64 onWireUs() const;   ///< Admitted until finished.
    qint64 totalUs() const;    ///< Enqueued until finished.
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/transport/keptsocket.h"

#include <QBasicTimer>
#include <QObject>

#include <functional>
#include <vector>

namespace Sluice {

/**
 * Waits until the server, too, has let go of connections that Qt has closed before we could keep
 * them (see LingeringSockets, which knows more).
 *
 * A server has such a connection until it has read that it was closed and has closed its own end.
 * While it has not, Linux shows the connection as half closed (FIN-WAIT, RFC 9293 3.3.2); it is
 * waited for, within PatienceUs. A reset leaves no trace, neither one of ours nor one by which the
 * system answers what the server still writes, so from the moment that nothing is seen (any more)
 * the server is given GraceUs to notice.
 */
class PeerWatch final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 PatienceUs = 5'000'000;
    static constexpr qint64 GraceUs = 50'000;

    /** \a clock outlives this. */
    explicit PeerWatch(const Clock &clock);

    /**
     * A connection to \a peer has been closed here; \a done is called from the event loop when it
     * is closed there as well. Of a peer known by name only any address may be.
     */
    void add(const PeerAddress &peer, std::function<void()> done);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Waiting
    {
        PeerAddress peer;
        std::function<void()> done;
        qint64 closedUs = 0;
        qint64 missingUs = -1; ///< Since when no half-closed connection is left for it.
    };

    void look();

    const Clock &m_clock;
    std::vector<Waiting> m_waiting; ///< In the order of closing.
    QBasicTimer m_timer;
};

} // namespace Sluice

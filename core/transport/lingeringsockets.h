// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/transport/keptsocket.h"

#include <QBasicTimer>
#include <QObject>

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace Sluice {

/**
 * Closes connections so that it is known when the server has let go of them.
 *
 * One side of a connection that is simply closed learns nothing more of the other: what then still
 * comes is answered by a reset (RFC 9293 3.6.1), which the other end never acknowledges and after
 * which no trace of it is left, although the server has the connection until it gets round to
 * reading. So we do what RFC 9293 3.6 provides for: say that nothing more will come (FIN), go on
 * receiving, throw away what was still under way, and close when the server's own FIN, or its
 * reset, is here. That is its word that it has closed, over any distance and however busy it is.
 *
 * A server may never say so. One that goes on writing, or that does nothing, is reset after a
 * while (DiscardMaxBytes, WritingUs, PatienceUs). It then has the time that the reset may take to
 * arrive, at least GraceUs, to notice; that much is a guess, since nothing can be known.
 *
 * Lives in the engine thread.
 */
class LingeringSockets final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 PatienceUs = 5'000'000;
    static constexpr qint64 WritingUs = 250'000; ///< From the first to the last byte thrown away.
    static constexpr qint64 DiscardMaxBytes = 1024 * 1024;
    static constexpr qint64 GraceUs = 50'000;

    /** \a clock outlives this. */
    explicit LingeringSockets(const Clock &clock);
    /** Closes what is left, without waiting. */
    ~LingeringSockets() override;

    /** Closes \a socket; \a done, if any, is called from the event loop when it is over. */
    void add(KeptSocket socket, std::function<void()> done);
    int count() const { return int(m_sockets.size()); }
    /** True for the descriptor of a connection that is still lingering. */
    bool holds(int descriptor) const { return m_descriptors.contains(descriptor); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Lingering;

    void lookSoon();
    void look();
    bool isOver(Lingering &lingering, qint64 nowUs);

    const Clock &m_clock;
    std::vector<std::unique_ptr<Lingering>> m_sockets;
    std::set<int> m_descriptors; ///< Of these, as far as they are still open.
    QBasicTimer m_timer;         ///< Runs while there are any.
    bool m_looksSoon = false;
};

} // namespace Sluice

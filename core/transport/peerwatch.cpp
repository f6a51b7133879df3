// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/peerwatch.h"

#include "core/transport/socketcounter.h"

#include <QTimerEvent>

#include <algorithm>

namespace Sluice {

namespace {

constexpr int LookAtPeersEveryMs = 2;

bool isOf(const QString &peer, const PeerAddress &wanted)
{
    return wanted.address.isEmpty() ? peer.endsWith(u':' + QString::number(wanted.port))
                                    : peer == wanted.toString();
}

} // namespace

PeerWatch::PeerWatch(const Clock &clock) : m_clock(clock) {}

void PeerWatch::add(const PeerAddress &peer, std::function<void()> done)
{
    m_waiting.push_back({peer, std::move(done), m_clock.nowUs(), -1});
    if (!m_timer.isActive())
        m_timer.start(LookAtPeersEveryMs, Qt::PreciseTimer, this);
}

void PeerWatch::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        look();
    else
        QObject::timerEvent(event);
}

void PeerWatch::look()
{
    const auto halfClosed = countHalfClosedSockets();
    std::map<QString, int> left = halfClosed.value_or(std::map<QString, int>());
    const qint64 now = m_clock.nowUs();
    std::vector<std::function<void()>> done;
    std::erase_if(m_waiting, [&](Waiting &waiting) {
        const auto peer = std::ranges::find_if(left, [&waiting](const auto &one) {
            return one.second > 0 && isOf(one.first, waiting.peer);
        });
        const bool seen = peer != left.end();
        if (seen) {
            --peer->second;
            waiting.missingUs = -1;
        } else if (waiting.missingUs < 0) {
            waiting.missingUs = now;
        }
        const bool over =
            seen ? now - waiting.closedUs >= PatienceUs : now - waiting.missingUs >= GraceUs;
        if (over)
            done.push_back(std::move(waiting.done));
        return over;
    });
    if (m_waiting.empty())
        m_timer.stop();
    for (const std::function<void()> &tell : done)
        tell();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/lingeringsockets.h"

#include <QMetaObject>
#include <QSocketNotifier>
#include <QTimerEvent>

#include <algorithm>
#include <utility>

namespace Sluice {

namespace {

constexpr int LookEveryMs = 10; // For what time alone ends.

} // namespace

struct LingeringSockets::Lingering
{
    KeptSocket socket;
    std::function<void()> done;
    qint64 sinceUs = 0;
    qint64 writingUs = -1; ///< When the first byte was thrown away.
    qint64 discarded = 0;
    qint64 overUs = -1; ///< After a reset: until then.
    std::unique_ptr<QSocketNotifier> notifier = nullptr;
};

LingeringSockets::LingeringSockets(const Clock &clock) : m_clock(clock) {}

LingeringSockets::~LingeringSockets() = default;

void LingeringSockets::add(KeptSocket socket, std::function<void()> done)
{
    socket.shutDown();
    const int descriptor = socket.descriptor();
    m_sockets.push_back(std::make_unique<Lingering>(
        Lingering{std::move(socket), std::move(done), m_clock.nowUs()}));
    auto notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    connect(notifier.get(), &QSocketNotifier::activated, this, [this, one = notifier.get()] {
        one->setEnabled(false);
        lookSoon();
    });
    m_sockets.back()->notifier = std::move(notifier);
    m_descriptors.insert(descriptor);
    if (!m_timer.isActive())
        m_timer.start(LookEveryMs, this);
}

void LingeringSockets::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        look();
    else
        QObject::timerEvent(event);
}

/** Not in the notifier's own signal, in which it could not be deleted. */
void LingeringSockets::lookSoon()
{
    if (!std::exchange(m_looksSoon, true))
        QMetaObject::invokeMethod(this, &LingeringSockets::look, Qt::QueuedConnection);
}

void LingeringSockets::look()
{
    m_looksSoon = false;
    const qint64 now = m_clock.nowUs();
    std::vector<std::function<void()>> done;
    std::erase_if(m_sockets, [&](const std::unique_ptr<Lingering> &one) {
        const bool over = isOver(*one, now);
        if (over && one->done)
            done.push_back(std::move(one->done));
        return over;
    });
    if (m_sockets.empty())
        m_timer.stop();
    for (const std::function<void()> &tell : done)
        tell();
}

bool LingeringSockets::isOver(Lingering &lingering, qint64 nowUs)
{
    if (lingering.overUs >= 0)
        return nowUs >= lingering.overUs;
    const std::optional<qint64> bytes = lingering.socket.discard();
    if (!bytes) {
        m_descriptors.erase(lingering.socket.descriptor());
        return true;
    }
    bool resets = nowUs - lingering.sinceUs >= PatienceUs;
    if (*bytes > 0) {
        lingering.discarded += *bytes;
        if (lingering.writingUs < 0)
            lingering.writingUs = nowUs;
        resets = resets || lingering.discarded > DiscardMaxBytes
                 || nowUs - lingering.writingUs >= WritingUs;
    }
    if (resets) {
        lingering.notifier.reset();
        m_descriptors.erase(lingering.socket.descriptor());
        lingering.overUs = nowUs + std::max(GraceUs, lingering.socket.reset());
    } else {
        lingering.notifier->setEnabled(true);
    }
    return false;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/watchdog.h"

#include <QJSEngine>

namespace Sluice {

Watchdog::Watchdog(QJSEngine &engine) : m_engine(engine) {}

void Watchdog::begin(std::chrono::milliseconds limit)
{
    const std::scoped_lock lock(m_mutex);
    const bool wasIdle = m_deadline == TimePoint::max();
    m_deadline = std::chrono::steady_clock::now() + limit;
    if (!m_thread.joinable())
        m_thread = std::jthread([this](const std::stop_token &stop) { watch(stop); });
    else if (wasIdle)
        m_changed.notify_one();
}

bool Watchdog::end()
{
    const std::scoped_lock lock(m_mutex);
    m_deadline = TimePoint::max();
    const bool wasInterrupted = m_engine.isInterrupted();
    m_engine.setInterrupted(false);
    return wasInterrupted;
}

void Watchdog::watch(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        if (m_deadline == TimePoint::max()) {
            m_changed.wait(lock, stop, [this] { return m_deadline != TimePoint::max(); });
        } else if (std::chrono::steady_clock::now() < m_deadline) {
            // Wakes at the deadline that held when the wait began; a later one is looked at again.
            // Copied, because the wait reads it by reference while the mutex is free.
            const TimePoint deadline = m_deadline;
            m_changed.wait_until(lock, stop, deadline, [] { return false; });
        } else {
            m_engine.setInterrupted(true);
            m_deadline = TimePoint::max();
        }
    }
}

} // namespace Sluice

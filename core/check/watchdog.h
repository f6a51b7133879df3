// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

class QJSEngine;

namespace Sluice {

/**
 * Interrupts a QJSEngine whose script runs longer than allowed; QJSEngine::setInterrupted() may be
 * called from any thread. The watching thread starts with the first script.
 */
class Watchdog
{
public:
    explicit Watchdog(QJSEngine &engine);
    Watchdog(const Watchdog &) = delete;
    Watchdog &operator=(const Watchdog &) = delete;

    /** A script starts now and must end within \a limit. */
    void begin(std::chrono::milliseconds limit);
    /** The script has ended; true when it was interrupted. */
    bool end();

private:
    using TimePoint = std::chrono::steady_clock::time_point;

    void watch(const std::stop_token &stop);

    QJSEngine &m_engine;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    TimePoint m_deadline = TimePoint::max(); ///< max() = no script runs.
    std::jthread m_thread;                   ///< Last: joined before the rest goes.
};

} // namespace Sluice

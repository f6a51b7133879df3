// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QStringList>

#include <optional>

namespace Sluice {

/**
 * Lets announcements through one at a time: a screen reader that is told everything at once says
 * nothing. What comes too early waits and is said together with what came beside it.
 */
class AnnouncementGate
{
public:
    static constexpr qint64 IntervalUs = 5'000'000;

    /** \a clock outlives the gate. */
    explicit AnnouncementGate(const Clock &clock) : m_clock(clock) {}

    /** \a text joins what waits; the same text waits once. */
    void add(const QString &text);
    /** What is to be said now, if anything is and enough time has passed. */
    std::optional<QString> take();
    /** Until take() has something, in microseconds; -1 = nothing waits. */
    qint64 waitUs() const;

private:
    const Clock &m_clock;
    QStringList m_waiting;
    std::optional<qint64> m_saidUs;
};

} // namespace Sluice

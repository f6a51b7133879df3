// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <deque>

namespace Sluice {

/**
 * Dates the events that the event loop delivers. A thread's posted events are delivered in the
 * order of posting, so a stamp among them tells of its neighbours: what is delivered before a stamp
 * was posted before it. With thousands of events queued, their delivery comes milliseconds late.
 *
 * Belongs to the thread whose events it dates. All times are the caller's clock, in microseconds.
 */
class EventStamps final : public QObject
{
    Q_OBJECT

public:
    /** How far apart stamps are, and so how exact the dates. */
    static constexpr qint64 EveryUs = 250;

    /** Posts a stamp unless the last is recent; to be called with whatever is going on. */
    void post(qint64 nowUs);
    /** When the event that is being delivered had been posted, at the latest. */
    qint64 postedBy(qint64 nowUs) const { return m_posted.empty() ? nowUs : m_posted.front(); }

protected:
    bool event(QEvent *event) override;

private:
    std::deque<qint64> m_posted; ///< Not yet delivered.
    qint64 m_lastUs = -EveryUs;
};

} // namespace Sluice

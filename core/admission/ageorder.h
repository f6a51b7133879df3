// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/deadlineheap.h"
#include "core/admission/tickettable.h"

#include <vector>

namespace Sluice {

/**
 * Finds the oldest queued ticket, for the queue timeout. Tickets mostly come in order of age, so
 * they are kept in a plain row, and one that left is passed over later; only those that were
 * backdated need a heap. Costs nothing while it is off.
 */
class AgeOrder
{
public:
    explicit AgeOrder(const TicketTable &tickets) : m_tickets(tickets) {}

    bool isOn() const { return m_isOn; }
    /** Takes up all queued tickets, or forgets them all. */
    void setOn(bool on);

    /** \a index was queued at \a nowUs; \a queued is how many there are. */
    void add(quint32 index, qint64 nowUs, int queued)
    {
        if (m_isOn)
            insert(index, nowUs, queued);
    }
    /** \a index is not queued any more. */
    void remove(quint32 index)
    {
        if (m_isOn)
            m_backdated.remove(index);
    }
    /** Passes over those that left; call it before the next two. */
    void settle();
    bool isEmpty() const { return m_first == m_row.size() && m_backdated.isEmpty(); }
    quint32 oldest() const;

    std::size_t bytes() const { return m_row.capacity() * sizeof(TicketId) + m_backdated.bytes(); }

private:
    void insert(quint32 index, qint64 nowUs, int queued);
    bool isQueued(TicketId ticket) const
    {
        return m_tickets.find(ticket, TicketSlot::State::Queued) != NoIndex;
    }

    const TicketTable &m_tickets;
    bool m_isOn = false;
    std::vector<TicketId> m_row; ///< Oldest first, from m_first on.
    std::size_t m_first = 0;
    DeadlineHeap m_backdated; ///< By age.
};

} // namespace Sluice

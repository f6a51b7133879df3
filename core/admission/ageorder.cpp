// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/ageorder.h"

#include <algorithm>

namespace Sluice {

void AgeOrder::setOn(bool on)
{
    m_isOn = on;
    m_row.clear();
    m_first = 0;
    m_backdated = {};
    for (quint32 i = 0; on && i < m_tickets.size(); ++i) {
        if (m_tickets[i].state() == TicketSlot::State::Queued)
            m_row.push_back(m_tickets.id(i));
    }
    std::ranges::sort(m_row, {}, [this](TicketId ticket) {
        return m_tickets.record(TicketTable::indexOf(ticket)).enqueuedUs;
    });
}

void AgeOrder::insert(quint32 index, qint64 nowUs, int queued)
{
    const qint64 enqueuedUs = m_tickets.record(index).enqueuedUs;
    if (enqueuedUs < nowUs) {
        m_backdated.set(index, enqueuedUs);
        return;
    }
    constexpr std::size_t FewEnough = 1024;
    if (m_row.size() > 2 * std::size_t(queued) + FewEnough) {
        std::erase_if(m_row, [this](TicketId ticket) { return !isQueued(ticket); });
        m_first = 0;
    }
    m_row.push_back(m_tickets.id(index));
}

void AgeOrder::settle()
{
    while (m_first < m_row.size() && !isQueued(m_row[m_first]))
        ++m_first;
}

quint32 AgeOrder::oldest() const
{
    if (m_first == m_row.size())
        return m_backdated.firstId();
    const quint32 index = TicketTable::indexOf(m_row[m_first]);
    if (m_backdated.isEmpty() || m_backdated.firstUs() >= m_tickets.record(index).enqueuedUs)
        return index;
    return m_backdated.firstId();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/admissioninspector.h"

namespace Sluice {

std::set<AdmissionInspector::Turn> AdmissionInspector::ring() const
{
    std::set<Turn> turns;
    for (std::size_t p = 0; p < PriorityCount; ++p) {
        for (quint32 i = m_queue.m_rings[p].first(); i != NoIndex;
             i = m_queue.m_hosts[i].ring[p].next) {
            if (!turns.insert({m_queue.m_hosts[i].endpoint, Priority(p)}).second)
                break; // Twice in the ring: the sizes will differ.
        }
    }
    return turns;
}

std::map<AdmissionInspector::Turn, std::vector<TicketId>> AdmissionInspector::fifos() const
{
    std::map<Turn, std::vector<TicketId>> fifos;
    for (quint32 h = 0; h < m_queue.m_hosts.size(); ++h) {
        const HostState &host = m_queue.m_hosts[h];
        for (std::size_t p = 0; p < PriorityCount; ++p) {
            for (quint32 i = host.fifo[p].first(); i != NoIndex; i = m_queue.m_tickets[i].fifo.next)
                fifos[{host.endpoint, Priority(p)}].push_back(m_queue.m_tickets.id(i));
        }
    }
    return fifos;
}

int AdmissionInspector::liveTickets() const
{
    int live = 0;
    for (quint32 i = 0; i < m_queue.m_tickets.size(); ++i)
        live += m_queue.m_tickets[i].state() != TicketSlot::State::Free;
    return live;
}

int AdmissionInspector::liveHosts() const
{
    return int(m_queue.m_hosts.size()) - int(m_queue.m_freeHosts.size());
}

} // namespace Sluice

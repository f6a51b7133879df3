// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/chunkedarray.h"
#include "core/admission/indexlist.h"
#include "core/admission/ticket.h"

namespace Sluice {

/** One ticket, queued or admitted: what is looked at from its neighbours, so kept close to them. */
struct alignas(16) TicketSlot
{
    enum class State : quint32 { Free, Queued, Admitted };

    IndexLink fifo; ///< In its host's queue; `next` also chains the free slots.
    quint32 generation = 1;

    quint32 host() const { return m_word & HostMask; }
    Priority priority() const { return Priority(m_word >> PriorityShift & 3); }
    State state() const { return State(m_word >> StateShift); }
    void queue(quint32 host, Priority priority)
    {
        m_word = quint32(State::Queued) << StateShift | quint32(priority) << PriorityShift | host;
    }
    void setState(State state)
    {
        m_word = (m_word & ~(quint32(3) << StateShift)) | quint32(state) << StateShift;
    }

private:
    static constexpr int PriorityShift = 28;
    static constexpr int StateShift = 30;
    static constexpr quint32 HostMask = (quint32(1) << PriorityShift) - 1;

    // Always written whole. What the compiler writes as a byte of a bit-field and reads again as a
    // word has to wait until every older write has reached its place in memory.
    quint32 m_word = 0;
};
static_assert(sizeof(TicketSlot) == 16);

/** The rest of a ticket, written when it is queued and read when it leaves: one cache line. */
struct alignas(64) TicketRecord
{
    quint64 tag = 0;
    qint64 enqueuedUs = 0;
    WaitTimes clocks{}; ///< When it began to wait, on every clock.
};
static_assert(sizeof(TicketRecord) == 64);

/** The tickets of a queue: slots that are used again, each time under a new id. */
class TicketTable
{
public:
    TicketSlot &operator[](quint32 index) { return m_slots[index]; }
    const TicketSlot &operator[](quint32 index) const { return m_slots[index]; }
    TicketRecord &record(quint32 index) { return m_records[index]; }
    const TicketRecord &record(quint32 index) const { return m_records[index]; }
    /** The slots are those from 0 up to this; free ones are among them. */
    quint32 size() const { return m_slots.size(); }

    quint32 take()
    {
        if (m_firstFree == NoIndex) {
            m_records.append();
            return m_slots.append();
        }
        const quint32 index = m_firstFree;
        m_firstFree = m_slots[index].fifo.next;
        return index;
    }

    void give(quint32 index)
    {
        TicketSlot &slot = m_slots[index];
        slot.setState(TicketSlot::State::Free);
        // A slot whose generations are used up is retired: no id is ever used twice.
        if (++slot.generation == 0)
            return;
        slot.fifo.next = m_firstFree;
        m_firstFree = index;
    }

    static quint32 indexOf(TicketId ticket) { return quint32(quint64(ticket) & 0xffffffff); }
    TicketId id(quint32 index) const
    {
        return TicketId(quint64(m_slots[index].generation) << 32 | index);
    }

    /** The index of \a ticket, or NoIndex when it is not in \a state. */
    quint32 find(TicketId ticket, TicketSlot::State state) const
    {
        const quint32 index = indexOf(ticket);
        if (index >= m_slots.size() || id(index) != ticket || m_slots[index].state() != state)
            return NoIndex;
        return index;
    }

    /** Asks for the cache lines of \a ticket, which may be any number. */
    void prefetch(TicketId ticket) const
    {
        const quint32 index = indexOf(ticket);
        if (index >= m_slots.size())
            return;
        __builtin_prefetch(&m_slots[index]);
        __builtin_prefetch(&m_records[index]);
    }

    std::size_t bytes() const { return m_slabs.bytes() + m_slots.bytes() + m_records.bytes(); }

private:
    static constexpr quint32 ChunkSize = 1024;

    Slabs m_slabs;
    ChunkedArray<TicketSlot, ChunkSize> m_slots{m_slabs};
    ChunkedArray<TicketRecord, ChunkSize> m_records{m_slabs};
    quint32 m_firstFree = NoIndex;
};

} // namespace Sluice

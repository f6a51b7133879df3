// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/deadlineheap.h"

namespace Sluice {

std::size_t DeadlineHeap::bytes() const
{
    return m_heap.capacity() * sizeof(Entry) + m_positions.capacity() * sizeof(quint32);
}

void DeadlineHeap::set(quint32 id, qint64 atUs)
{
    if (id >= m_positions.size())
        m_positions.resize(id + 1, NoIndex);
    quint32 position = m_positions[id];
    if (position == NoIndex) {
        position = quint32(m_heap.size());
        m_heap.push_back({atUs, id});
        m_positions[id] = position;
    } else if (m_heap[position].atUs == atUs) {
        return;
    } else {
        m_heap[position].atUs = atUs;
    }
    siftUp(position);
    siftDown(m_positions[id]);
}

void DeadlineHeap::take(quint32 id)
{
    const quint32 position = m_positions[id];
    m_positions[id] = NoIndex;
    const Entry last = m_heap.back();
    m_heap.pop_back();
    if (last.id == id)
        return;
    place(position, last);
    siftUp(position);
    siftDown(m_positions[last.id]);
}

void DeadlineHeap::siftUp(quint32 position)
{
    const Entry entry = m_heap[position];
    while (position > 0) {
        const quint32 parent = (position - 1) / 2;
        if (m_heap[parent].atUs <= entry.atUs)
            break;
        place(position, m_heap[parent]);
        position = parent;
    }
    place(position, entry);
}

void DeadlineHeap::siftDown(quint32 position)
{
    const Entry entry = m_heap[position];
    for (;;) {
        quint32 child = 2 * position + 1;
        if (child >= m_heap.size())
            break;
        if (child + 1 < m_heap.size() && m_heap[child + 1].atUs < m_heap[child].atUs)
            ++child;
        if (m_heap[child].atUs >= entry.atUs)
            break;
        place(position, m_heap[child]);
        position = child;
    }
    place(position, entry);
}

void DeadlineHeap::place(quint32 position, const Entry &entry)
{
    m_heap[position] = entry;
    m_positions[entry.id] = position;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/indexlist.h"

#include <vector>

namespace Sluice {

/** A binary heap of times by id: at most one time an id, changed or removed in O(log n). */
class DeadlineHeap
{
public:
    bool isEmpty() const { return m_heap.empty(); }
    qint64 firstUs() const { return m_heap.front().atUs; }
    quint32 firstId() const { return m_heap.front().id; }
    std::size_t bytes() const;

    /** Ids are small numbers: the heap keeps four bytes for each up to the largest. */
    void set(quint32 id, qint64 atUs);
    /** No-op when \a id has no time. */
    void remove(quint32 id)
    {
        if (id < m_positions.size() && m_positions[id] != NoIndex)
            take(id);
    }

private:
    struct Entry
    {
        qint64 atUs = 0;
        quint32 id = 0;
    };

    void take(quint32 id);
    void siftUp(quint32 position);
    void siftDown(quint32 position);
    void place(quint32 position, const Entry &entry);

    std::vector<Entry> m_heap;
    std::vector<quint32> m_positions;
};

} // namespace Sluice

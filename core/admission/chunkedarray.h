// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/slabs.h"

#include <type_traits>

namespace Sluice {

/** An array that grows by chunks: references stay valid, and growing copies nothing. */
template<typename T, quint32 ChunkSize>
class ChunkedArray
{
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= Slabs::Alignment);
    static_assert(ChunkSize * sizeof(T) % Slabs::Alignment == 0);

public:
    /** The chunks come from \a slabs, which outlives the array. */
    explicit ChunkedArray(Slabs &slabs) : m_slabs(slabs) {}

    T &operator[](quint32 index) { return m_chunks[index / ChunkSize][index % ChunkSize]; }
    const T &operator[](quint32 index) const
    {
        return m_chunks[index / ChunkSize][index % ChunkSize];
    }
    quint32 size() const { return m_size; }

    /** The index of a new element at the end. */
    quint32 append()
    {
        if (m_size % ChunkSize == 0)
            m_chunks.push_back(new (m_slabs.take(ChunkSize * sizeof(T))) T[ChunkSize]);
        return m_size++;
    }

    /** Of the list of chunks; what they hold is the slabs'. */
    std::size_t bytes() const { return m_chunks.capacity() * sizeof(m_chunks.front()); }

private:
    Slabs &m_slabs;
    std::vector<T *> m_chunks;
    quint32 m_size = 0;
};

} // namespace Sluice

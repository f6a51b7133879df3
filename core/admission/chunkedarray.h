// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace Sluice {

/** An array that grows by chunks: references stay valid, and growing copies nothing. */
template<typename T, quint32 ChunkSize>
class ChunkedArray
{
public:
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
            m_chunks.push_back(std::make_unique<T[]>(ChunkSize));
        return m_size++;
    }

    std::size_t bytes() const
    {
        return m_chunks.size() * ChunkSize * sizeof(T)
               + m_chunks.capacity() * sizeof(m_chunks.front());
    }

private:
    std::vector<std::unique_ptr<T[]>> m_chunks;
    quint32 m_size = 0;
};

} // namespace Sluice

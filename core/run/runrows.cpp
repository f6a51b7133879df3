// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runrows.h"

namespace Sluice {

void RunRows::append(const RunBatch &batch)
{
    // A copy that is being read elsewhere ends at its own size: what is written here lies behind
    // it.
    for (const RunRow &row : batch.rows) {
        if (m_size % ChunkSize == 0)
            m_chunks.push_back(std::make_shared<Chunk>());
        (*m_chunks.back())[m_size % ChunkSize] = row;
        ++m_size;
        m_failed += row.hasFailed;
    }
    m_messages += batch.messages;
    m_unlisted += batch.unlisted;
}

} // namespace Sluice

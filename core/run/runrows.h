// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QStringList>

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace Sluice {

/** One finished request of a run, small enough to keep a million of them. Times in µs. */
struct RunRow
{
    quint64 seq = 0;      ///< In order of submission.
    qint64 onWireUs = -1; ///< Admitted until finished; -1 = never admitted.
    qint64 queuedUs = 0;
    qint64 bytesBody = 0;
    quint32 iteration = 0; ///< Counts from 0.
    quint32 request = 0;   ///< Index into the plan's requests.
    quint32 message = 0;   ///< Index into the messages; 0 = there is none.
    quint16 status = 0;    ///< 0 = no reply.
    quint16 checksPassed = 0;
    quint16 checksFailed = 0;
    bool hasFailed = false;    ///< No whole reply came, or a check failed.
    bool wasCancelled = false; ///< Which is no failure.
};

/** What a run added since the batch before. */
struct RunBatch
{
    std::vector<RunRow> rows;
    QStringList messages; ///< Continue the list that RunRow::message counts in.
    /** Whole results by RunRow::seq, of some of the rows that failed. */
    std::vector<std::pair<quint64, std::shared_ptr<const SendResult>>> details;
    quint64 unlisted = 0; ///< Did not fail, and left out because there were too many.

    bool isEmpty() const { return rows.empty() && unlisted == 0; }
};

using RunBatchPtr = std::shared_ptr<const RunBatch>;

/**
 * The rows of a run, in the order in which their requests ended. A value: a copy shares the rows,
 * costs little and may be read in another thread while the original grows.
 */
class RunRows
{
public:
    void append(const RunBatch &batch);

    std::size_t size() const { return m_size; }
    const RunRow &at(std::size_t index) const
    {
        return (*m_chunks[index / ChunkSize])[index % ChunkSize];
    }
    /** Why \a row failed; empty when it did not. */
    QString message(const RunRow &row) const { return m_messages.value(row.message); }
    const QStringList &messages() const { return m_messages; }
    quint64 failed() const { return m_failed; }
    quint64 unlisted() const { return m_unlisted; }

private:
    static constexpr std::size_t ChunkSize = 4096;
    using Chunk = std::array<RunRow, ChunkSize>;

    std::vector<std::shared_ptr<Chunk>> m_chunks;
    QStringList m_messages{QString()};
    std::size_t m_size = 0;
    quint64 m_failed = 0;
    quint64 m_unlisted = 0;
};

} // namespace Sluice

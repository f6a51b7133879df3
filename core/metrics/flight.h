// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/replyclass.h"
#include "core/metrics/sample.h"

#include <QString>

#include <memory>
#include <vector>

namespace Sluice {

/** What a finished request asked for. */
struct RequestLine
{
    QByteArray method;
    QByteArray url; ///< Encoded, as it was sent: secrets and all.
};

/** One request, as the waterfall shows it: finished, or in flight and then without `finishedUs`. */
struct Flight
{
    Sample sample;
    QString name;     ///< Of the request in its collection; may be empty.
    RequestLine line; ///< Of what is in flight, nothing.
    quint32 slot = 0; ///< See FlightSlots.
    ReplyClass reply = ReplyClass::Success;

    bool isOpen() const { return sample.timings.finishedUs < 0; }
};

/**
 * The newest finished requests in the order in which they ended, oldest first. A value that shares
 * the requests with the log it came from; may be read in any thread.
 */
class LiveFlights
{
public:
    static constexpr std::size_t ChunkSize = 250;
    using Chunk = std::vector<Flight>; ///< All but the last have ChunkSize.

    std::size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    /** \a index counts from the oldest. */
    const Flight &at(std::size_t index) const
    {
        index += m_skipped;
        return (*m_chunks[index / ChunkSize])[index % ChunkSize];
    }
    /** How many have ended since the beginning: the number of the newest one, from 1. */
    quint64 total() const { return m_total; }

private:
    friend class FlightLog;

    std::vector<std::shared_ptr<const Chunk>> m_chunks;
    std::size_t m_skipped = 0; ///< Of the first chunk: older than the newest Capacity.
    std::size_t m_size = 0;
    quint64 m_total = 0;
};

} // namespace Sluice

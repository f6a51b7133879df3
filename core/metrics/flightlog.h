// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/flight.h"

namespace Sluice {

/**
 * Keeps the newest finished requests, for the waterfall and for exact figures of a short range of
 * time. Gives each a slot of its endpoint: requests in one slot never overlap, and no more slots
 * are used than requests were in flight at once. On HTTP/1, where a connection carries one request
 * at a time, a slot is a connection (Qt does not tell which one); on HTTP/2 it is a stream.
 *
 * Memory: 10,250 requests of about 200 bytes, and 16 bytes a slot. A snapshot copies the last
 * chunk and shares the others. One thread; what it hands out may go anywhere.
 */
class FlightLog
{
public:
    static constexpr std::size_t Capacity = 10'000;

    /** \a sample has ended; samples come in the order in which they end. */
    void record(const Sample &sample, ReplyClass reply, const QString &name);
    LiveFlights newest() const;

    std::size_t bytes() const;
    /** Without the slots. */
    static constexpr std::size_t maxBytes()
    {
        return (Capacity + LiveFlights::ChunkSize) * sizeof(Flight);
    }

private:
    using Chunk = LiveFlights::Chunk;

    struct Slot
    {
        qint64 freeUs = 0; ///< When its last request ended.
        quint32 number = 0;
    };
    /** Of one endpoint, by `freeUs`. */
    using Slots = std::vector<Slot>;

    quint32 takeSlot(const Sample &sample);

    std::vector<std::shared_ptr<const Chunk>> m_full; ///< Oldest first.
    Chunk m_open;
    quint64 m_total = 0;
    std::vector<Slots> m_slots; ///< Indexed by EndpointId.
};

} // namespace Sluice

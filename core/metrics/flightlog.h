// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/flightslots.h"

namespace Sluice {

/**
 * Keeps the newest finished requests, for the waterfall and for exact figures of a short range of
 * time, and knows what is in flight. Each has a slot of its endpoint, see FlightSlots. On HTTP/1,
 * where a connection carries one request at a time, a slot is a connection (Qt does not tell which
 * one); on HTTP/2 it is a stream.
 *
 * Memory: 10,250 requests of about 200 bytes, and FlightSlots. A snapshot copies the last chunk and
 * shares the others. One thread; what it hands out may go anywhere.
 */
class FlightLog
{
public:
    static constexpr std::size_t Capacity = 10'000;

    /** \a sample has ended; samples come in the order in which they end. */
    void record(const Sample &sample, ReplyClass reply, const QString &name);
    LiveFlights newest() const;

    /** \a event admits a request. */
    void begin(const AdmissionEvent &event) { m_slots.begin(event); }
    /** \a event releases what was admitted. */
    void end(const AdmissionEvent &event) { m_slots.end(event); }
    /** What is in flight, in the order of admission. */
    std::vector<Flight> open() const { return m_slots.open(); }

    std::size_t bytes() const;
    /** Without the slots. */
    static constexpr std::size_t maxBytes()
    {
        return (Capacity + LiveFlights::ChunkSize) * sizeof(Flight) + FlightSlots::maxBytes();
    }

private:
    using Chunk = LiveFlights::Chunk;

    std::vector<std::shared_ptr<const Chunk>> m_full; ///< Oldest first.
    Chunk m_open;
    quint64 m_total = 0;
    FlightSlots m_slots;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/flightslots.h"

#include <array>

namespace Sluice {

/**
 * Keeps the newest finished requests, for the waterfall and for exact figures of a short range of
 * time, and knows what is in flight. Each has a slot of its endpoint, see FlightSlots. On HTTP/1,
 * where a connection carries one request at a time, a slot is a connection (Qt does not tell which
 * one); on HTTP/2 it is a stream.
 *
 * Memory: 10,250 requests of about 300 bytes and their URLs, and FlightSlots. A snapshot copies the
 * last chunk and shares the others. One thread; what it hands out may go anywhere.
 */
class FlightLog
{
public:
    static constexpr std::size_t Capacity = 10'000;
    /** A URL that is longer is kept without its end. */
    static constexpr qsizetype MaxUrlBytes = 512;

    /** \a sample has ended; samples come in the order in which they end. */
    void record(const Sample &sample, ReplyClass reply, const QString &name,
                const RequestLine &line = {});
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
        return (Capacity + LiveFlights::ChunkSize) * (sizeof(Flight) + std::size_t(MaxUrlBytes))
               + FlightSlots::maxBytes();
    }

private:
    using Chunk = LiveFlights::Chunk;

    QByteArray sharedUrl(const Sample &sample, const QByteArray &url);

    std::vector<std::shared_ptr<const Chunk>> m_full; ///< Oldest first.
    Chunk m_open;
    quint64 m_total = 0;
    std::array<QByteArray, 16> m_lastUrls; ///< By the number of the request.
    FlightSlots m_slots;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/flightlog.h"

namespace Sluice {

namespace {
constexpr std::size_t MaxChunks = FlightLog::Capacity / LiveFlights::ChunkSize;
} // namespace

void FlightLog::record(const Sample &sample, ReplyClass reply, const QString &name)
{
    if (m_open.capacity() == 0)
        m_open.reserve(LiveFlights::ChunkSize);
    m_open.push_back({sample, name, m_slots.take(sample), reply});
    ++m_total;
    if (m_open.size() < LiveFlights::ChunkSize)
        return;
    m_full.push_back(std::make_shared<const Chunk>(std::exchange(m_open, {})));
    if (m_full.size() > MaxChunks)
        m_full.erase(m_full.begin());
}

LiveFlights FlightLog::newest() const
{
    LiveFlights flights;
    flights.m_chunks = m_full;
    flights.m_size = m_full.size() * LiveFlights::ChunkSize + m_open.size();
    flights.m_total = m_total;
    if (!m_open.empty())
        flights.m_chunks.push_back(std::make_shared<const Chunk>(m_open));
    if (flights.m_size > Capacity) {
        flights.m_skipped = flights.m_size - Capacity;
        flights.m_size = Capacity;
    }
    return flights;
}

std::size_t FlightLog::bytes() const
{
    return (m_full.size() + 1) * LiveFlights::ChunkSize * sizeof(Flight) + m_slots.bytes();
}

} // namespace Sluice

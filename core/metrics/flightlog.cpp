// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/flightlog.h"

#include <algorithm>

namespace Sluice {

namespace {
constexpr std::size_t MaxChunks = FlightLog::Capacity / LiveFlights::ChunkSize;
} // namespace

void FlightLog::record(const Sample &sample, ReplyClass reply, const QString &name)
{
    if (m_open.capacity() == 0)
        m_open.reserve(LiveFlights::ChunkSize);
    m_open.push_back({sample, name, takeSlot(sample), reply});
    ++m_total;
    if (m_open.size() < LiveFlights::ChunkSize)
        return;
    m_full.push_back(std::make_shared<const Chunk>(std::exchange(m_open, {})));
    if (m_full.size() > MaxChunks)
        m_full.erase(m_full.begin());
}

/**
 * The slot that became free last before the request was admitted: in order of their ends, this
 * needs no more slots than requests overlap (interval scheduling, "best fit").
 */
quint32 FlightLog::takeSlot(const Sample &sample)
{
    const PhaseTimings &timings = sample.timings;
    if (sample.endpoint == EndpointId::None || timings.admittedUs < 0)
        return 0;
    const auto index = std::size_t(sample.endpoint);
    if (index >= m_slots.size())
        m_slots.resize(index + 1);
    Slots &free = m_slots[index];
    const auto after = std::ranges::upper_bound(free, timings.admittedUs, {}, &Slot::freeUs);
    quint32 number = quint32(free.size());
    if (after != free.begin()) {
        number = std::prev(after)->number;
        free.erase(std::prev(after));
    }
    const auto place = std::ranges::upper_bound(free, timings.finishedUs, {}, &Slot::freeUs);
    free.insert(place, {timings.finishedUs, number});
    return number;
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
    std::size_t bytes = (m_full.size() + 1) * LiveFlights::ChunkSize * sizeof(Flight);
    for (const Slots &free : m_slots)
        bytes += sizeof free + free.capacity() * sizeof(Slot);
    return bytes;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/flightlog.h"

#include <algorithm>

namespace Sluice {

namespace {
constexpr std::size_t MaxChunks = FlightLog::Capacity / LiveFlights::ChunkSize;
} // namespace

/** Most runs ask for the same again and again: that is kept once. */
QByteArray FlightLog::sharedUrl(const Sample &sample, const QByteArray &url)
{
    QByteArray &last = m_lastUrls[sample.request % m_lastUrls.size()];
    if (last != url.first(std::min(url.size(), MaxUrlBytes)))
        last = url.first(std::min(url.size(), MaxUrlBytes));
    return last;
}

void FlightLog::record(const Sample &sample, ReplyClass reply, const QString &name,
                       const RequestLine &line)
{
    if (m_open.capacity() == 0)
        m_open.reserve(LiveFlights::ChunkSize);
    m_open.push_back(
        {sample, name, {line.method, sharedUrl(sample, line.url)}, m_slots.take(sample), reply});
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
    std::size_t urls = 0;
    const char *last = nullptr;
    const auto count = [&urls, &last](const Chunk &chunk) {
        for (const Flight &flight : chunk) {
            if (flight.line.url.constData() != last)
                urls += std::size_t(flight.line.url.size());
            last = flight.line.url.constData();
        }
    };
    for (const auto &chunk : m_full)
        count(*chunk);
    count(m_open);
    return (m_full.size() + 1) * LiveFlights::ChunkSize * sizeof(Flight) + urls + m_slots.bytes();
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/flightslots.h"

#include <algorithm>
#include <numeric>

namespace Sluice {

namespace {
/** Released requests whose end was not told yet; checks may take their time. */
constexpr std::size_t MaxReleased = FlightSlots::MaxKnown / 2;
} // namespace

/**
 * The slot that became free last before \a admittedUs: in order of their ends, this needs no more
 * slots than requests overlap (interval scheduling, "best fit").
 */
quint32 FlightSlots::Slots::takeFor(qint64 admittedUs)
{
    const auto after = std::ranges::upper_bound(free, admittedUs, {}, &Slot::freeUs);
    if (after == free.begin())
        return count++;
    const quint32 number = std::prev(after)->number;
    free.erase(std::prev(after));
    return number;
}

void FlightSlots::Slots::giveBack(Slot slot)
{
    free.insert(std::ranges::upper_bound(free, slot.freeUs, {}, &Slot::freeUs), slot);
}

FlightSlots::Slots &FlightSlots::slotsOf(EndpointId endpoint)
{
    const auto index = std::size_t(endpoint);
    if (index >= m_slots.size())
        m_slots.resize(index + 1);
    return m_slots[index];
}

void FlightSlots::begin(const AdmissionEvent &event)
{
    if (event.ticket == TicketId::None || event.endpoint == EndpointId::None
        || m_claims.size() >= MaxKnown)
        return;
    Claim claim;
    claim.endpoint = event.endpoint;
    claim.slot = slotsOf(event.endpoint).takeFor(event.atUs);
    claim.enqueuedUs =
        event.atUs - std::accumulate(event.waits.begin(), event.waits.end(), qint64(0));
    claim.admittedUs = event.atUs;
    claim.waits = event.waits;
    m_claims.emplace(event.ticket, claim);
}

void FlightSlots::end(const AdmissionEvent &event)
{
    const auto found = m_claims.find(event.ticket);
    if (found == m_claims.end())
        return;
    Claim &claim = found->second;
    slotsOf(claim.endpoint).giveBack({event.atUs, claim.slot});
    if (claim.isTaken) {
        m_claims.erase(found);
        return;
    }
    claim.isReleased = true;
    m_released.push_back(event.ticket);
    if (m_released.size() > MaxReleased) {
        m_claims.erase(m_released.front());
        m_released.pop_front();
    }
}

quint32 FlightSlots::take(const Sample &sample)
{
    const PhaseTimings &timings = sample.timings;
    if (sample.endpoint == EndpointId::None || timings.admittedUs < 0)
        return 0;
    const auto found = m_claims.find(sample.ticket);
    if (found == m_claims.end()) {
        Slots &all = slotsOf(sample.endpoint);
        const quint32 number = all.takeFor(timings.admittedUs);
        all.giveBack({timings.finishedUs, number});
        return number;
    }
    const quint32 slot = found->second.slot;
    found->second.isTaken = true;
    if (found->second.isReleased) {
        std::erase(m_released, sample.ticket);
        m_claims.erase(found);
    }
    return slot;
}

std::vector<Flight> FlightSlots::open() const
{
    std::vector<Flight> flights;
    for (const auto &[ticket, claim] : m_claims) {
        if (claim.isReleased || claim.isTaken)
            continue;
        Flight &flight = flights.emplace_back();
        flight.slot = claim.slot;
        flight.sample.ticket = ticket;
        flight.sample.endpoint = claim.endpoint;
        flight.sample.timings.enqueuedUs = claim.enqueuedUs;
        flight.sample.timings.admittedUs = claim.admittedUs;
        std::ranges::copy(claim.waits, flight.sample.timings.waits.begin());
    }
    std::ranges::sort(flights, {}, [](const Flight &flight) {
        return std::pair(flight.sample.timings.admittedUs, flight.sample.ticket);
    });
    return flights;
}

std::size_t FlightSlots::bytes() const
{
    std::size_t bytes =
        m_claims.size() * (sizeof(std::pair<const TicketId, Claim>) + 2 * sizeof(void *))
        + m_released.size() * sizeof(TicketId);
    for (const Slots &all : m_slots)
        bytes += sizeof all + all.free.capacity() * sizeof(Slot);
    return bytes;
}

} // namespace Sluice

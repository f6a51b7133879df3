// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/waterfallrows.h"

#include <algorithm>

namespace Sluice {

bool WaterfallChoice::accepts(const Flight &flight) const
{
    switch (filter) {
    case Filter::All:
        return true;
    case Filter::Waited:
        return flight.sample.timings.queuedUs() > WaitedUs;
    case Filter::Failed:
        return isFailure(flight.reply);
    }
    return true;
}

WaterfallRows WaterfallRows::of(const LiveFlights &flights, const std::vector<Flight> &open,
                                const WaterfallChoice &choice, qint64 beginUs, qint64 endUs)
{
    WaterfallRows rows;
    rows.m_beginUs = beginUs;
    rows.m_endUs = endUs;
    if (choice.order == WaterfallChoice::Order::Requests) {
        rows.addRequests(flights, open, choice);
        return rows;
    }
    for (std::size_t i = 0; i < flights.size(); ++i)
        rows.countSlot(flights.at(i), choice);
    for (const Flight &flight : open)
        rows.countSlot(flight, choice);
    rows.addConnections();
    return rows;
}

bool WaterfallRows::isInSight(const Flight &flight) const
{
    const PhaseTimings &timings = flight.sample.timings;
    return (flight.isOpen() || timings.finishedUs >= m_beginUs) && timings.enqueuedUs < m_endUs;
}

void WaterfallRows::countSlot(const Flight &flight, const WaterfallChoice &choice)
{
    if (flight.sample.endpoint == EndpointId::None || flight.sample.timings.admittedUs < 0
        || !isInSight(flight) || !choice.accepts(flight))
        return;
    const auto endpoint = std::size_t(flight.sample.endpoint);
    if (endpoint >= m_rowOfSlot.size())
        m_rowOfSlot.resize(endpoint + 1);
    std::vector<int> &rows = m_rowOfSlot[endpoint];
    if (flight.slot >= rows.size())
        rows.resize(flight.slot + 1, -1);
    rows[flight.slot] = 0;
}

void WaterfallRows::addConnections()
{
    for (std::size_t endpoint = 0; endpoint < m_rowOfSlot.size(); ++endpoint) {
        std::vector<int> &rows = m_rowOfSlot[endpoint];
        const auto used = std::ranges::count(rows, 0);
        if (used == 0)
            continue;
        const auto id = EndpointId(quint32(endpoint));
        m_rows.push_back({WaterfallRow::Kind::Host, id, quint32(used), 0, {}});
        for (std::size_t slot = 0; slot < rows.size(); ++slot) {
            if (rows[slot] < 0)
                continue;
            rows[slot] = count();
            m_rows.push_back({WaterfallRow::Kind::Slot, id, quint32(slot), 0, {}});
        }
    }
}

/** The newest on top: those in flight, then those that have ended. */
void WaterfallRows::addRequests(const LiveFlights &flights, const std::vector<Flight> &open,
                                const WaterfallChoice &choice)
{
    for (std::size_t i = open.size(); i-- > 0;) {
        const Flight &flight = open[i];
        if (isInSight(flight) && choice.accepts(flight))
            m_rows.push_back({WaterfallRow::Kind::Request, flight.sample.endpoint, flight.slot,
                              flights.size() + i, flight.sample.ticket});
    }
    for (std::size_t i = flights.size(); i-- > 0;) {
        const Flight &flight = flights.at(i);
        if (isInSight(flight) && choice.accepts(flight))
            m_rows.push_back(
                {WaterfallRow::Kind::Request, flight.sample.endpoint, flight.slot, i, {}});
    }
}

int WaterfallRows::rowOf(const Flight &flight) const
{
    const auto endpoint = std::size_t(flight.sample.endpoint);
    if (flight.sample.endpoint == EndpointId::None || endpoint >= m_rowOfSlot.size()
        || flight.slot >= m_rowOfSlot[endpoint].size() || flight.sample.timings.admittedUs < 0)
        return -1;
    return m_rowOfSlot[endpoint][flight.slot];
}

int WaterfallRows::rowOfIndex(std::size_t index) const
{
    const auto found =
        std::ranges::lower_bound(m_rows, index, std::greater<>(), &WaterfallRow::flight);
    return int(found - m_rows.begin());
}

} // namespace Sluice

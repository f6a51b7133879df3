// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <optional>

namespace Sluice {

/** What the waterfall shows of the requests, and in which order. */
struct WaterfallChoice
{
    enum class Order {
        Connections, ///< A row each slot of a host, see FlightLog: idle gaps are seen.
        Requests,    ///< A row each request, the newest on top: the wait in the queue is seen.
    };
    enum class Filter { All, Waited, Failed };

    static constexpr qint64 WaitedUs = 100'000; ///< Queued for longer than this.

    Order order = Order::Connections;
    Filter filter = Filter::All;

    bool operator==(const WaterfallChoice &) const = default;
    bool accepts(const Flight &flight) const;
};

/** One row of the waterfall. */
struct WaterfallRow
{
    enum class Kind { Host, Slot, Request };

    Kind kind = Kind::Request;
    EndpointId endpoint = EndpointId::None;
    quint32 slot = 0;       ///< Of a Slot; of a Host, how many slots follow.
    std::size_t flight = 0; ///< Of a Request: index into the finished, then the open ones.
    TicketId ticket = TicketId::None; ///< Of a Request that is in flight.
};

/** Calls \a visit with what has ended and with what is in flight. */
template<typename Visitor>
void forEachFlight(const LiveSnapshot &snapshot, Visitor visit)
{
    for (std::size_t i = 0; i < snapshot.flights.size(); ++i)
        visit(snapshot.flights.at(i));
    for (const Flight &flight : snapshot.open)
        visit(flight);
}

/**
 * Which rows there are, from what is known of the newest requests: constant work for each of them,
 * so that it can be made anew for every snapshot. A plain value.
 */
class WaterfallRows
{
public:
    /**
     * The requests that were under way between \a beginUs and \a endUs: \a flights have ended,
     * \a open have not.
     */
    static WaterfallRows of(const LiveFlights &flights, const std::vector<Flight> &open,
                            const WaterfallChoice &choice, qint64 beginUs, qint64 endUs);

    int count() const { return int(m_rows.size()); }
    const WaterfallRow &at(int row) const { return m_rows[std::size_t(row)]; }
    /** The row of \a flight in the order of connections; -1 = it has none. */
    int rowOf(const Flight &flight) const;
    /** In the order of requests: the row of the request with this index, or of the next older. */
    int rowOfIndex(std::size_t index) const;

private:
    void countSlot(const Flight &flight, const WaterfallChoice &choice);
    void addConnections();
    void addRequests(const LiveFlights &flights, const std::vector<Flight> &open,
                     const WaterfallChoice &choice);
    bool isInSight(const Flight &flight) const;

    qint64 m_beginUs = 0;
    qint64 m_endUs = 0;
    std::vector<WaterfallRow> m_rows;
    std::vector<std::vector<int>> m_rowOfSlot; ///< By EndpointId and slot; -1 = none.
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionevent.h"
#include "core/metrics/flight.h"

#include <deque>
#include <unordered_map>

namespace Sluice {

/**
 * Gives each request a slot of its endpoint: requests in one slot never overlap, and no more slots
 * are used than requests were in flight at once. A request has its slot from its admission on, so
 * that it keeps its place in a picture when it ends; one whose admission was not heard of takes the
 * slot that fits best when it ends.
 *
 * Memory: at most maxBytes(), and 16 bytes a slot. One thread.
 */
class FlightSlots
{
public:
    /** Of more requests in flight than this, those admitted last are not listed. */
    static constexpr std::size_t MaxKnown = 2048;

    /** \a event is an admission. */
    void begin(const AdmissionEvent &event);
    /** \a event is the release of what was admitted. */
    void end(const AdmissionEvent &event);
    /** The slot of a request that has ended; its release may come before or after. */
    quint32 take(const Sample &sample);
    /** What is in flight, in the order of admission; `finishedUs` is -1. */
    std::vector<Flight> open() const;

    std::size_t bytes() const;
    /** Without the slots. */
    static constexpr std::size_t maxBytes()
    {
        return MaxKnown * (sizeof(std::pair<const TicketId, Claim>) + 2 * sizeof(void *));
    }

private:
    struct Slot
    {
        qint64 freeUs = 0; ///< When its last request ended.
        quint32 number = 0;
    };
    /** Of one endpoint. */
    struct Slots
    {
        std::vector<Slot> free; ///< By `freeUs`.
        quint32 count = 0;      ///< With those that are taken.

        quint32 takeFor(qint64 admittedUs);
        void giveBack(Slot slot);
    };
    /** The slot of one request. */
    struct Claim
    {
        EndpointId endpoint = EndpointId::None;
        quint32 slot = 0;
        qint64 enqueuedUs = 0;
        qint64 admittedUs = 0;
        WaitTimes waits{};
        bool isReleased = false;
        bool isTaken = false; ///< The request has ended.
    };

    Slots &slotsOf(EndpointId endpoint);

    std::vector<Slots> m_slots; ///< Indexed by EndpointId.
    std::unordered_map<TicketId, Claim> m_claims;
    std::deque<TicketId> m_released; ///< Not taken, oldest first: a hop or a retry never is.
};

} // namespace Sluice

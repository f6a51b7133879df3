// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionqueue.h"
#include "core/metrics/livemetrics.h"
#include "tests/support/fakeclock.h"

#include <queue>
#include <random>
#include <unordered_map>

namespace Sluice {

/**
 * Servers and requests that exist only in simulated time, before the real admission queue and the
 * real collector: what the live view is tested, measured and looked at with.
 */
class LiveSimulation final : private AdmissionClient
{
public:
    struct Server
    {
        QString endpoint;
        qint64 serviceUs = 40'000; ///< Mean time of one reply.
        double jitter = 0.3;       ///< Share of it, up and down.
        double arrivalsPerSecond = 0;
        double errorShare = 0;            ///< Of replies, that are 429 or 500.
        qint64 overloadUs = 0;            ///< Added for each request in flight.
        std::optional<ErrorCode> error{}; ///< Instead of any reply.
    };

    explicit LiveSimulation(const Limits &limits, quint32 seed = 1);

    void addServer(const Server &server);
    Server &server(std::size_t index) { return m_servers[index]; }
    /** Queues \a count requests at once. */
    void enqueue(std::size_t server, int count);
    void setLimits(const Limits &limits) { m_queue.setLimits(limits); }
    /** Lets \a us microseconds pass. */
    void run(qint64 us);

    AdmissionQueue &queue() { return m_queue; }
    LiveMetrics &metrics() { return m_metrics; }
    FakeClock &clock() { return m_clock; }
    LiveSnapshotPtr snapshot() { return m_metrics.snapshot(m_clock.nowUs()); }

private:
    struct Event
    {
        qint64 atUs = 0;
        std::size_t server = 0;
        TicketId ticket = TicketId::None; ///< None = an arrival.

        bool operator>(const Event &other) const { return atUs > other.atUs; }
    };
    struct Flight
    {
        std::size_t server = 0;
        qint64 enqueuedUs = 0;
        qint64 admittedUs = 0;
        WaitTimes waits{};
    };

    void ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits) override;
    void ticketRefused(TicketId ticket, quint64 tag, Refusal refusal,
                       const WaitTimes &waits) override;
    void handle(const Event &event);
    void finish(const Event &event);
    void planArrival(std::size_t server);

    FakeClock m_clock;
    LiveMetrics m_metrics;
    AdmissionQueue m_queue;
    std::vector<Server> m_servers;
    std::vector<EndpointId> m_endpoints;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
    std::unordered_map<TicketId, Flight> m_flights;
    std::mt19937 m_random;
    int m_sockets = 0;
    quint64 m_seq = 0;
};

/** Three hosts at a total limit of 16 that is raised to 24 on the way: the picture of the design.
 */
void simulateShop(LiveSimulation &simulation);

} // namespace Sluice

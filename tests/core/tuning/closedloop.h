// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/adaptivelimit.h"

#include <queue>
#include <random>
#include <vector>

namespace Sluice {

/** A server whose capacity changes while an adaptive limit is kept full, in virtual time. */
class ClosedLoop
{
public:
    struct Server
    {
        int workers = 8;
        double serviceUs = 40'000; ///< Mean; log-normal.
        double spread = 0.3;       ///< Standard deviation over mean.
        double overload = 0;       ///< Service grows by this part of itself for each waiting one.
        double networkUs = 4000;   ///< Round trip.
        int rejectAbove = 0;       ///< More in the server than this are dropped; 0 = never.
        /** Requests at once at which every worker is busy and none waits, or none is dropped. */
        double knee() const;
    };
    /** The limit at one moment. */
    struct Point
    {
        qint64 atUs = 0;
        int limit = 0;
    };

    /** The client never has more than \a demand in flight, whatever the limit; 0 = no bound. */
    ClosedLoop(const Server &server, AdaptiveLimit &limit, quint32 seed, int demand = 0);

    void runUntil(qint64 us);
    void setServer(const Server &server) { m_server = server; }
    /** The mean limit between two moments, weighted by time. */
    double meanLimit(qint64 fromUs, qint64 toUs) const;
    /** How long after \a fromUs the limit was at most \a limit for the first time; -1 = never. */
    qint64 timeUntil(qint64 fromUs, double limit) const;

private:
    struct Event
    {
        qint64 atUs = 0;
        bool isArrival = false;
        LimitSample sample;

        bool operator>(const Event &other) const { return atUs > other.atUs; }
    };

    void send(qint64 nowUs);
    void arrive(const Event &event);
    void serve(qint64 nowUs);
    void end(const Event &event);

    Server m_server;
    AdaptiveLimit &m_limit;
    std::mt19937 m_random;
    std::lognormal_distribution<double> m_service;
    int m_demand = 0;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
    std::queue<LimitSample> m_waiting;
    std::vector<Point> m_course;
    int m_busy = 0;
    int m_inFlight = 0;
};

} // namespace Sluice

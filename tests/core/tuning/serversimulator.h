// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweepplan.h"

#include <deque>
#include <queue>

namespace Sluice {

/** A service with a fixed number of workers behind a network, in virtual time. */
struct ServerModel
{
    int workers = 8;
    double serviceUs = 40'000; ///< Mean.
    double spread = 0.5;       ///< Standard deviation over mean of the log-normal service time.
    double overload = 0;       ///< Service grows by this part of itself for each waiting request.
    double networkUs = 4'000;  ///< Round trip; takes no worker.
    int rejectAbove = 0;       ///< More in the server than this get 429 at once; 0 = never.
    double failureShare = 0;   ///< Of all requests.
    /** Requests at once at which every worker is busy and none waits. */
    double knee() const { return workers * (1 + networkUs / serviceUs); }
};

/** Runs closed loops against a ServerModel; the same seed gives the same run. */
class ServerSimulator
{
public:
    ServerSimulator(const ServerModel &model, quint32 seed);

    /** Drives \a plan to its end. Returns the virtual time that it took. */
    qint64 run(SweepPlan &plan, const ClientLoad &client = {});
    /** The highest number in the server at once, in the last run. */
    int peak() const { return m_peak; }
    /** When each level's actions came; for tests of holding back. */
    const std::vector<std::pair<qint64, SweepAction>> &actions() const { return m_actions; }
    /** Throughput per second with \a limit in flight for \a us of virtual time. */
    double throughput(int limit, qint64 us);

private:
    struct Event
    {
        qint64 atUs = 0;
        qint64 startedUs = 0;
        SweepOutcome outcome = SweepOutcome::Success;

        bool operator>(const Event &other) const { return atUs > other.atUs; }
    };

    void send(qint64 nowUs);
    qint64 nextUs() const;
    void step(SweepPlan &plan, qint64 nowUs);
    void arrive(qint64 nowUs, Event event);
    void served(qint64 nowUs, Event event);
    void returned(SweepPlan &plan, qint64 nowUs, const Event &event);
    void beginService(qint64 nowUs);
    void take(const SweepAction &action, qint64 nowUs);
    qint64 serviceUs();
    qint64 halfTripUs() const { return qint64(m_model.networkUs / 2); }

    ServerModel m_model;
    std::mt19937 m_random;
    std::lognormal_distribution<double> m_service;
    std::uniform_real_distribution<double> m_part{0, 1};
    // The network takes every request the same time, so only the workers' ends need sorting.
    std::deque<Event> m_arriving;
    std::deque<Event> m_waiting;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_atWork;
    std::deque<Event> m_returning;
    std::vector<std::pair<qint64, SweepAction>> m_actions;
    int m_inFlight = 0;
    int m_peak = 0;
};

} // namespace Sluice

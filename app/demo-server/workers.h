// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo-server/demoserver.h"
#include "app/demo-server/libevent.h"

#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <unordered_map>

namespace Sluice {

/** The simulated workers of the demo server: each serves one job at a time, the rest wait. */
class Workers
{
public:
    enum class Job : quint64 { None = 0 };
    using Done = std::function<void()>;

    Workers(event_base *base, const DemoServerOptions &options);

    /** Mean service time, as the options say. */
    qint64 serviceUs() const { return m_options.serviceUs; }
    /** Those at work finish what they have begun, however few are left. */
    void setCount(int count);
    /** \a done is called from the event loop when a worker has spent about \a serviceUs on it. */
    Job submit(qint64 serviceUs, Done done);
    /** Nobody wants the result: a waiting job leaves, a worker that has begun goes on to its end.
     */
    void abandon(Job job);

private:
    struct Waiting
    {
        Job job;
        qint64 serviceUs;
    };
    struct Running
    {
        Workers *workers;
        Job job;
        EventPtr timer;
    };

    void startNext();
    void finish(Job job);
    qint64 timeFor(qint64 serviceUs);

    event_base *m_base;
    const DemoServerOptions m_options;
    int m_count;
    std::mt19937 m_random;
    std::lognormal_distribution<double> m_spread;
    quint64 m_lastJob = 0;
    std::deque<Waiting> m_waiting;
    std::unordered_map<Job, Done> m_wanted;
    std::unordered_map<Job, std::unique_ptr<Running>> m_running;
};

} // namespace Sluice

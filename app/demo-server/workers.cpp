// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/workers.h"

#include <cmath>
#include <utility>

namespace Sluice {

namespace {

/** Log-normal with mean 1 and the coefficient of variation \a cv. */
std::lognormal_distribution<double> spread(double cv)
{
    const double variance = std::log1p(cv * cv);
    return std::lognormal_distribution<double>(-variance / 2, std::sqrt(variance));
}

} // namespace

Workers::Workers(event_base *base, const DemoServerOptions &options)
    : m_base(base), m_options(options), m_count(options.workers), m_random(options.seed),
      m_spread(spread(options.jitter))
{
}

void Workers::setCount(int count)
{
    m_count = count;
    startNext();
}

Workers::Job Workers::submit(qint64 serviceUs, Done done)
{
    const Job job = Job(++m_lastJob);
    m_wanted.emplace(job, std::move(done));
    m_waiting.push_back({job, serviceUs});
    startNext();
    return job;
}

void Workers::abandon(Job job)
{
    m_wanted.erase(job);
    std::erase_if(m_waiting, [job](const Waiting &w) { return w.job == job; });
}

void Workers::startNext()
{
    while (!m_waiting.empty() && m_running.size() < size_t(m_count)) {
        const Waiting next = m_waiting.front();
        m_waiting.pop_front();
        auto running = std::make_unique<Running>(Running{this, next.job, {}});
        running->timer.reset(evtimer_new(
            m_base,
            [](evutil_socket_t, short, void *context) {
                const auto *ended = static_cast<Running *>(context);
                ended->workers->finish(ended->job);
            },
            running.get()));
        const timeval time = timevalFromUs(timeFor(next.serviceUs));
        evtimer_add(running->timer.get(), &time);
        m_running.emplace(next.job, std::move(running));
    }
}

void Workers::finish(Job job)
{
    m_running.erase(job);
    Done done;
    if (const auto wanted = m_wanted.find(job); wanted != m_wanted.end()) {
        done = std::move(wanted->second);
        m_wanted.erase(wanted);
    }
    startNext();
    if (done)
        done();
}

qint64 Workers::timeFor(qint64 serviceUs)
{
    double factor = 1 + m_options.overload * double(m_waiting.size());
    if (m_options.jitter > 0)
        factor *= m_spread(m_random);
    return qint64(double(serviceUs) * factor);
}

} // namespace Sluice

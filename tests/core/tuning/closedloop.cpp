// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/tuning/closedloop.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

double ClosedLoop::Server::knee() const
{
    const double full = workers * (1 + networkUs / serviceUs);
    return rejectAbove > 0 ? std::min(full, rejectAbove * (1 + networkUs / serviceUs)) : full;
}

ClosedLoop::ClosedLoop(const Server &server, AdaptiveLimit &limit, quint32 seed, int demand)
    : m_server(server), m_limit(limit), m_random(seed), m_demand(demand)
{
    const double variance = std::log(1 + server.spread * server.spread);
    m_service = std::lognormal_distribution<double>(std::log(server.serviceUs) - variance / 2,
                                                    std::sqrt(variance));
    send(0);
}

void ClosedLoop::runUntil(qint64 us)
{
    while (!m_events.empty() && m_events.top().atUs <= us) {
        const Event event = m_events.top();
        m_events.pop();
        event.isArrival ? arrive(event) : end(event);
    }
}

void ClosedLoop::send(qint64 nowUs)
{
    m_course.push_back({nowUs, m_limit.limit()});
    const int most = m_demand > 0 ? std::min(m_demand, m_limit.limit()) : m_limit.limit();
    while (m_inFlight < most) {
        ++m_inFlight;
        m_events.push({nowUs + qint64(m_server.networkUs / 2), true, {nowUs, 0, m_inFlight}});
    }
}

void ClosedLoop::arrive(const Event &event)
{
    const int inside = m_busy + int(m_waiting.size());
    if (m_server.rejectAbove > 0 && inside >= m_server.rejectAbove) {
        LimitSample dropped = event.sample;
        dropped.outcome = LimitSample::Outcome::Drop;
        m_events.push({event.atUs + qint64(m_server.networkUs / 2), false, dropped});
        return;
    }
    m_waiting.push(event.sample);
    serve(event.atUs);
}

void ClosedLoop::serve(qint64 nowUs)
{
    while (m_busy < m_server.workers && !m_waiting.empty()) {
        ++m_busy;
        const LimitSample sample = m_waiting.front();
        m_waiting.pop();
        const double us = m_service(m_random) * (1 + m_server.overload * double(m_waiting.size()));
        m_events.push({nowUs + qint64(us + m_server.networkUs / 2), false, sample});
    }
}

void ClosedLoop::end(const Event &event)
{
    --m_inFlight;
    LimitSample sample = event.sample;
    sample.endedUs = event.atUs;
    if (sample.outcome == LimitSample::Outcome::Reply) {
        --m_busy;
        serve(event.atUs);
    }
    m_limit.ended(sample);
    send(event.atUs);
}

double ClosedLoop::meanLimit(qint64 fromUs, qint64 toUs) const
{
    double sum = 0;
    for (std::size_t i = 0; i + 1 < m_course.size(); ++i) {
        const qint64 begin = std::max(fromUs, m_course[i].atUs);
        const qint64 end = std::min(toUs, m_course[i + 1].atUs);
        sum += double(m_course[i].limit) * double(std::max<qint64>(0, end - begin));
    }
    return sum / double(toUs - fromUs);
}

qint64 ClosedLoop::timeUntil(qint64 fromUs, double limit) const
{
    const auto found = std::ranges::find_if(m_course, [fromUs, limit](const Point &point) {
        return point.atUs >= fromUs && point.limit <= limit;
    });
    return found == m_course.end() ? -1 : found->atUs - fromUs;
}

} // namespace Sluice

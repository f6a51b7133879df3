// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

LiveSimulation::LiveSimulation(const Limits &limits, quint32 seed)
    : m_queue(m_clock, *this, &m_metrics), m_random(seed)
{
    m_metrics.setSource({[this] { return m_queue.snapshot(); },
                         [this]() -> const Limits & { return m_queue.limits(); },
                         [this](EndpointId id) { return m_queue.endpointName(id); }});
    m_queue.setLimits(limits);
}

void LiveSimulation::addServer(const Server &server)
{
    m_servers.push_back(server);
    m_endpoints.push_back(m_queue.endpoint(server.endpoint));
    planArrival(m_servers.size() - 1);
}

void LiveSimulation::enqueue(std::size_t server, int count)
{
    for (int i = 0; i < count; ++i)
        m_queue.enqueue(m_endpoints[server], Priority::Run, server);
}

void LiveSimulation::planArrival(std::size_t server)
{
    const double rate = std::max(1.0, m_servers[server].arrivalsPerSecond);
    std::exponential_distribution<double> gap(rate / 1e6);
    m_events.push(
        {m_clock.nowUs() + std::max<qint64>(1, qint64(gap(m_random))), server, TicketId::None});
}

void LiveSimulation::ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits)
{
    const Server &server = m_servers[tag];
    std::uniform_real_distribution<double> jitter(1 - server.jitter, 1 + server.jitter);
    const double service = double(server.serviceUs) * jitter(m_random)
                           + double(server.overloadUs) * m_queue.inFlight(m_endpoints[tag]);
    qint64 queued = 0;
    for (const qint64 wait : waits)
        queued += wait;
    const qint64 now = m_clock.nowUs();
    m_flights[ticket] = {std::size_t(tag), now - queued, now, waits};
    m_events.push({now + std::max<qint64>(1, qint64(service)), std::size_t(tag), ticket});
}

void LiveSimulation::ticketRefused(TicketId, quint64, Refusal, const WaitTimes &) {}

void LiveSimulation::run(qint64 us)
{
    const qint64 until = m_clock.nowUs() + us;
    while (!m_events.empty() && m_events.top().atUs <= until) {
        const Event event = m_events.top();
        m_events.pop();
        m_clock.advanceUs(event.atUs - m_clock.nowUs());
        handle(event);
    }
    m_clock.advanceUs(until - m_clock.nowUs());
    m_queue.advance();
}

void LiveSimulation::handle(const Event &event)
{
    if (event.ticket != TicketId::None) {
        finish(event);
        return;
    }
    if (m_servers[event.server].arrivalsPerSecond > 0)
        enqueue(event.server, 1);
    planArrival(event.server);
}

void LiveSimulation::finish(const Event &event)
{
    const Flight flight = m_flights.extract(event.ticket).mapped();
    Sample sample;
    sample.seq = m_seq++;
    sample.endpoint = m_endpoints[flight.server];
    sample.ticket = event.ticket;
    std::uniform_real_distribution<double> chance(0, 1);
    sample.status = chance(m_random) < m_servers[flight.server].errorShare ? 429 : 200;
    if (m_servers[flight.server].error) {
        sample.status = 0;
        sample.error = m_servers[flight.server].error;
    }
    sample.timings.enqueuedUs = flight.enqueuedUs;
    sample.timings.admittedUs = flight.admittedUs;
    sample.timings.sentUs = flight.admittedUs + 100;
    if (m_sockets < m_queue.inFlight()) {
        ++m_sockets;
        sample.timings.connectUs = flight.admittedUs;
    }
    sample.timings.headersUs = m_clock.nowUs() - 50;
    sample.timings.finishedUs = m_clock.nowUs();
    std::ranges::copy(flight.waits, sample.timings.waits.begin());
    m_queue.release(event.ticket, Outcome::Success);
    m_metrics.sampleFinished(sample);
}

void simulateShop(LiveSimulation &simulation)
{
    simulation.addServer({u"https://api.shop.example:443"_s, 41'000, 0.4, 170});
    simulation.addServer({u"https://cdn.shop.example:443"_s, 38'000, 0.3, 200});
    simulation.addServer({u"https://auth.shop.example:443"_s, 120'000, 0.5, 25});
    const auto setLoad = [&simulation](double factor) {
        simulation.server(0).arrivalsPerSecond = 170 * factor;
        simulation.server(1).arrivalsPerSecond = 200 * factor;
        simulation.server(2).arrivalsPerSecond = 25 * factor;
    };
    simulation.run(4'000'000);
    for (int second = 0; second < 34; ++second) {
        setLoad(second < 10 ? 1.0 : 0.85);
        simulation.run(1'000'000);
    }
    Limits limits = simulation.queue().limits();
    limits.total = 24;
    simulation.setLimits(limits);
    for (int second = 0; second < 22; ++second) {
        setLoad(1.05 + 0.1 * std::sin(second));
        simulation.run(1'000'000);
    }
}

} // namespace Sluice

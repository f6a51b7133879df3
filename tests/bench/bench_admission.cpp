// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/admissionqueue.h"

#include <benchmark/benchmark.h>

#include <fstream>
#include <random>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr int Hosts = 10'000;
constexpr int InFlight = 100;

/** Of this process, whoever allocated it. */
std::size_t residentBytes()
{
    std::size_t pages = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return resident * std::size_t(::sysconf(_SC_PAGESIZE));
}

/** A queue that is kept full: tickets for random hosts wait for a total limit. */
class FullQueue final : private AdmissionClient
{
public:
    explicit FullQueue(int queued) : m_queue(m_clock, *this)
    {
        for (int i = 0; i < Hosts; ++i)
            m_hosts.push_back(m_queue.endpoint(u"http://host%1:80"_s.arg(i)));
        Limits limits;
        limits.total = InFlight;
        m_queue.setLimits(limits);
        m_admitted.reserve(InFlight + 1);
        m_tickets.reserve(std::size_t(queued));
        const std::size_t before = residentBytes();
        for (int i = 0; i < queued + InFlight; ++i) {
            const TicketId ticket = enqueue();
            if (i >= InFlight)
                m_tickets.push_back(ticket);
        }
        m_residentPerTicket = double(residentBytes() - before) / queued;
    }

    TicketId enqueue()
    {
        const EndpointId host = m_hosts[m_random() % m_hosts.size()];
        return m_queue.enqueue(host, Priority::Run, 0);
    }

    void releaseOldest()
    {
        const TicketId ticket = std::exchange(m_admitted[m_oldest], TicketId::None);
        m_free = m_oldest;
        m_oldest = (m_oldest + 1) % InFlight;
        m_queue.release(ticket, Outcome::Success);
    }

    /** Chosen a round before, so that the place among the tickets of here is not waited for. */
    TicketId &anyTicket()
    {
        TicketId &chosen = m_tickets[m_chosen];
        m_chosen = m_random() % m_tickets.size();
        __builtin_prefetch(&m_tickets[m_chosen]);
        return chosen;
    }
    AdmissionQueue &queue() { return m_queue; }
    /** What the queue says that it holds; and what of it is in memory, in whole pages. */
    double bytesPerTicket() const
    {
        return double(m_queue.ticketBytes() + m_queue.hostBytes()) / double(m_tickets.size());
    }
    double residentPerTicket() const { return m_residentPerTicket; }

private:
    void ticketAdmitted(TicketId ticket, quint64, const WaitTimes &) override
    {
        if (m_admitted.size() < InFlight)
            m_admitted.push_back(ticket);
        else
            m_admitted[m_free] = ticket;
    }
    void ticketRefused(TicketId, quint64, Refusal, const WaitTimes &) override {}

    SteadyClock m_clock;
    AdmissionQueue m_queue;
    std::vector<EndpointId> m_hosts;
    std::vector<TicketId> m_admitted;
    std::vector<TicketId> m_tickets;
    std::size_t m_oldest = 0;
    std::size_t m_free = 0;
    std::size_t m_chosen = 0; ///< Of m_tickets.
    std::minstd_rand m_random{1};
    double m_residentPerTicket = 0;
};

void enqueueAdmitRelease(benchmark::State &state)
{
    FullQueue full(int(state.range(0)));
    for (auto _ : state) {
        full.enqueue();
        full.releaseOldest();
    }
    state.counters["bytes/ticket"] = full.bytesPerTicket();
    state.counters["resident/ticket"] = full.residentPerTicket();
}
BENCHMARK(enqueueAdmitRelease)->RangeMultiplier(10)->Range(1'000, 1'000'000);

void enqueueCancel(benchmark::State &state)
{
    FullQueue full(int(state.range(0)));
    for (auto _ : state) {
        TicketId &ticket = full.anyTicket();
        full.queue().cancel(ticket);
        ticket = full.enqueue();
    }
}
BENCHMARK(enqueueCancel)->RangeMultiplier(10)->Range(1'000, 1'000'000);

void changeTotalLimit(benchmark::State &state)
{
    FullQueue full(int(state.range(0)));
    Limits limits = full.queue().limits();
    for (auto _ : state) {
        limits.total = limits.total == InFlight ? InFlight / 2 : InFlight;
        full.queue().setLimits(limits);
    }
}
BENCHMARK(changeTotalLimit)->RangeMultiplier(10)->Range(1'000, 1'000'000);

void changePerHostLimit(benchmark::State &state)
{
    FullQueue full(int(state.range(0)));
    Limits limits = full.queue().limits();
    for (auto _ : state) {
        limits.perHost = limits.perHost == 0 ? 6 : 0;
        full.queue().setLimits(limits);
    }
}
BENCHMARK(changePerHostLimit)->RangeMultiplier(10)->Range(1'000, 1'000'000);

} // namespace

BENCHMARK_MAIN();

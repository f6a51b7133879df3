// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/virtualserver.h"

#include <algorithm>

namespace Sluice {

ExchangeId VirtualServer::start(const PreparedRequest &request, quint64 tag)
{
    const qint64 nowUs = m_clock.nowUs();
    const quint64 id = ++m_last;
    ++m_requests;
    Running running{tag, request.url.host(), {}};
    running.response.status = 200;
    running.response.url = request.url;
    running.response.protocol = "HTTP/1.1";
    running.response.timings.sentUs = nowUs;
    const int count = ++m_now[running.host];
    m_peaks[running.host] = std::max(m_peaks.value(running.host), count);
    qint64 dueUs = nowUs + 1'000;
    if (rejectAbove > 0 && inFlight() >= rejectAbove) {
        running.response.status = 429;
        running.response.headers.append("Retry-After", "2");
    } else {
        m_workerFreeUs.resize(std::size_t(workers));
        const auto worker = std::ranges::min_element(m_workerFreeUs);
        dueUs = *worker = std::max(nowUs, *worker) + serviceUs;
    }
    m_due.insert({dueUs, id});
    m_running.insert({id, std::move(running)});
    m_peak = std::max(m_peak, inFlight());
    return ExchangeId(id);
}

void VirtualServer::abort(ExchangeId exchange)
{
    const auto found = m_running.find(quint64(exchange));
    if (found == m_running.end() || found->second.response.error)
        return;
    found->second.response.error = Error{ErrorCode::Cancelled, {}, {}, 0, 0};
    std::erase_if(m_due, [exchange](const auto &due) { return due.second == quint64(exchange); });
    m_due.insert({m_clock.nowUs(), quint64(exchange)});
}

void VirtualServer::step(qint64 untilUs)
{
    if (m_due.empty() || m_due.begin()->first > untilUs) {
        m_clock.advanceUs(std::max<qint64>(0, untilUs - m_clock.nowUs()));
        return;
    }
    const auto [dueUs, id] = *m_due.begin();
    m_due.erase(m_due.begin());
    m_clock.advanceUs(std::max<qint64>(0, dueUs - m_clock.nowUs()));
    auto node = m_running.extract(id);
    Running &running = node.mapped();
    --m_now[running.host];
    running.response.timings.finishedUs = m_clock.nowUs();
    m_client->exchangeFinished(ExchangeId(id), running.tag, std::move(running.response));
    m_client->exchangeClosed(ExchangeId(id), running.tag);
}

} // namespace Sluice

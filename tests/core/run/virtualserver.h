// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"
#include "tests/support/fakeclock.h"

#include <map>
#include <unordered_map>

namespace Sluice {

/** A transport to a server with workers, in virtual time: no socket, no waiting. */
class VirtualServer final : public Transport
{
public:
    explicit VirtualServer(FakeClock &clock) : m_clock(clock) {}

    int workers = 8;
    qint64 serviceUs = 40'000;
    int rejectAbove = 0; ///< More at once than this get 429 with Retry-After: 2.

    void setClient(TransportClient *client) override { m_client = client; }
    ExchangeId start(const PreparedRequest &request, quint64 tag) override;
    void abort(ExchangeId exchange) override;
    void setStreamsPerConnection(int) override {}
    void setIdleExpirySeconds(int) override {}
    void setConnectionLimit(int) override {}

    /** Moves the clock to the next reply, or to \a untilUs when none comes before; answers it. */
    void step(qint64 untilUs);
    int inFlight() const { return int(m_running.size()); }
    int peak() const { return m_peak; }
    /** The highest number at once that went to \a host. */
    int peakOf(const QString &host) const { return m_peaks.value(host); }
    int requests() const { return m_requests; }

private:
    struct Running
    {
        quint64 tag = 0;
        QString host;
        Response response;
    };

    FakeClock &m_clock;
    TransportClient *m_client = nullptr;
    std::unordered_map<quint64, Running> m_running;
    std::multimap<qint64, quint64> m_due;
    std::vector<qint64> m_workerFreeUs;
    QHash<QString, int> m_now;
    QHash<QString, int> m_peaks;
    int m_peak = 0;
    int m_requests = 0;
    quint64 m_last = 0;
};

} // namespace Sluice

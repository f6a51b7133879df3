// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"

#include <vector>

namespace Sluice::Test {

/** Records what it is told to send; the test says how each exchange ends. */
class FakeTransport final : public Transport
{
public:
    struct Started
    {
        PreparedRequest request;
        quint64 tag = 0;
        bool aborted = false;
        bool finished = false;
        bool closed = false;
    };

    void setClient(TransportClient *client) override { m_client = client; }
    ExchangeId start(const PreparedRequest &request, quint64 tag) override;
    void abort(ExchangeId exchange) override;
    void setStreamsPerConnection(int streams) override { streamsPerConnection = streams; }
    void setIdleExpirySeconds(int seconds) override { idleExpirySeconds = seconds; }
    void setConnectionLimit(int connections) override { connectionLimit = connections; }
    void beginConnection(const QString &endpoint) { m_client->connectionBegan(endpoint); }

    /** Ends exchange \a index with \a response, the slot still closing. */
    void finish(std::size_t index, Response response);
    void close(std::size_t index);
    /** finish() and close() with a reply of \a status and \a headers. */
    void reply(std::size_t index, int status, const HeaderList &headers = {});
    void failWith(std::size_t index, ErrorCode code);
    /** Started and not yet closed. */
    int open() const;

    std::vector<Started> started;
    int streamsPerConnection = 0;
    int idleExpirySeconds = 0;
    int connectionLimit = 0;

private:
    TransportClient *m_client = nullptr;
};

} // namespace Sluice::Test

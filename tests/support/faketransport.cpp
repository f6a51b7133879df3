// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faketransport.h"

#include <algorithm>

namespace Sluice::Test {

ExchangeId FakeTransport::start(const PreparedRequest &request, quint64 tag)
{
    started.push_back({request, tag, false, false, false});
    return ExchangeId(started.size());
}

void FakeTransport::abort(ExchangeId exchange)
{
    started[std::size_t(exchange) - 1].aborted = true;
}

void FakeTransport::finish(std::size_t index, Response response)
{
    Started &exchange = started[index];
    exchange.finished = true;
    response.url = exchange.request.url;
    response.method = exchange.request.method;
    m_client->exchangeFinished(ExchangeId(index + 1), exchange.tag, std::move(response));
}

void FakeTransport::close(std::size_t index)
{
    started[index].closed = true;
    m_client->exchangeClosed(ExchangeId(index + 1), started[index].tag);
}

void FakeTransport::reply(std::size_t index, int status, const HeaderList &headers)
{
    Response response;
    response.status = status;
    response.headers = headers;
    finish(index, std::move(response));
    close(index);
}

void FakeTransport::failWith(std::size_t index, ErrorCode code)
{
    Response response;
    response.error = Error{code, QStringLiteral("scripted"), {}, 0, 0};
    finish(index, std::move(response));
    close(index);
}

int FakeTransport::open() const
{
    return int(std::ranges::count(started, false, &Started::closed));
}

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dispatch/dispatcher.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"

#include <functional>
#include <vector>

namespace Sluice::Test {

inline PreparedRequest get(const QString &url)
{
    PreparedRequest request;
    request.url = QUrl(url);
    return request;
}

inline HeaderList header(const QByteArray &name, const QByteArray &value)
{
    HeaderList headers;
    headers.append(name, value);
    return headers;
}

/** A dispatcher over a fake transport and a clock that stands still. */
struct DispatcherRig final : DispatchClient
{
    DispatcherRig(int total, int perHost = 0)
    {
        Limits limits;
        limits.total = total;
        limits.perHost = perHost;
        dispatcher.admission().setLimits(limits);
        dispatcher.setRandom([] { return 0.5; });
    }
    RequestId submit(const PreparedRequest &request, Priority priority = Priority::Run)
    {
        return dispatcher.submit(request, priority, *this, ++lastTag);
    }
    void requestFinished(RequestId, quint64 tag, Response &&response) override
    {
        tags.push_back(tag);
        responses.push_back(std::move(response));
        if (onFinished)
            onFinished();
    }
    void setLimits(const std::function<void(Limits &)> &change)
    {
        Limits limits = dispatcher.admission().limits();
        change(limits);
        dispatcher.admission().setLimits(limits);
    }
    void pass(qint64 us)
    {
        clock.advanceUs(us);
        dispatcher.advance();
    }

    FakeClock clock;
    FakeTransport transport;
    Dispatcher dispatcher{clock, transport};
    quint64 lastTag = 0;
    std::vector<quint64> tags;
    std::vector<Response> responses;
    std::function<void()> onFinished;
};

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dispatchrig.h"

#include <QTest>

namespace Sluice::Test {

DispatchRig::DispatchRig(const Limits &limits)
{
    dispatcher.admission().setLimits(limits);
}

RequestId DispatchRig::submit(const PreparedRequest &request, Priority priority)
{
    return dispatcher.submit(request, priority, *this, 0);
}

void DispatchRig::submitMany(const PreparedRequest &request, int count)
{
    for (int i = 0; i < count; ++i)
        submit(request);
}

bool DispatchRig::waitIdle(int ms)
{
    return QTest::qWaitFor([this] { return dispatcher.isIdle(); }, ms);
}

void DispatchRig::requestFinished(RequestId, quint64, Response &&response)
{
    response.body.clear();
    responses.push_back(std::move(response));
    if (onFinished)
        onFinished(int(responses.size()));
}

Limits limitsOf(int total, int perHost)
{
    Limits limits;
    limits.total = total;
    limits.perHost = perHost;
    return limits;
}

PreparedRequest getRequest(const QUrl &url)
{
    PreparedRequest request;
    request.url = url;
    request.profile.httpVersion = HttpVersion::Http1;
    return request;
}

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/transportrig.h"

#include <QTest>

#include <algorithm>

namespace Sluice::Test {

void TransportRig::exchangeFinished(ExchangeId, quint64 tag, Response &&response)
{
    finished.push_back(tag);
    responses.push_back(std::move(response));
}

void TransportRig::exchangeClosed(ExchangeId, quint64 tag)
{
    // Never before the end is told, and once.
    QVERIFY(std::ranges::find(finished, tag) != finished.end());
    QVERIFY(std::ranges::find(closed, tag) == closed.end());
    closed.push_back(tag);
}

bool TransportRig::wait(int count)
{
    return QTest::qWaitFor([&] { return int(closed.size()) >= count; }, 20000);
}

Response TransportRig::run(const PreparedRequest &request)
{
    const int before = int(closed.size());
    transport.start(request, quint64(before) + 1000);
    return wait(before + 1) ? responses.back() : Response();
}

PreparedRequest to(const QUrl &url, const QByteArray &method)
{
    PreparedRequest request;
    request.method = method;
    request.url = url;
    return request;
}

LoopbackServer::Script always(const ScriptedReply &reply)
{
    return [reply](const ReceivedRequest &) { return reply; };
}

LoopbackServer::Script ok()
{
    return always(ScriptedReply::of("200 OK", "hello"));
}

ScriptedReply raw(const QByteArray &bytes, bool closeAfter)
{
    ScriptedReply reply;
    reply.bytes = bytes;
    reply.closeAfter = closeAfter;
    return reply;
}

} // namespace Sluice::Test

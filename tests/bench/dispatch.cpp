// SPDX-License-Identifier: GPL-3.0-or-later
// bench_dispatch URL REQUESTS LIMIT [1.1|2|auto]
// Dispatcher, admission queue and transport without run, checks and metrics: what they cost beside
// bench_bare_qnam. Prints {"requestsPerSecond":…}.
#include "core/dispatch/dispatcher.h"
#include "core/transport/qnamtransport.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

class Counter final : public DispatchClient
{
public:
    void requestFinished(RequestId, quint64, Response &&response) override
    {
        failed += response.failed() ? 1 : 0;
        opened += response.timings.isNewConnection() ? 1 : 0;
        stalledUs += response.timings.stalledUs();
    }
    int failed = 0;
    int opened = 0;
    qint64 stalledUs = 0;
};

HttpVersion versionOf(const QString &text)
{
    if (text == "2"_L1)
        return HttpVersion::Http2;
    return text == "auto"_L1 ? HttpVersion::Auto : HttpVersion::Http1;
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.size() < 4) {
        std::fputs("usage: bench_dispatch URL REQUESTS LIMIT [1.1|2|auto]\n", stderr);
        return 1;
    }
    const int requests = args[2].toInt();
    const SteadyClock clock;
    QnamTransport transport(clock);
    Dispatcher dispatcher(clock, transport);
    Limits limits;
    limits.total = args[3].toInt();
    dispatcher.admission().setLimits(limits);
    PreparedRequest request;
    request.url = QUrl(args[1]);
    request.profile.httpVersion = versionOf(args.value(4));
    request.profile.verifyTls = false;
    Counter counter;
    QObject::connect(&dispatcher, &Dispatcher::idle, &app, &QCoreApplication::quit);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < requests; ++i)
        dispatcher.submit(request, Priority::Run, counter, quint64(i));
    QCoreApplication::exec();
    std::printf("{\"requestsPerSecond\":%.1f,\"failed\":%d,\"newConnections\":%d,\"lanes\":%d,"
                "\"meanStalledUs\":%.1f}\n",
                requests * 1e9 / double(timer.nsecsElapsed()), counter.failed, counter.opened,
                transport.laneCount(), double(counter.stalledUs) / requests);
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/runstatistics.h"

#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr EndpointId A{0};
constexpr EndpointId B{1};

AdmissionEvent admitted(qint64 atUs, EndpointId endpoint, int inFlight, int hostInFlight,
                        int queued)
{
    AdmissionEvent event;
    event.kind = AdmissionEvent::Kind::Admitted;
    event.atUs = atUs;
    event.endpoint = endpoint;
    event.inFlight = inFlight;
    event.hostInFlight = hostInFlight;
    event.queued = queued;
    return event;
}

AdmissionEvent released(qint64 atUs, EndpointId endpoint, int inFlight)
{
    AdmissionEvent event = admitted(atUs, endpoint, inFlight, 0, 0);
    event.kind = AdmissionEvent::Kind::Released;
    return event;
}

Sample reply(EndpointId endpoint, int status, qint64 queuedUs, qint64 onWireUs)
{
    Sample sample;
    sample.endpoint = endpoint;
    sample.status = status;
    sample.timings.enqueuedUs = 0;
    sample.timings.admittedUs = queuedUs;
    sample.timings.sentUs = queuedUs;
    sample.timings.headersUs = queuedUs + onWireUs;
    sample.timings.finishedUs = queuedUs + onWireUs;
    sample.timings.waits[std::size_t(WaitReason::TotalLimit)] = queuedUs;
    return sample;
}

Sample failed(ErrorCode code, bool wasAdmitted)
{
    Sample sample;
    sample.error = code;
    sample.admitted = wasAdmitted;
    return sample;
}

} // namespace

class TestRunStatistics final : public QObject
{
    Q_OBJECT

private slots:
    void meanInFlightIsWeightedByTime();
    void everyRequestIsCountedOnce();
    void errorsKeepTheFirstExample();
    void hostsHaveTheirOwnRows();
    void epochsFollowTheLimits();
    void percentilesAreOfAllEpochs();
};

void TestRunStatistics::meanInFlightIsWeightedByTime()
{
    RunStatistics statistics;
    statistics.begin(1000, {});
    statistics.addEvent(admitted(1000, A, 1, 1, 4));
    statistics.addEvent(admitted(2000, A, 2, 2, 3));
    statistics.addEvent(released(4000, A, 1));
    statistics.addEvent(released(5000, A, 0));
    statistics.end(6000);
    // 1 for 1 ms, 2 for 2 ms, 1 for 1 ms, 0 for 1 ms.
    QCOMPARE(statistics.meanInFlight(), 6.0 / 5.0);
    QCOMPARE(statistics.durationUs(), qint64(5000));
    QCOMPARE(statistics.peakInFlight(), 2);
    QCOMPARE(statistics.peakQueued(), 4);
}

void TestRunStatistics::everyRequestIsCountedOnce()
{
    RunStatistics statistics;
    statistics.begin(0, {});
    statistics.addSample(reply(A, 200, 0, 100), {});
    statistics.addSample(reply(A, 503, 0, 100), {});
    statistics.addSample(failed(ErrorCode::ConnectionRefused, true), u"refused"_s);
    statistics.addSample(failed(ErrorCode::UnknownVariable, true), u"no such variable"_s);
    statistics.addSample(failed(ErrorCode::QueueFull, false), u"full"_s);
    statistics.addSample(failed(ErrorCode::Cancelled, true), {});
    statistics.addCancelled(3);
    statistics.end(1'000'000);
    QCOMPARE(statistics.succeeded(), 2u);
    QCOMPARE(statistics.failed(), 2u);
    QCOMPARE(statistics.neverAdmitted(), 1u);
    QCOMPARE(statistics.cancelled(), 4u);
    QCOMPARE(statistics.finished(), 9u);
    QCOMPARE(statistics.sent(), 2u);
    QCOMPARE(statistics.throughputPerSecond(), 2.0);
    QCOMPARE(statistics.status(), (StatusCounts{{200, 1}, {503, 1}}));
}

void TestRunStatistics::errorsKeepTheFirstExample()
{
    RunStatistics statistics;
    statistics.begin(0, {});
    statistics.addSample(failed(ErrorCode::Tls, true), u"first"_s);
    statistics.addSample(failed(ErrorCode::Tls, true), u"second"_s);
    QCOMPARE(statistics.errors().at(ErrorCode::Tls).count, 2u);
    QCOMPARE(statistics.errors().at(ErrorCode::Tls).example, u"first"_s);
}

void TestRunStatistics::hostsHaveTheirOwnRows()
{
    RunStatistics statistics;
    statistics.begin(0, {});
    statistics.addEvent(admitted(0, A, 1, 1, 0));
    statistics.addEvent(admitted(0, A, 2, 2, 0));
    statistics.addEvent(admitted(0, B, 3, 1, 0));
    for (int i = 0; i < 5; ++i) // The server closes after each request.
        statistics.addConnection(A);
    statistics.addConnection(B);
    Sample stream = reply(B, 200, 0, 10);
    stream.http2 = true;
    statistics.addSample(stream, {});
    statistics.addSample(stream, {});

    const std::vector<HostStatistics> hosts = statistics.hosts();
    QCOMPARE(hosts.size(), std::size_t(2));
    QCOMPARE(hosts[0].peakInFlight, 2);
    QCOMPARE(hosts[0].peakConnections(), 2u);
    QCOMPARE(hosts[1].sent, 2u);
    QCOMPARE(hosts[1].peakConnections(), 1u);
    QCOMPARE(hosts[0].connectionsOpened, 5u);
    QCOMPARE(statistics.connectionsOpened(), 6u);
    QCOMPARE(statistics.peakConnections(), 3u);
    for (const int open : {4, 7, 2})
        statistics.addOpenSockets(open); // The system knows of idle ones, too.
    QCOMPARE(statistics.peakConnections(), 7u);
}

void TestRunStatistics::epochsFollowTheLimits()
{
    RunStatistics statistics;
    Limits limits;
    statistics.begin(0, limits);
    statistics.addSample(reply(A, 200, 0, 100), {});
    statistics.addLimits(500'000, limits); // Equal limits begin no epoch.
    limits.total = 8;
    statistics.addLimits(1'000'000, limits);
    statistics.addSample(reply(A, 200, 0, 100), {});
    statistics.addSample(reply(A, 200, 0, 100), {});
    statistics.addSample(failed(ErrorCode::TotalTimeout, true), {});
    statistics.end(2'000'000);

    QCOMPARE(statistics.epochs().size(), std::size_t(2));
    const EpochStatistics &second = statistics.epochs()[1];
    QCOMPARE(second.fromUs, qint64(1'000'000));
    QCOMPARE(second.toUs, qint64(2'000'000));
    QCOMPARE(second.limits.total, 8);
    QCOMPARE(second.throughputPerSecond(), 2.0);
    QCOMPARE(second.errors, 1u);
    QCOMPARE(statistics.epochs()[0].throughputPerSecond(), 1.0);
}

void TestRunStatistics::percentilesAreOfAllEpochs()
{
    RunStatistics statistics;
    Limits limits;
    statistics.begin(0, limits);
    for (int i = 0; i < 90; ++i)
        statistics.addSample(reply(A, 200, 50, 100), {});
    limits.total = 1;
    statistics.addLimits(10, limits);
    for (int i = 0; i < 10; ++i)
        statistics.addSample(reply(A, 200, 50, 200), {});
    const LatencyStatistics latency = statistics.latency();
    QCOMPARE(latency.onWire.percentileUs(90), qint64(100));
    QCOMPARE(latency.onWire.percentileUs(91), qint64(200));
    QCOMPARE(latency.withQueue.percentileUs(50), qint64(150));
    QCOMPARE(latency.queued.meanUs(), 50.0);
}

QTEST_GUILESS_MAIN(TestRunStatistics)
#include "tst_runstatistics.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"

#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

Limits total(int limit)
{
    Limits limits;
    limits.total = limit;
    return limits;
}

const QString Api = u"https://api.example:443"_s;
const QString Cdn = u"https://cdn.example:443"_s;

} // namespace

class TestLiveMetrics final : public QObject
{
    Q_OBJECT

private slots:
    void emptySnapshot();
    void gaugesFollowTheQueue();
    void waitingIsToldApart();
    void percentilesOfTheLastTenSeconds();
    void fewSamplesSayNothing();
    void limitsOpenEpochs();
    void turningASpinBoxIsOneEpoch();
    void hostRows();
    void manyHostsAreBounded();
    void countsRepliesAndSockets();
    void classes_data();
    void classes();
    void pauseIsMarked();
};

void TestLiveMetrics::emptySnapshot()
{
    LiveSimulation simulation(total(10));
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QVERIFY(snapshot->hosts.empty());
    QCOMPARE(snapshot->p50Us, qint64(-1));
    QCOMPARE(snapshot->donePerSecond, 0.0);
}

void TestLiveMetrics::gaugesFollowTheQueue()
{
    LiveSimulation simulation(total(10));
    simulation.addServer({.endpoint = Api, .serviceUs = 50'000, .jitter = 0});
    simulation.enqueue(0, 35);
    simulation.run(160'000);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->admission.inFlight, 5);
    QCOMPARE(snapshot->peakInFlight, 10);
    QCOMPARE(snapshot->peakQueued, 25);
    QCOMPARE(snapshot->done, 30u);
    int highest = 0;
    for (const LiveBucket &bucket : snapshot->series.buckets) {
        QVERIFY(bucket[LiveGauge::InFlight].max <= 10);
        QVERIFY(bucket[LiveGauge::InFlight].min >= 5);
        highest = std::max(highest, bucket.all.max);
    }
    QCOMPARE(highest, 35);
}

void TestLiveMetrics::waitingIsToldApart()
{
    Limits limits = total(6);
    limits.hosts = {{u"api.example"_s, 4}};
    LiveSimulation simulation(limits);
    simulation.addServer({.endpoint = Api, .serviceUs = 1'000'000, .jitter = 0});
    simulation.addServer({.endpoint = Cdn, .serviceUs = 1'000'000, .jitter = 0});
    simulation.enqueue(0, 9);
    simulation.enqueue(1, 5);
    simulation.run(100'000);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const LiveBucket &now = snapshot->series.buckets.back();
    QCOMPARE(now[LiveGauge::InFlight].max, 6);
    QCOMPARE(now[LiveGauge::WaitingHost].max, 5);
    QCOMPARE(now[LiveGauge::WaitingTotal].max, 3);
    QCOMPARE(now.all.max, 14);
}

void TestLiveMetrics::percentilesOfTheLastTenSeconds()
{
    LiveSimulation simulation(total(4));
    simulation.addServer({.endpoint = Api, .serviceUs = 200'000, .jitter = 0});
    simulation.enqueue(0, 100);
    simulation.run(6'000'000);
    QVERIFY(std::abs(simulation.snapshot()->p50Us - 200'000) < 2000);
    QVERIFY(simulation.snapshot()->p95QueuedUs > 4'000'000);
    simulation.server(0).serviceUs = 20'000;
    simulation.run(12'000'000);
    simulation.enqueue(0, 100);
    simulation.run(2'000'000);
    const LiveSnapshotPtr later = simulation.snapshot();
    QVERIFY(std::abs(later->p50Us - 20'000) < 300); // The slow ones are out of the window.
    QVERIFY(std::abs(later->p99Us - 20'000) < 300);
    QCOMPARE(later->hosts.size(), 1u);
    QCOMPARE(later->hosts[0].p95Us, later->p95Us);
}

void TestLiveMetrics::fewSamplesSayNothing()
{
    LiveSimulation simulation(total(4));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.enqueue(0, 19);
    simulation.run(1'000'000);
    QCOMPARE(simulation.snapshot()->p50Us, qint64(-1));
    simulation.enqueue(0, 1);
    simulation.run(1'000'000);
    QVERIFY(simulation.snapshot()->p50Us > 0);
}

void TestLiveMetrics::limitsOpenEpochs()
{
    LiveSimulation simulation(total(4));
    simulation.addServer({.endpoint = Api, .serviceUs = 100'000, .jitter = 0});
    simulation.enqueue(0, 400);
    simulation.run(2'000'000);
    const qint64 changedUs = simulation.clock().nowUs();
    simulation.setLimits(total(8));
    simulation.run(2'000'000);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->epochs.size(), 2u);
    const LiveEpoch &first = snapshot->epochs[0];
    const LiveEpoch &second = snapshot->epochs[1];
    QCOMPARE(first.limits.total, 4);
    QCOMPARE(first.endUs, changedUs);
    QCOMPARE(first.peakInFlight, 4);
    QCOMPARE(first.done, 80u);
    QVERIFY(std::abs(first.p95Us - 100'000) < 1000);
    QCOMPARE(second.number, 2);
    QCOMPARE(second.limits.total, 8);
    QCOMPARE(second.beginUs, changedUs);
    QCOMPARE(second.endUs, qint64(-1));
    QCOMPARE(second.peakInFlight, 8);
    QCOMPARE(first.done + second.done, snapshot->done);
}

void TestLiveMetrics::turningASpinBoxIsOneEpoch()
{
    LiveSimulation simulation(total(4));
    simulation.addServer({.endpoint = Api});
    simulation.enqueue(0, 10);
    simulation.run(5'000'000);
    for (int limit = 5; limit <= 12; ++limit) {
        simulation.setLimits(total(limit));
        simulation.run(30'000);
    }
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->epochs.size(), 2u);
    QCOMPARE(snapshot->epochs[1].limits.total, 12);
}

void TestLiveMetrics::hostRows()
{
    Limits limits = total(100);
    limits.hosts = {{u"api.example"_s, 3}};
    LiveSimulation simulation(limits);
    simulation.addServer({.endpoint = Api, .serviceUs = 50'000, .arrivalsPerSecond = 20});
    simulation.addServer({.endpoint = Cdn, .serviceUs = 50'000, .arrivalsPerSecond = 40});
    simulation.run(10'000'000);
    const LiveSnapshotPtr busy = simulation.snapshot();
    QCOMPARE(busy->hosts.size(), 2u);
    QCOMPARE(busy->hosts[0].admission.endpoint, Api);
    QCOMPARE(busy->hosts[0].admission.limit, 3);
    QVERIFY(busy->hosts[1].donePerSecond > busy->hosts[0].donePerSecond);
    QCOMPARE(busy->hosts[0].done + busy->hosts[1].done, busy->done);
    // An idle host keeps its row for a minute, with its name and limit.
    simulation.server(0).arrivalsPerSecond = 0;
    simulation.run(30'000'000);
    QCOMPARE(simulation.snapshot()->hosts[0].admission.endpoint, Api);
    QCOMPARE(simulation.snapshot()->hosts[0].admission.limit, 3);
    simulation.run(40'000'000);
    QCOMPARE(simulation.snapshot()->hosts.size(), 1u);
}

void TestLiveMetrics::manyHostsAreBounded()
{
    LiveSimulation simulation(total(50));
    for (std::size_t i = 0; i < 300; ++i) {
        simulation.addServer({.endpoint = u"https://h%1.example:443"_s.arg(i)});
        simulation.enqueue(i, 3);
    }
    simulation.enqueue(299, 500); // The busiest of all is always among the rows.
    simulation.run(100'000);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->hosts.size(), 64u);
    QCOMPARE(snapshot->hosts.back().admission.endpoint, u"https://h299.example:443"_s);
}

void TestLiveMetrics::countsRepliesAndSockets()
{
    LiveSimulation simulation(total(5));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000, .errorShare = 1});
    simulation.enqueue(0, 200);
    simulation.run(5'000'000);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->done, 200u);
    QCOMPARE(snapshot->limited, 200u);
    QCOMPARE(snapshot->failed, 200u);
    QVERIFY(snapshot->connectionsOpened <= 5);
    QVERIFY(snapshot->reusedShare > 0.97);
    QCOMPARE(snapshot->marks.size(), 1u);
    QCOMPARE(snapshot->marks[0].kind, LiveMark::Kind::FirstLimited);
}

void TestLiveMetrics::classes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("error");
    QTest::addColumn<ReplyClass>("expected");

    QTest::newRow("200") << 200 << -1 << ReplyClass::Success;
    QTest::newRow("304") << 304 << -1 << ReplyClass::Redirect;
    QTest::newRow("404") << 404 << -1 << ReplyClass::ClientError;
    QTest::newRow("429") << 429 << -1 << ReplyClass::Limited;
    QTest::newRow("503") << 503 << -1 << ReplyClass::Limited;
    QTest::newRow("500") << 500 << -1 << ReplyClass::ServerError;
    QTest::newRow("timeout") << 0 << int(ErrorCode::IdleTimeout) << ReplyClass::Timeout;
    QTest::newRow("refused") << 0 << int(ErrorCode::ConnectionRefused) << ReplyClass::NoReply;
    QTest::newRow("cut off") << 200 << int(ErrorCode::ConnectionClosed) << ReplyClass::NoReply;
}

void TestLiveMetrics::classes()
{
    QFETCH(int, status);
    QFETCH(int, error);
    Sample sample;
    sample.status = status;
    if (error >= 0)
        sample.error = ErrorCode(error);
    QTEST(replyClass(sample), "expected");
}

void TestLiveMetrics::pauseIsMarked()
{
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.enqueue(0, 50);
    simulation.run(20'000);
    simulation.queue().pause();
    simulation.run(200'000);
    const LiveSnapshotPtr paused = simulation.snapshot();
    QCOMPARE(paused->marks.back().kind, LiveMark::Kind::Paused);
    QVERIFY(paused->series.buckets.back()[LiveGauge::WaitingHold].max > 0);
    QCOMPARE(paused->series.buckets.back()[LiveGauge::InFlight].max, 0);
    simulation.queue().resume();
    simulation.run(10'000);
    QCOMPARE(simulation.snapshot()->marks.back().kind, LiveMark::Kind::Resumed);
}

QTEST_GUILESS_MAIN(TestLiveMetrics)
#include "tst_livemetrics.moc"

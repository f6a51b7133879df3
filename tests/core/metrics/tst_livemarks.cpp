// SPDX-License-Identifier: GPL-3.0-or-later
//
// What LiveMetrics marks on the time axis by itself, and the peaks and times beside it.
#include "tests/support/livesimulation.h"

#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;
const QString Api = u"https://api.example:443"_s;
const QString Cdn = u"https://cdn.example:443"_s;

Limits total(int limit)
{
    Limits limits;
    limits.total = limit;
    return limits;
}

} // namespace

class TestLiveMarks final : public QObject
{
    Q_OBJECT

private slots:
    void outageIsMarkedOnce_data();
    void outageIsMarkedOnce();
    void otherErrorsAreNoOutage_data();
    void otherErrorsAreNoOutage();
    void hostThatNeverAnsweredIsDownAtOnce();
    void holdTellsUntilWhen();
    void limitsTellWhereTheyComeFrom();
    void peaksAreOfOneSecond();
    void highestP95IsKept();
    void lastActivityIsKnown();
};

void TestLiveMarks::outageIsMarkedOnce_data()
{
    QTest::addColumn<ErrorCode>("error");

    QTest::newRow("refused") << ErrorCode::ConnectionRefused;
    QTest::newRow("no such host") << ErrorCode::HostNotFound;
}

void TestLiveMarks::outageIsMarkedOnce()
{
    QFETCH(ErrorCode, error);
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.addServer({.endpoint = Cdn, .serviceUs = 10'000});
    const auto burst = [&simulation] {
        simulation.enqueue(0, 30);
        simulation.enqueue(1, 30);
        simulation.run(Second);
    };
    burst();
    QVERIFY(simulation.snapshot()->marks.empty());
    simulation.server(0).error = error;
    const qint64 beginUs = simulation.clock().nowUs();
    burst();
    burst();
    std::vector<LiveMark> marks = simulation.snapshot()->marks;
    QCOMPARE(marks.size(), 1u);
    QCOMPARE(marks[0].kind, LiveMark::Kind::HostDown);
    QCOMPARE(marks[0].endpoint, Api);
    QVERIFY(marks[0].error == error);
    QVERIFY(marks[0].atUs > beginUs && marks[0].atUs < beginUs + Second / 10);
    simulation.server(0).error.reset();
    burst();
    simulation.server(0).error = error; // The next outage is another one.
    burst();
    marks = simulation.snapshot()->marks;
    QCOMPARE(marks.size(), 3u);
    QCOMPARE(marks[1].kind, LiveMark::Kind::HostUp);
    QVERIFY(!marks[1].error);
    QCOMPARE(marks[2].kind, LiveMark::Kind::HostDown);
}

void TestLiveMarks::otherErrorsAreNoOutage_data()
{
    QTest::addColumn<ErrorCode>("error");

    QTest::newRow("idle") << ErrorCode::IdleTimeout;
    QTest::newRow("cut off") << ErrorCode::ConnectionClosed;
    QTest::newRow("not sent") << ErrorCode::QueueFull;
}

void TestLiveMarks::otherErrorsAreNoOutage()
{
    QFETCH(ErrorCode, error);
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.server(0).error = error;
    simulation.enqueue(0, 30);
    simulation.run(Second);
    QVERIFY(simulation.snapshot()->marks.empty());
}

void TestLiveMarks::hostThatNeverAnsweredIsDownAtOnce()
{
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.server(0).error = ErrorCode::ConnectionRefused;
    simulation.enqueue(0, 30);
    simulation.run(Second);
    const std::vector<LiveMark> marks = simulation.snapshot()->marks;
    QCOMPARE(marks.size(), 1u);
    QCOMPARE(marks[0].kind, LiveMark::Kind::HostDown);
}

void TestLiveMarks::holdTellsUntilWhen()
{
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.enqueue(0, 30);
    simulation.run(Second);
    const qint64 nowUs = simulation.clock().nowUs();
    simulation.queue().hold(simulation.queue().endpoint(Api), nowUs + 5 * Second);
    const std::vector<LiveMark> marks = simulation.snapshot()->marks;
    QCOMPARE(marks.size(), 1u);
    QCOMPARE(marks[0].kind, LiveMark::Kind::HoldBegan);
    QCOMPARE(marks[0].atUs, nowUs);
    QCOMPARE(marks[0].untilUs, nowUs + 5 * Second);
    // A second reply of the same moment asks for the same.
    const auto hold = [&simulation](qint64 untilUs) {
        simulation.queue().hold(simulation.queue().endpoint(Api), untilUs);
        return simulation.snapshot()->marks;
    };
    const std::vector<LiveMark> same = hold(nowUs + 5 * Second + 20'000);
    QCOMPARE(same.size(), 1u);
    QCOMPARE(same[0].untilUs, nowUs + 5 * Second + 20'000);
    QCOMPARE(hold(nowUs + 15 * Second).size(), 2u); // And a later one for more.
}

void TestLiveMarks::limitsTellWhereTheyComeFrom()
{
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.enqueue(0, 300);
    simulation.run(Second);
    simulation.metrics().setLimitsOrigin(LimitsOrigin::Collection);
    simulation.setLimits(total(3));
    simulation.run(Second);
    simulation.metrics().setLimitsOrigin(LimitsOrigin::Person);
    simulation.setLimits(total(4));
    simulation.run(Second);
    const std::vector<LiveEpoch> epochs = simulation.snapshot()->epochs;
    QCOMPARE(epochs.size(), 3u);
    QCOMPARE(epochs[0].origin, LimitsOrigin::Person);
    QCOMPARE(epochs[1].origin, LimitsOrigin::Collection);
    QCOMPARE(epochs[2].origin, LimitsOrigin::Person);
}

void TestLiveMarks::peaksAreOfOneSecond()
{
    LiveSimulation simulation(total(1000));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000, .jitter = 0, .errorShare = 1});
    simulation.run(100'000);
    simulation.enqueue(0, 70);
    simulation.run(3 * Second);
    simulation.enqueue(0, 40);
    simulation.run(10 * Second);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->epochs.back().peakDone, 70);
    QCOMPARE(snapshot->epochs.back().peakFailed, 70);
    QCOMPARE(snapshot->epochs.back().peakLimited, 70);
    QCOMPARE(snapshot->failedPerSecond, 0.0);
    simulation.enqueue(0, 20);
    simulation.run(Second);
    QCOMPARE(simulation.snapshot()->failedPerSecond, 10.0); // Of two seconds.
    QCOMPARE(simulation.snapshot()->limitedPerSecond, 10.0);
    simulation.setLimits(total(900)); // They are of the limits in force.
    simulation.enqueue(0, 5);
    simulation.run(Second);
    QCOMPARE(simulation.snapshot()->epochs.back().peakDone, 5);
    QCOMPARE(simulation.snapshot()->epochs.front().peakDone, 70);
}

void TestLiveMarks::highestP95IsKept()
{
    LiveSimulation simulation(total(10));
    simulation.addServer({.endpoint = Api, .serviceUs = 200'000, .jitter = 0});
    simulation.enqueue(0, 30);
    simulation.run(Second);
    QCOMPARE(simulation.snapshot()->sent, quint64(30));
    simulation.server(0).serviceUs = 20'000;
    simulation.run(15 * Second);
    simulation.enqueue(0, 50);
    simulation.run(Second);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QVERIFY(std::abs(snapshot->p95Us - 20'100) < 2000);
    QVERIFY(std::abs(snapshot->epochs.back().peakP95Us - 200'000) < 2000);
    QCOMPARE(snapshot->sent, quint64(50));
    QCOMPARE(snapshot->epochs.back().sent, quint64(80));
    QCOMPARE(snapshot->hosts.front().sent, quint64(50));
    QVERIFY(snapshot->hosts.front().p99Us > 0);
}

void TestLiveMarks::lastActivityIsKnown()
{
    LiveSimulation simulation(total(10));
    QCOMPARE(simulation.snapshot()->lastActiveUs, qint64(-1));
    simulation.addServer({.endpoint = Api, .serviceUs = 200'000, .jitter = 0});
    const qint64 beginUs = simulation.clock().nowUs();
    simulation.enqueue(0, 10);
    simulation.run(100'000);
    QCOMPARE(simulation.snapshot()->lastActiveUs, simulation.clock().nowUs());
    simulation.run(30 * Second);
    QCOMPARE(simulation.snapshot()->lastActiveUs, beginUs + 200'000);
}

QTEST_GUILESS_MAIN(TestLiveMarks)
#include "tst_livemarks.moc"

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
    void adaptiveDecisionsAreALine();
    void hostRows();
    void manyHostsAreBounded();
    void countsRepliesAndSockets();
    void whatWasCancelledIsNoReply();
    void classes_data();
    void classes();
    void pauseIsMarked();
    void repliesThatLimitAreMarkedOnceInAWhile();
    void notesAreMarks();
    void rangeOfSingleRequestsIsExact();
    void rangeOfThePastIsMerged();
    void littlesLawHolds();
    void hostsHaveAHistory();
    void memoryIsBoundedForADay();
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

void TestLiveMetrics::adaptiveDecisionsAreALine()
{
    LiveSimulation simulation(total(40));
    simulation.addServer({.endpoint = Api});
    simulation.enqueue(0, 2000);
    const EndpointId api = simulation.queue().endpoint(Api);
    for (int limit = 1; limit <= 1500; ++limit) {
        simulation.queue().setAdaptiveLimit(api, 1 + limit % 20);
        simulation.run(20'000);
    }
    simulation.metrics().setView({.spanUs = 10'000'000});
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->epochs.size(), 1u);
    QCOMPARE(snapshot->adaptive.size(), 1u);
    QCOMPARE(snapshot->adaptive[0].endpoint, Api);
    const std::vector<LimitStep> &steps = snapshot->adaptive[0].steps;
    QCOMPARE(steps.back().limit, 1);
    QVERIFY(steps.size() >= 500 && steps.size() <= 502); // Ten seconds, and the one before.
    QVERIFY(steps.front().atUs <= snapshot->atUs - 10'000'000);
    simulation.metrics().setView({.spanUs = 60'000'000});
    QCOMPARE(simulation.snapshot()->adaptive[0].steps.size(), 1024u); // Memory is bounded.
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
    for (int i = 0; i < 100'000; ++i) // Refused, all of them.
        simulation.metrics().connectionBegan();
    QCOMPARE(simulation.snapshot()->reusedShare, 0.0);
    QCOMPARE(snapshot->marks.size(), 1u);
    QCOMPARE(snapshot->marks[0].kind, LiveMark::Kind::FirstLimited);
}

void TestLiveMetrics::whatWasCancelledIsNoReply()
{
    LiveSimulation simulation(total(5));
    Sample sample;
    sample.endpoint = simulation.queue().endpoint(Api);
    sample.error = ErrorCode::Cancelled;
    sample.timings.finishedUs = simulation.clock().nowUs();
    simulation.metrics().sampleFinished(sample); // It was still queued,
    sample.timings.admittedUs = sample.timings.sentUs = sample.timings.finishedUs;
    simulation.metrics().sampleFinished(sample); // and it was in flight.
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->done, 0u);
    QCOMPARE(snapshot->failed, 0u);
    QCOMPARE(snapshot->flights.size(), 1u);
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

void TestLiveMetrics::repliesThatLimitAreMarkedOnceInAWhile()
{
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000, .errorShare = 1});
    const auto burst = [&simulation] {
        simulation.enqueue(0, 50);
        simulation.run(1'000'000);
    };
    burst();
    burst(); // So soon that it is the same trouble.
    simulation.run(20'000'000);
    burst();
    const std::vector<LiveMark> marks = simulation.snapshot()->marks;
    QCOMPARE(marks.size(), 2u);
    QCOMPARE(marks[0].kind, LiveMark::Kind::FirstLimited);
    QCOMPARE(marks[1].kind, LiveMark::Kind::Limited);
    QCOMPARE(marks[1].endpoint, Api);
}

void TestLiveMetrics::notesAreMarks()
{
    LiveSimulation simulation(total(2));
    simulation.addServer({.endpoint = Api, .serviceUs = 10'000});
    simulation.enqueue(0, 20);
    simulation.run(1'000'000);
    simulation.queue().pause();
    const qint64 pausedUs = simulation.clock().nowUs();
    simulation.metrics().addNote(pausedUs + 500, u"after"_s);
    simulation.metrics().addNote(pausedUs - 500, u"before"_s);
    const std::vector<LiveMark> marks = simulation.snapshot()->marks;
    QCOMPARE(marks.size(), 3u);
    QCOMPARE(marks[0].text, u"before"_s);
    QCOMPARE(marks[1].kind, LiveMark::Kind::Paused);
    QCOMPARE(marks[2].text, u"after"_s);
    for (int i = 0; i < 1000; ++i)
        simulation.metrics().addNote(pausedUs + i, u"many"_s);
    QVERIFY(simulation.snapshot()->marks.size() <= 512u);
}

void TestLiveMetrics::rangeOfSingleRequestsIsExact()
{
    LiveSimulation simulation(total(4));
    simulation.addServer(
        {.endpoint = Api, .serviceUs = 20'000, .jitter = 0.5, .arrivalsPerSecond = 150});
    simulation.run(10'000'000);
    const qint64 endUs = simulation.clock().nowUs() - 1'234'567;
    const qint64 beginUs = endUs - 777'777; // Not a whole step of anything.
    simulation.metrics().setView({.rangeBeginUs = beginUs, .rangeEndUs = endUs});
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const LiveRange &range = snapshot->range;
    QVERIFY(range.isExact);
    QCOMPARE(range.beginUs, beginUs);
    QCOMPARE(range.endUs, endUs);
    std::vector<qint64> onWire;
    for (std::size_t i = 0; i < snapshot->flights.size(); ++i) {
        const PhaseTimings &timings = snapshot->flights.at(i).sample.timings;
        if (timings.finishedUs >= beginUs && timings.finishedUs < endUs)
            onWire.push_back(timings.onWireUs());
    }
    std::ranges::sort(onWire);
    QVERIFY(onWire.size() > 80);
    QCOMPARE(range.done, quint64(onWire.size()));
    QCOMPARE(range.p50Us, onWire[(onWire.size() + 1) / 2 - 1]);
    QVERIFY(range.meanInFlight > 0 && range.meanInFlight <= 4);
    QVERIFY(range.peakInFlight <= 4);
    simulation.metrics().setView({});
    QVERIFY(!simulation.snapshot()->range.isKnown());
}

/** So long ago that its single requests are forgotten: whole steps, never averaged. */
void TestLiveMetrics::rangeOfThePastIsMerged()
{
    LiveSimulation simulation(total(8));
    simulation.addServer(
        {.endpoint = Api, .serviceUs = 20'000, .jitter = 0.5, .arrivalsPerSecond = 200});
    simulation.run(5'000'000);
    const qint64 fastUs = simulation.clock().nowUs();
    simulation.run(5'000'000);
    simulation.server(0).serviceUs = 200'000;
    simulation.server(0).arrivalsPerSecond = 30;
    const qint64 slowUs = simulation.clock().nowUs() + 2'000'000;
    simulation.run(10'000'000);
    simulation.server(0).serviceUs = 5'000;
    simulation.server(0).arrivalsPerSecond = 500;
    simulation.run(60'000'000);
    const auto rangeAt = [&simulation](qint64 beginUs) {
        simulation.metrics().setView(
            {.rangeBeginUs = beginUs + 300'000, .rangeEndUs = beginUs + 2'300'000});
        return simulation.snapshot()->range;
    };
    const LiveRange fast = rangeAt(fastUs);
    QVERIFY(!fast.isExact);
    QCOMPARE(fast.beginUs % 1'000'000, 0);
    QCOMPARE(fast.endUs - fast.beginUs, 3'000'000);
    QVERIFY(fast.p50Us > 15'000 && fast.p50Us < 25'000);
    QVERIFY(fast.perSecond() > 150 && fast.perSecond() < 250);
    const LiveRange slow = rangeAt(slowUs);
    QVERIFY(slow.p50Us > 150'000 && slow.p50Us < 250'000);
    QVERIFY(slow.p99Us <= 300'000 * 129 / 128);
}

void TestLiveMetrics::littlesLawHolds()
{
    LiveSimulation simulation(total(12));
    simulation.addServer(
        {.endpoint = Api, .serviceUs = 40'000, .jitter = 0.6, .arrivalsPerSecond = 180});
    simulation.run(40'000'000);
    const qint64 nowUs = simulation.clock().nowUs();
    for (const qint64 lengthUs : {5'000'000, 30'000'000}) {
        simulation.metrics().setView(
            {.rangeBeginUs = nowUs - lengthUs, .rangeEndUs = nowUs - 1'000'000});
        const LiveRange range = simulation.snapshot()->range;
        QVERIFY(range.meanInFlight > 4);
        const double off = std::abs(range.expectedInFlight() / range.meanInFlight - 1);
        QVERIFY2(off < 0.03, qPrintable(QString::number(off)));
    }
}

void TestLiveMetrics::hostsHaveAHistory()
{
    Limits limits = total(20);
    limits.perHost = 5;
    LiveSimulation simulation(limits);
    for (int i = 0; i < 12; ++i)
        simulation.addServer(
            {.endpoint = u"https://h%1.example:443"_s.arg(i), .serviceUs = 500'000, .jitter = 0});
    simulation.run(3'000'000);
    simulation.enqueue(3, 30); // 3 s at the limit of 5.
    simulation.run(10'000'000);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    QCOMPARE(snapshot->cellUs, 1'000'000);
    const auto host = std::ranges::find(snapshot->hosts, u"https://h3.example:443"_s,
                                        [](const LiveHost &h) { return h.admission.endpoint; });
    QVERIFY(host != snapshot->hosts.end());
    int full = 0;
    int queued = 0;
    for (const HostCell &cell : host->cells) {
        QVERIFY(cell.maxInFlight <= 5);
        full += cell.maxInFlight == 5;
        queued += cell.maxQueued > 0;
        QVERIFY(cell.meanInFlight <= float(cell.maxInFlight) + 0.01f);
    }
    QVERIFY(full >= 3 && full <= 4);
    QVERIFY(queued >= 2 && queued <= 4);
    // A day later it is coarser, but there.
    simulation.run(7'200'000'000);
    simulation.metrics().setView({.spanUs = 10'800'000'000});
    simulation.enqueue(3, 1);
    simulation.run(1'000'000);
    const LiveSnapshotPtr later = simulation.snapshot();
    QCOMPARE(later->cellUs, 64'000'000);
    QVERIFY(std::ranges::any_of(later->hosts[0].cells,
                                [](const HostCell &cell) { return cell.maxInFlight == 5; }));
}

/**
 * What a day of 5,000 requests a second holds depends on how many different steps and values there
 * were, not on how many requests: ten seconds at full rate, and every minute of a day with values
 * over the whole scale, fill all that can be filled.
 */
void TestLiveMetrics::memoryIsBoundedForADay()
{
    LiveMetrics metrics;
    Limits limits;
    metrics.setSource({[] { return AdmissionSnapshot{}; },
                       [&limits]() -> const Limits & { return limits; },
                       [](EndpointId) { return Api; }});
    std::mt19937 random(3);
    std::lognormal_distribution<double> onWire(10.5, 1.5);
    AdmissionEvent event;
    event.kind = AdmissionEvent::Kind::Admitted;
    Sample sample;
    sample.status = 200;
    const auto finishOne = [&](qint64 atUs) {
        event.atUs = atUs;
        event.endpoint = sample.endpoint = EndpointId(random() % 100);
        event.inFlight = int(random() % 100);
        metrics.admissionEvent(event);
        sample.timings.finishedUs = atUs;
        sample.timings.admittedUs = atUs - qint64(onWire(random));
        sample.timings.sentUs = sample.timings.admittedUs + 50;
        sample.timings.waits[0] = qint64(onWire(random));
        metrics.sampleFinished(sample);
    };
    qint64 now = 1'000'000'000'000;
    for (int i = 0; i < 10 * 5000; ++i)
        finishOne(now += 200);
    const std::size_t atFullRate = metrics.bytes();
    for (int minute = 0; minute < 24 * 60; ++minute) {
        for (int i = 0; i < 40; ++i)
            finishOne(now += 10'000);
        now += 59'600'000;
    }
    qInfo("10 s: %zu bytes; a day: %zu of at most %zu", atFullRate, metrics.bytes(),
          LiveMetrics::maxBytes());
    QVERIFY(metrics.bytes() <= LiveMetrics::maxBytes());
    QVERIFY(LiveMetrics::maxBytes() < 72'000'000);
}

QTEST_GUILESS_MAIN(TestLiveMetrics)
#include "tst_livemetrics.moc"

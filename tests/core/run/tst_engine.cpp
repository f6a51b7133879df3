// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engine.h"
#include "tests/support/loopbackserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

using ResultPtr = std::shared_ptr<const SendResult>;

ScriptedReply answer(const ReceivedRequest &request)
{
    ScriptedReply reply = ScriptedReply::of("200 OK", "{\"n\":1}");
    if (request.target == "/later")
        reply = ScriptedReply::of("503 Service Unavailable", "", "Retry-After: 3600\r\n");
    reply.delayMs = request.target == "/slow" ? 60'000 : 2;
    return reply;
}

SendJob jobFor(const QUrl &url)
{
    SendJob job;
    job.request.request.url = url.toString();
    return job;
}

/** A sweep of two short levels. */
SweepJob sweepOf(const QUrl &url)
{
    SweepJob job;
    job.requests = {jobFor(url).request};
    job.settings.ladder = {1, 2};
    job.settings.repeats = 0;
    job.settings.minCompletions = 5;
    job.settings.minWarmupUs = 10'000;
    job.settings.levelCapUs = 50'000;
    return job;
}

} // namespace

/** The engine from the window's thread, over a real server. */
class TestEngine final : public QObject
{
    Q_OBJECT

private slots:
    void sendsAndJudges();
    void badRequestIsAnsweredToo();
    void cancelEndsASend();
    void runsAndPublishes();
    void endsAHold_data();
    void endsAHold();
    void goesWhileRunning();
    void sweepAnswersInTheCallersThread();
    void sweepIsRefusedBesideARun();
    void noRunBesideASweep();
    void stoppedSweepKeepsWhatItMeasured();
};

void TestEngine::sendsAndJudges()
{
    LoopbackServer server(answer);
    Engine engine;
    QSignalSpy finished(&engine, &Engine::sendFinished);
    SendJob job = jobFor(server.url());
    job.request.request.assertions = {{u"res.body.n"_s, u"eq"_s, u"1"_s, true}};
    const quint64 id = engine.send(job);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].toULongLong(), id);
    const auto result = finished[0][1].value<ResultPtr>();
    QVERIFY(!result->response.error);
    QCOMPARE(result->response.status, 200);
    QCOMPARE(result->checks.size(), std::size_t(1));
    QVERIFY(result->checks[0].passed);
}

void TestEngine::badRequestIsAnsweredToo()
{
    Engine engine;
    QSignalSpy finished(&engine, &Engine::sendFinished);
    SendJob job;
    job.request.request.url = u"http://{{nowhere}}/"_s;
    engine.send(job);
    QTRY_COMPARE(finished.size(), 1);
    const auto result = finished[0][1].value<ResultPtr>();
    QCOMPARE(result->response.error->code, ErrorCode::UnknownVariable);
}

void TestEngine::cancelEndsASend()
{
    LoopbackServer server(answer);
    Engine engine;
    QSignalSpy finished(&engine, &Engine::sendFinished);
    const quint64 id = engine.send(jobFor(server.url(u"/slow"_s)));
    QTRY_COMPARE(server.requests().size(), std::size_t(1));
    engine.cancelSend(id);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][1].value<ResultPtr>()->response.error->code, ErrorCode::Cancelled);
}

void TestEngine::runsAndPublishes()
{
    LoopbackServer server(answer);
    Engine engine;
    Limits limits;
    limits.total = 3;
    engine.setLimits(limits);
    LiveSnapshotPtr last;
    connect(&engine, &Engine::liveChanged, this,
            [&last](const LiveSnapshotPtr &snapshot) { last = snapshot; });
    QSignalSpy finished(&engine, &Engine::runFinished);
    RunPlan plan;
    plan.requests = {jobFor(server.url()).request};
    plan.iterations = 60;
    plan.variables.secrets = {{u"token"_s, u"s3cret-of-the-run"_s}};
    const qint64 beganMs = QDateTime::currentMSecsSinceEpoch();
    engine.startRun(plan);
    QTRY_COMPARE(finished.size(), 1);
    const RunProgress progress = finished[0][0].value<RunOutcomePtr>()->progress;
    QCOMPARE(progress.done, 60u);
    QCOMPARE(progress.failed, 0u);
    QCOMPARE(server.peakConnections(), 3);
    QTRY_VERIFY(last && last->done == 60);
    QCOMPARE(last->peakInFlight, 3);
    QCOMPARE(last->admission.limits.total, 3);
    // Each request by itself, for the waterfall: of three connections, and of which run.
    QCOMPARE(last->flights.size(), 60u);
    // What an archive of them needs: what was asked for, when, and what is to be redacted in it.
    QCOMPARE(last->flights.at(0).line.method, QByteArray("GET"));
    QCOMPARE(last->flights.at(0).line.url, server.url().toEncoded());
    QVERIFY(last->wallMs >= beganMs);
    QVERIFY(last->secrets && last->secrets->values.contains(u"s3cret-of-the-run"_s));
    for (std::size_t i = 0; i < last->flights.size(); ++i) {
        const Flight &flight = last->flights.at(i);
        QCOMPARE(flight.sample.run, 1u);
        QVERIFY(flight.slot < 3);
        QVERIFY(flight.sample.timings.finishedUs >= flight.sample.timings.admittedUs);
    }
    engine.addLiveNote(-1, u"the cache is warm"_s);
    QTRY_COMPARE(last->marks.size(), std::size_t(1));
    QCOMPARE(last->marks[0].text, u"the cache is warm"_s);
}

void TestEngine::endsAHold_data()
{
    QTest::addColumn<bool>("all");
    QTest::newRow("of one host") << false;
    QTest::newRow("of all") << true;
}

void TestEngine::endsAHold()
{
    QFETCH(const bool, all);
    LoopbackServer server(answer);
    Engine engine;
    LiveSnapshotPtr last;
    connect(&engine, &Engine::liveChanged, this,
            [&last](const LiveSnapshotPtr &snapshot) { last = snapshot; });
    QSignalSpy finished(&engine, &Engine::runFinished);
    Limits limits;
    limits.total = 1;
    engine.setLimits(limits);
    RunPlan plan;
    plan.requests = {jobFor(server.url(u"/later"_s)).request};
    plan.iterations = 2;
    engine.startRun(plan);
    QTRY_VERIFY(last && last->admission.queuedByReason[std::size_t(WaitReason::Hold)] == 1);
    QVERIFY(last->admission.endpoints.at(0).holdUntilUs > last->atUs);
    engine.endHold(all ? EndpointId::None : last->admission.endpoints.at(0).id);
    QTRY_COMPARE(finished.size(), 1);
}

void TestEngine::goesWhileRunning()
{
    LoopbackServer server(answer);
    auto engine = std::make_unique<Engine>();
    RunPlan plan;
    plan.requests = {jobFor(server.url(u"/slow"_s)).request};
    plan.iterations = 500;
    engine->startRun(plan);
    QTRY_VERIFY(server.requests().size() >= 10);
    engine.reset();
}

void TestEngine::sweepAnswersInTheCallersThread()
{
    LoopbackServer server(answer);
    Engine engine;
    QThread *thread = nullptr;
    int levels = 0;
    SweepResultPtr result;
    QSignalSpy began(&engine, &Engine::sweepStageBegan);
    QSignalSpy finished(&engine, &Engine::sweepFinished);
    connect(&engine, &Engine::sweepLevelMeasured, this, [&levels] { ++levels; });
    connect(
        &engine, &Engine::sweepStageFinished, this,
        [&](const SweepResultPtr &stage) {
            result = stage;
            thread = QThread::currentThread();
        },
        Qt::DirectConnection);
    engine.startSweep(sweepOf(server.url()));
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(thread, QThread::currentThread());
    QCOMPARE(began.size(), 1);
    QCOMPARE(levels, 2);
    QCOMPARE(result->levels.size(), 2u);
    QVERIFY(result->sent >= 4);
    QVERIFY(server.peakConnections() <= 2);
}

void TestEngine::sweepIsRefusedBesideARun()
{
    LoopbackServer server(answer);
    Engine engine;
    QSignalSpy refused(&engine, &Engine::sweepRefused);
    RunPlan plan;
    plan.requests = {jobFor(server.url(u"/slow"_s)).request};
    engine.startRun(plan);
    engine.startSweep(sweepOf(server.url()));
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].value<Error>().message.startsWith("A run is going on"_L1));
    engine.abortRun();
}

void TestEngine::noRunBesideASweep()
{
    LoopbackServer server(answer);
    Engine engine;
    QSignalSpy ran(&engine, &Engine::runFinished);
    QSignalSpy swept(&engine, &Engine::sweepFinished);
    engine.startSweep(sweepOf(server.url()));
    QVERIFY(engine.isSweeping());
    RunPlan plan;
    plan.requests = {jobFor(server.url()).request};
    engine.startRun(plan);
    QTRY_COMPARE(swept.size(), 1);
    QVERIFY(!engine.isSweeping());
    QVERIFY(ran.isEmpty());
    engine.startRun(plan);
    QTRY_COMPARE(ran.size(), 1);
}

void TestEngine::stoppedSweepKeepsWhatItMeasured()
{
    LoopbackServer server(answer);
    Engine engine;
    SweepResultPtr result;
    QSignalSpy levels(&engine, &Engine::sweepLevelMeasured);
    connect(&engine, &Engine::sweepStageFinished, this,
            [&result](const SweepResultPtr &stage) { result = stage; });
    SweepJob job = sweepOf(server.url());
    job.settings.ladder = {1, 2, 3, 4, 6, 8, 12, 16};
    engine.startSweep(job);
    QTRY_VERIFY(levels.size() >= 1);
    engine.stopSweep();
    QTRY_VERIFY(result);
    QCOMPARE(result->stoppedBecause, SweepStop::User);
    QVERIFY(!result->levels.empty() && result->levels.size() < 8);
}

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the engine notes for the live view's time axis, over real sockets.
#include "core/run/engine.h"
#include "tests/support/loopbackserver.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

RunPlan planFor(const QUrl &url, int iterations)
{
    RequestInContext request;
    request.request.url = url.toString();
    RunPlan plan;
    plan.requests = {request};
    plan.iterations = iterations;
    return plan;
}

/** The engine, with the newest snapshot that came. */
struct Watched
{
    Engine engine;
    LiveSnapshotPtr last;
    QSignalSpy finished{&engine, &Engine::runFinished};

    Watched()
    {
        QObject::connect(&engine, &Engine::liveChanged, &engine,
                         [this](const LiveSnapshotPtr &snapshot) { last = snapshot; });
    }
    qsizetype count(LiveMark::Kind kind) const
    {
        return !last ? 0 : std::ranges::count(last->marks, kind, &LiveMark::kind);
    }
    const LiveMark &mark(LiveMark::Kind kind) const
    {
        return *std::ranges::find(last->marks, kind, &LiveMark::kind);
    }
};

} // namespace

class TestEngineMarks final : public QObject
{
    Q_OBJECT

private slots:
    void refusedConnectionsAreOneOutage();
    void serverAsksForPatience();
    void limitsOfTheCollection();
    void lastSnapshotBeforeTheEndIsFinal();
};

void TestEngineMarks::refusedConnectionsAreOneOutage()
{
    QUrl url;
    {
        const LoopbackServer gone([](const ReceivedRequest &) { return ScriptedReply{}; });
        url = gone.url();
    }
    Watched watched;
    watched.engine.startRun(planFor(url, 20));
    QTRY_COMPARE_WITH_TIMEOUT(watched.finished.size(), 1, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(watched.count(LiveMark::Kind::HostDown), 1, 20'000);
    const LiveMark &down = watched.mark(LiveMark::Kind::HostDown);
    QVERIFY(down.error == ErrorCode::ConnectionRefused);
    QCOMPARE(down.endpoint, u"http://127.0.0.1:%1"_s.arg(url.port()));
}

void TestEngineMarks::serverAsksForPatience()
{
    const LoopbackServer server([](const ReceivedRequest &) {
        return ScriptedReply::of("429 Too Many Requests", "", "Retry-After: 7\r\n");
    });
    Watched watched;
    watched.engine.startRun(planFor(server.url(), 1));
    QTRY_COMPARE_WITH_TIMEOUT(watched.count(LiveMark::Kind::HoldBegan), 1, 20'000);
    const LiveMark &hold = watched.mark(LiveMark::Kind::HoldBegan);
    QCOMPARE((hold.untilUs - hold.atUs + 500'000) / 1'000'000, qint64(7));
    QTRY_COMPARE_WITH_TIMEOUT(watched.count(LiveMark::Kind::FirstLimited), 1, 20'000);
}

void TestEngineMarks::limitsOfTheCollection()
{
    const LoopbackServer server(
        [](const ReceivedRequest &) { return ScriptedReply::of("200 OK", ""); });
    Watched watched;
    watched.engine.startRun(planFor(server.url(), 5));
    QTRY_COMPARE_WITH_TIMEOUT(watched.finished.size(), 1, 20'000);
    Limits limits;
    limits.total = 7;
    watched.engine.setLimits(limits, LimitsOrigin::Collection);
    QTRY_VERIFY_WITH_TIMEOUT(watched.last && watched.last->epochs.size() == 2, 20'000);
    QCOMPARE(watched.last->epochs[1].origin, LimitsOrigin::Collection);
    QCOMPARE(watched.last->epochs[0].origin, LimitsOrigin::Person);
}

/** What is shown when the end is told has nothing in flight any more. */
void TestEngineMarks::lastSnapshotBeforeTheEndIsFinal()
{
    const LoopbackServer server([](const ReceivedRequest &) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "");
        reply.delayMs = 5;
        return reply;
    });
    Watched watched;
    LiveSnapshotPtr atEnd;
    connect(&watched.engine, &Engine::runFinished, this, [&] { atEnd = watched.last; });
    watched.engine.startRun(planFor(server.url(), 40));
    QTRY_VERIFY_WITH_TIMEOUT(atEnd, 20'000);
    QCOMPARE(atEnd->done, quint64(40));
    QCOMPARE(atEnd->admission.inFlight, 0);
    QCOMPARE(atEnd->admission.queued, 0);
    QVERIFY(atEnd->lastActiveUs > 0 && atEnd->lastActiveUs <= atEnd->atUs);
}

QTEST_GUILESS_MAIN(TestEngineMarks)
#include "tst_enginemarks.moc"

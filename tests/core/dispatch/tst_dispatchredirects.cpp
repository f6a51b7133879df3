// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sampling.h"
#include "tests/core/dispatch/dispatcherrig.h"

#include <QCoreApplication>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

/** Redirects: each hop is a request of its own to the queue, and one to who asked. */
class TestDispatchRedirects final : public QObject
{
    Q_OBJECT

private slots:
    void redirectIsAdmittedUnderItsOwnHost();
    void redirectWaitsWithoutASlot();
    void redirectGoesBeforeTheRun();
    void tooManyRedirects();
    void redirectAsReply();
    void redirectToNowhere();
    void totalTimeoutSpansHops();
    void waitsAddUpOverHops();
    void theQueueTimeoutCountsWaits();
    void aFullQueueTakesAHop();
    void aHopThatIsRefusedWasAdmittedBefore();
};

void TestDispatchRedirects::redirectIsAdmittedUnderItsOwnHost()
{
    DispatcherRig rig(0, 1);
    rig.submit(get(u"http://b.test/busy"_s));
    rig.submit(get(u"http://a.test/"_s));
    QCOMPARE(int(rig.transport.started.size()), 2);
    rig.transport.reply(1, 302, header("Location", "http://b.test/next"));
    QCOMPARE(int(rig.transport.started.size()), 2); // b is at its limit
    rig.transport.reply(0, 200);
    QCOMPARE(int(rig.transport.started.size()), 3);
    QCOMPARE(rig.transport.started[2].request.url, QUrl(u"http://b.test/next"_s));
    rig.transport.reply(2, 200);
    QCOMPARE(int(rig.responses.size()), 2);
    const Response &last = rig.responses.back();
    QCOMPARE(int(last.redirects.size()), 1);
    QCOMPARE(last.redirects[0].url, QUrl(u"http://a.test/"_s));
    QCOMPARE(last.redirects[0].status, 302);
    QCOMPARE(rig.dispatcher.redirectCount(), quint64(1));
}

void TestDispatchRedirects::redirectWaitsWithoutASlot()
{
    DispatcherRig rig(2, 1);
    rig.submit(get(u"http://b.test/busy"_s));
    rig.submit(get(u"http://a.test/"_s));
    rig.submit(get(u"http://a.test/second"_s));
    rig.transport.reply(1, 302, header("Location", "http://b.test/next"));
    // The hop waits for b; a's slot and the total's are free for the second request.
    QCOMPARE(int(rig.transport.started.size()), 3);
    QCOMPARE(rig.transport.started[2].request.url, QUrl(u"http://a.test/second"_s));
}

void TestDispatchRedirects::redirectGoesBeforeTheRun()
{
    DispatcherRig rig(1);
    rig.submit(get(u"http://a.test/1"_s));
    rig.submit(get(u"http://a.test/2"_s));
    rig.transport.reply(0, 307, header("Location", "/moved"));
    QCOMPARE(rig.transport.started[1].request.url, QUrl(u"http://a.test/moved"_s));
}

void TestDispatchRedirects::tooManyRedirects()
{
    DispatcherRig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRedirects = 2;
    rig.submit(request);
    for (std::size_t i = 0; i < 3; ++i)
        rig.transport.reply(i, 302, header("Location", "/"));
    QCOMPARE(int(rig.transport.started.size()), 3);
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].error->code, ErrorCode::TooManyRedirects);
    QVERIFY(rig.dispatcher.isIdle());
}

void TestDispatchRedirects::redirectAsReply()
{
    DispatcherRig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRedirects = 0;
    rig.submit(request);
    rig.transport.reply(0, 302, header("Location", "/"));
    QCOMPARE(rig.responses[0].status, 302);
    QVERIFY(!rig.responses[0].failed());
}

void TestDispatchRedirects::redirectToNowhere()
{
    DispatcherRig rig(1);
    rig.submit(get(u"http://a.test/"_s));
    rig.transport.reply(0, 302, header("Location", "mailto:x@y.test"));
    QCOMPARE(rig.responses[0].error->code, ErrorCode::InvalidUrl);
    QCOMPARE(rig.responses[0].status, 302);
}

void TestDispatchRedirects::totalTimeoutSpansHops()
{
    DispatcherRig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.timeouts.totalUs = 5'000'000;
    rig.submit(request);
    rig.clock.advanceUs(2'000'000);
    Response response;
    response.status = 302;
    response.headers.append("Location", "/next");
    response.timings.finishedUs = rig.clock.nowUs();
    rig.transport.finish(0, response);
    rig.transport.close(0);
    QCOMPARE(rig.transport.started[1].request.timeouts.totalUs, qint64(3'000'000));
}

void TestDispatchRedirects::waitsAddUpOverHops()
{
    DispatcherRig rig(0, 1);
    rig.submit(get(u"http://a.test/busy"_s));
    rig.submit(get(u"http://b.test/busy"_s));
    rig.submit(get(u"http://a.test/"_s));
    const qint64 enqueuedUs = rig.clock.nowUs();
    rig.clock.advanceUs(1000);
    rig.transport.reply(0, 200);
    rig.clock.advanceUs(100);
    rig.transport.reply(2, 302, header("Location", "http://b.test/"));
    rig.clock.advanceUs(500);
    rig.transport.reply(1, 200);
    rig.transport.reply(3, 200);
    const PhaseTimings &timings = rig.responses.back().timings;
    QCOMPARE(timings.waits[std::size_t(WaitReason::HostLimit)], qint64(1500));
    QCOMPARE(timings.queuedUs(), qint64(1500));
    QCOMPARE(timings.enqueuedUs, enqueuedUs);
}

/** What a hop took on the wire was no wait; what the hops before it waited was. */
void TestDispatchRedirects::theQueueTimeoutCountsWaits()
{
    DispatcherRig rig(1);
    rig.setLimits([](Limits &limits) { limits.queueTimeoutUs = 100'000; });
    rig.submit(get(u"http://a.test/"_s));
    rig.submit(get(u"http://a.test/second"_s));
    rig.clock.advanceUs(60'000);
    rig.transport.reply(0, 200);
    rig.clock.advanceUs(500'000);
    rig.submit(get(u"http://b.test/"_s));
    rig.transport.reply(1, 302, header("Location", "http://a.test/moved"));
    QCOMPARE(int(rig.transport.started.size()), 3);
    QCOMPARE(rig.transport.started[2].request.url, QUrl(u"http://a.test/moved"_s));
    rig.transport.reply(2, 302, header("Location", "http://a.test/again"));
    rig.transport.reply(3, 200);
    rig.transport.reply(4, 200);
    QCOMPARE(int(rig.responses.size()), 3);
    for (const Response &response : rig.responses)
        QVERIFY(!response.error);
}

void TestDispatchRedirects::aFullQueueTakesAHop()
{
    DispatcherRig rig(1);
    rig.setLimits([](Limits &limits) { limits.queueMax = 1; });
    rig.submit(get(u"http://a.test/1"_s));
    rig.submit(get(u"http://a.test/2"_s));
    rig.transport.reply(0, 302, header("Location", "/moved"));
    rig.transport.reply(1, 200);
    rig.transport.reply(2, 200);
    QCOMPARE(int(rig.responses.size()), 2);
    for (const Response &response : rig.responses)
        QCOMPARE(response.status, 200);
}

void TestDispatchRedirects::aHopThatIsRefusedWasAdmittedBefore()
{
    DispatcherRig rig(0, 1);
    rig.setLimits([](Limits &limits) { limits.queueTimeoutUs = 100'000; });
    rig.submit(get(u"http://b.test/busy"_s));
    rig.submit(get(u"http://a.test/"_s));
    Response moved;
    moved.status = 302;
    moved.headers.append("Location", "http://b.test/");
    moved.timings.sentUs = rig.clock.nowUs();
    rig.transport.finish(1, moved);
    rig.transport.close(1);
    rig.pass(100'000);
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].error->code, ErrorCode::QueueTimeout);
    QVERIFY(sampleOf(rig.responses[0]).admitted);
}

QTEST_GUILESS_MAIN(TestDispatchRedirects)
#include "tst_dispatchredirects.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sampling.h"
#include "tests/core/dispatch/dispatcherrig.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

/** Limits, slots and ends, over a fake transport. */
class TestDispatcher final : public QObject
{
    Q_OBJECT

private slots:
    void holdsTheLimits();
    void keepsTheSlotUntilClosed();
    void tellsConnectionsByEndpoint();
    void tellsTheTransportItsLimits();
    void queueFull();
    void queueTimeout();
    void invalidUrl();
    void cancelQueued();
    void cancelInFlight();
    void cancelOfWhatIsJustDue();
    void stop();
    void stopOfWhatIsJustDue();
    void theTimerFollowsTheLimits_data();
    void theTimerFollowsTheLimits();
    void idleOnce();
    void submitFromCallback();
    void outcomes();
};

void TestDispatcher::holdsTheLimits()
{
    DispatcherRig rig(3, 2);
    for (int i = 0; i < 4; ++i)
        rig.submit(get(u"http://a.test/"_s));
    for (int i = 0; i < 4; ++i)
        rig.submit(get(u"http://b.test/"_s));
    QCOMPARE(int(rig.transport.started.size()), 3);
    for (std::size_t i = 0; i < 8; ++i) {
        QVERIFY(rig.transport.open() <= 3);
        rig.transport.reply(i, 200);
    }
    QCOMPARE(int(rig.responses.size()), 8);
    QVERIFY(rig.dispatcher.isIdle());
}

void TestDispatcher::keepsTheSlotUntilClosed()
{
    DispatcherRig rig(1);
    rig.submit(get(u"http://a.test/1"_s));
    rig.submit(get(u"http://a.test/2"_s));
    Response response;
    response.error = Error{ErrorCode::IdleTimeout, {}, {}, 0, 0};
    rig.transport.finish(0, response);
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(int(rig.transport.started.size()), 1);
    rig.transport.close(0);
    QCOMPARE(int(rig.transport.started.size()), 2);
}

void TestDispatcher::tellsConnectionsByEndpoint()
{
    DispatcherRig rig(1);
    QStringList names;
    QObject::connect(&rig.dispatcher, &Dispatcher::connecting, &rig.dispatcher,
                     [&](EndpointId id) { names << rig.dispatcher.admission().endpointName(id); });
    rig.submit(get(u"http://a.test/"_s));
    rig.transport.beginConnection(u"http://a.test:80"_s);
    QCOMPARE(names, QStringList{u"http://a.test:80"_s});
}

void TestDispatcher::tellsTheTransportItsLimits()
{
    DispatcherRig rig(7);
    rig.setLimits([](Limits &limits) {
        limits.streamsPerConnection = 9;
        limits.idleExpiryUs = 2'500'000;
    });
    rig.submit(get(u"http://a.test/"_s));
    QCOMPARE(rig.transport.connectionLimit, 7);
    QCOMPARE(rig.transport.streamsPerConnection, 9);
    QCOMPARE(rig.transport.idleExpirySeconds, 3);
    rig.setLimits([](Limits &limits) { limits.total = 3; });
    rig.submit(get(u"http://a.test/"_s));
    QCOMPARE(rig.transport.connectionLimit, 3);
}

void TestDispatcher::queueFull()
{
    DispatcherRig rig(1);
    rig.setLimits([](Limits &limits) { limits.queueMax = 1; });
    for (int i = 0; i < 3; ++i)
        rig.submit(get(u"http://a.test/"_s));
    QVERIFY(rig.responses.empty()); // never from inside submit()
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.tags[0], quint64(3));
    QCOMPARE(rig.responses[0].error->code, ErrorCode::QueueFull);
    QVERIFY(rig.responses[0].error->message.contains(u"http://a.test"));
}

void TestDispatcher::queueTimeout()
{
    DispatcherRig rig(1);
    rig.setLimits([](Limits &limits) { limits.queueTimeoutUs = 1'000'000; });
    rig.submit(get(u"http://a.test/1"_s));
    rig.submit(get(u"http://a.test/2"_s));
    rig.pass(1'000'001);
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].error->code, ErrorCode::QueueTimeout);
    const WaitTimes &waits = rig.responses[0].timings.waits;
    QCOMPARE(waits[std::size_t(WaitReason::TotalLimit)], qint64(1'000'001));
    QVERIFY(!sampleOf(rig.responses[0]).admitted);
    rig.transport.reply(0, 200);
    QCOMPARE(int(rig.transport.started.size()), 1);
}

void TestDispatcher::invalidUrl()
{
    DispatcherRig rig(1);
    rig.submit(get(u"gopher://a.test/"_s));
    QCoreApplication::processEvents();
    QCOMPARE(rig.responses[0].error->code, ErrorCode::InvalidUrl);
    QVERIFY(rig.dispatcher.isIdle());
}

void TestDispatcher::cancelQueued()
{
    DispatcherRig rig(1);
    const RequestId running = rig.submit(get(u"http://a.test/1"_s));
    const RequestId queued = rig.submit(get(u"http://a.test/2"_s));
    QVERIFY(!rig.dispatcher.cancelQueued(running));
    QVERIFY(rig.dispatcher.cancelQueued(queued));
    rig.dispatcher.cancel(queued);
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].error->code, ErrorCode::Cancelled);
    rig.transport.reply(0, 200);
    QCOMPARE(int(rig.transport.started.size()), 1);
}

void TestDispatcher::cancelInFlight()
{
    DispatcherRig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRetries = 3;
    const RequestId id = rig.submit(request);
    rig.submit(get(u"http://a.test/2"_s));
    rig.dispatcher.cancel(id);
    QVERIFY(rig.transport.started[0].aborted);
    Response response;
    response.error = Error{ErrorCode::Cancelled, {}, {}, 0, 0};
    rig.transport.finish(0, response);
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(int(rig.transport.started.size()), 1);
    rig.transport.close(0);
    QCOMPARE(int(rig.transport.started.size()), 2);
}

void TestDispatcher::stop()
{
    DispatcherRig rig(2);
    for (int i = 0; i < 10; ++i)
        rig.submit(get(u"http://a.test/"_s));
    const QSignalSpy idle(&rig.dispatcher, &Dispatcher::idle);
    rig.dispatcher.stop();
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.responses.size()), 8);
    QVERIFY(rig.transport.started[0].aborted && rig.transport.started[1].aborted);
    QCOMPARE(idle.count(), 0);
    rig.transport.failWith(0, ErrorCode::Cancelled);
    rig.transport.failWith(1, ErrorCode::Cancelled);
    QCOMPARE(int(rig.transport.started.size()), 2);
    QCOMPARE(int(rig.responses.size()), 10);
    QCOMPARE(idle.count(), 1);
}

void TestDispatcher::cancelOfWhatIsJustDue()
{
    DispatcherRig rig(10);
    rig.setLimits([](Limits &limits) { limits.rate = {1, 1}; });
    rig.submit(get(u"http://a.test/1"_s));
    const RequestId id = rig.submit(get(u"http://a.test/2"_s));
    rig.clock.advanceUs(1'000'000);
    rig.dispatcher.cancel(id); // Its token comes in the very turn that takes it out.
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.transport.started.size()), 1);
    QCOMPARE(int(rig.responses.size()), 1);
    rig.transport.reply(0, 200);
    QVERIFY(rig.dispatcher.isIdle());
}

void TestDispatcher::stopOfWhatIsJustDue()
{
    DispatcherRig rig(10);
    rig.setLimits([](Limits &limits) { limits.rate = {1, 1}; });
    for (int i = 0; i < 6; ++i)
        rig.submit(get(u"http://a.test/"_s));
    rig.clock.advanceUs(2'000'000);
    rig.dispatcher.stop();
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.transport.started.size()), 1);
    QVERIFY(rig.transport.started[0].aborted);
    QCOMPARE(int(rig.responses.size()), 5);
    rig.transport.failWith(0, ErrorCode::Cancelled);
    QVERIFY(rig.dispatcher.isIdle());
}

void TestDispatcher::theTimerFollowsTheLimits_data()
{
    using Change = std::function<void(AdmissionQueue &)>;
    QTest::addColumn<Change>("before");
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("started");
    QTest::addColumn<int>("refused");
    const auto limited = [](const std::function<void(Limits &)> &set) {
        return Change([set](AdmissionQueue &queue) {
            Limits limits = queue.limits();
            set(limits);
            queue.setLimits(limits);
        });
    };
    const Change resume = [](AdmissionQueue &queue) { queue.resume(); };
    const Change pauseAtARate = [limited](AdmissionQueue &queue) {
        limited([](Limits &limits) { limits.rate = {200, 1}; })(queue);
        queue.pause();
    };
    QTest::newRow("resumed") << pauseAtARate << resume << 4 << 0;
    QTest::newRow("a quicker rate")
        << limited([](Limits &limits) { limits.rate = {0.001, 1}; })
        << limited([](Limits &limits) { limits.rate = {200, 1}; }) << 4 << 0;
    QTest::newRow("a queue timeout")
        << limited([](Limits &limits) { limits.total = 1; })
        << limited([](Limits &limits) { limits.queueTimeoutUs = 10'000; }) << 1 << 3;
    const Change hold = [](AdmissionQueue &queue) {
        queue.hold(queue.endpoint(u"http://a.test:80"_s), SteadyClock().nowUs() + 3'600'000'000);
    };
    QTest::newRow("a shorter hold")
        << hold << limited([](Limits &limits) { limits.holdMaxUs = 10'000; }) << 4 << 0;
}

/** Whoever changes the limits has only the queue; the timer is the dispatcher's. */
void TestDispatcher::theTimerFollowsTheLimits()
{
    QFETCH(const std::function<void(AdmissionQueue &)>, before);
    QFETCH(const std::function<void(AdmissionQueue &)>, change);
    QFETCH(const int, started);
    QFETCH(const int, refused);
    const SteadyClock clock;
    FakeTransport transport;
    DispatcherRig client(1);
    Dispatcher dispatcher(clock, transport);
    before(dispatcher.admission());
    for (quint64 i = 0; i < 4; ++i)
        dispatcher.submit(get(u"http://a.test/"_s), Priority::Run, client, i);
    change(dispatcher.admission());
    QTRY_COMPARE(int(transport.started.size()), started);
    QTRY_COMPARE(int(client.responses.size()), refused);
}

void TestDispatcher::idleOnce()
{
    DispatcherRig rig(1);
    const QSignalSpy idle(&rig.dispatcher, &Dispatcher::idle);
    rig.submit(get(u"http://a.test/"_s));
    rig.submit(get(u"http://a.test/"_s));
    rig.transport.reply(0, 200);
    QCOMPARE(idle.count(), 0);
    rig.transport.reply(1, 200);
    QCOMPARE(idle.count(), 1);
    rig.dispatcher.advance();
    QCOMPARE(idle.count(), 1);
}

void TestDispatcher::submitFromCallback()
{
    DispatcherRig rig(1);
    int left = 1000;
    rig.onFinished = [&] {
        if (--left > 0)
            rig.submit(get(u"http://a.test/"_s));
    };
    rig.submit(get(u"http://a.test/"_s));
    for (std::size_t i = 0; i < 1000; ++i)
        rig.transport.reply(i, 200);
    QCOMPARE(int(rig.responses.size()), 1000);
    QVERIFY(rig.dispatcher.isIdle());
}

void TestDispatcher::outcomes()
{
    struct Recorder final : AdmissionObserver
    {
        void admissionEvent(const AdmissionEvent &event) override
        {
            if (event.kind == AdmissionEvent::Kind::Released)
                outcomes.push_back(event.outcome);
        }
        std::vector<Outcome> outcomes;
    };
    FakeClock clock;
    FakeTransport transport;
    Recorder recorder;
    Dispatcher dispatcher(clock, transport, &recorder);
    DispatcherRig client(1);
    for (quint64 i = 0; i < 4; ++i)
        dispatcher.submit(get(u"http://a.test/"_s), Priority::Run, client, i);
    transport.reply(0, 200);
    transport.reply(1, 503);
    transport.failWith(2, ErrorCode::FirstByteTimeout);
    transport.failWith(3, ErrorCode::Cancelled);
    QCOMPARE(recorder.outcomes,
             (std::vector{Outcome::Success, Outcome::Dropped, Outcome::Dropped, Outcome::Ignored}));
}

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"

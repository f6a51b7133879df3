// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/dispatcher.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

PreparedRequest get(const QString &url)
{
    PreparedRequest request;
    request.url = QUrl(url);
    return request;
}

HeaderList header(const QByteArray &name, const QByteArray &value)
{
    HeaderList headers;
    headers.append(name, value);
    return headers;
}

/** A dispatcher over a fake transport and a clock that stands still. */
struct Rig final : DispatchClient
{
    Rig(int total, int perHost = 0)
    {
        Limits limits;
        limits.total = total;
        limits.perHost = perHost;
        dispatcher.admission().setLimits(limits);
        dispatcher.setRandom([] { return 0.5; });
    }
    RequestId submit(const PreparedRequest &request, Priority priority = Priority::Run)
    {
        return dispatcher.submit(request, priority, *this, ++lastTag);
    }
    void requestFinished(RequestId, quint64 tag, Response &&response) override
    {
        tags.push_back(tag);
        responses.push_back(std::move(response));
        if (onFinished)
            onFinished();
    }
    void setLimits(const std::function<void(Limits &)> &change)
    {
        Limits limits = dispatcher.admission().limits();
        change(limits);
        dispatcher.admission().setLimits(limits);
    }
    void pass(qint64 us)
    {
        clock.advanceUs(us);
        dispatcher.advance();
    }

    FakeClock clock;
    FakeTransport transport;
    Dispatcher dispatcher{clock, transport};
    quint64 lastTag = 0;
    std::vector<quint64> tags;
    std::vector<Response> responses;
    std::function<void()> onFinished;
};

} // namespace

class TestDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void holdsTheLimits();
    void keepsTheSlotUntilClosed();
    void redirectIsAdmittedUnderItsOwnHost();
    void redirectWaitsWithoutASlot();
    void redirectGoesBeforeTheRun();
    void tooManyRedirects();
    void redirectAsReply();
    void redirectToNowhere();
    void retriesWithBackoff();
    void neverRetriesAPost();
    void retryGivesUp();
    void sendsAgainWhatWasNotProcessed();
    void tellsConnectionsByEndpoint();
    void tellsTheTransportItsLimits();
    void holdsOnRetryAfter_data();
    void holdsOnRetryAfter();
    void holdIsCappedAndCanBeEnded();
    void queueFull();
    void queueTimeout();
    void invalidUrl();
    void cancelQueued();
    void cancelInFlight();
    void cancelBackoff();
    void stop();
    void idleOnce();
    void totalTimeoutSpansHops();
    void waitsAddUpOverHops();
    void submitFromCallback();
    void outcomes();
    void adaptiveLimitFollowsTheReplies();
    void fixedLimitHoldsAtOnceAgain();
    void otherChangesLeaveAnAdaptiveLimitAlone();
};

void TestDispatcher::holdsTheLimits()
{
    Rig rig(3, 2);
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
    Rig rig(1);
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

void TestDispatcher::redirectIsAdmittedUnderItsOwnHost()
{
    Rig rig(0, 1);
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

void TestDispatcher::redirectWaitsWithoutASlot()
{
    Rig rig(2, 1);
    rig.submit(get(u"http://b.test/busy"_s));
    rig.submit(get(u"http://a.test/"_s));
    rig.submit(get(u"http://a.test/second"_s));
    rig.transport.reply(1, 302, header("Location", "http://b.test/next"));
    // The hop waits for b; a's slot and the total's are free for the second request.
    QCOMPARE(int(rig.transport.started.size()), 3);
    QCOMPARE(rig.transport.started[2].request.url, QUrl(u"http://a.test/second"_s));
}

void TestDispatcher::redirectGoesBeforeTheRun()
{
    Rig rig(1);
    rig.submit(get(u"http://a.test/1"_s));
    rig.submit(get(u"http://a.test/2"_s));
    rig.transport.reply(0, 307, header("Location", "/moved"));
    QCOMPARE(rig.transport.started[1].request.url, QUrl(u"http://a.test/moved"_s));
}

void TestDispatcher::tooManyRedirects()
{
    Rig rig(1);
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

void TestDispatcher::redirectAsReply()
{
    Rig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRedirects = 0;
    rig.submit(request);
    rig.transport.reply(0, 302, header("Location", "/"));
    QCOMPARE(rig.responses[0].status, 302);
    QVERIFY(!rig.responses[0].failed());
}

void TestDispatcher::redirectToNowhere()
{
    Rig rig(1);
    rig.submit(get(u"http://a.test/"_s));
    rig.transport.reply(0, 302, header("Location", "mailto:x@y.test"));
    QCOMPARE(rig.responses[0].error->code, ErrorCode::InvalidUrl);
    QCOMPARE(rig.responses[0].status, 302);
}

void TestDispatcher::retriesWithBackoff()
{
    Rig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRetries = 2;
    rig.submit(request);
    rig.submit(get(u"http://a.test/other"_s));
    rig.transport.failWith(0, ErrorCode::ConnectionRefused);
    // While it waits it holds nothing.
    QCOMPARE(int(rig.transport.started.size()), 2);
    QVERIFY(!rig.dispatcher.isIdle());
    rig.transport.reply(1, 200);
    rig.pass(124'999);
    QCOMPARE(int(rig.transport.started.size()), 2);
    rig.pass(1);
    QCOMPARE(int(rig.transport.started.size()), 3);
    rig.transport.reply(2, 503);
    rig.pass(250'000);
    rig.transport.reply(3, 200);
    QCOMPARE(int(rig.responses.size()), 2);
    QCOMPARE(rig.responses[1].status, 200);
    QCOMPARE(rig.responses[1].attempts, 3);
    QCOMPARE(rig.dispatcher.retryCount(), quint64(2));
}

void TestDispatcher::neverRetriesAPost()
{
    Rig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.method = "POST";
    request.maxRetries = 5;
    rig.submit(request);
    rig.transport.failWith(0, ErrorCode::ConnectionClosed);
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].attempts, 1);
}

void TestDispatcher::retryGivesUp()
{
    Rig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRetries = 1;
    rig.submit(request);
    rig.transport.failWith(0, ErrorCode::IdleTimeout);
    rig.pass(1'000'000);
    rig.transport.failWith(1, ErrorCode::IdleTimeout);
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].error->code, ErrorCode::IdleTimeout);
    QCOMPARE(rig.responses[0].attempts, 2);
}

/** RFC 9113 8.7: no method is unsafe to send again when the server has not begun. */
void TestDispatcher::sendsAgainWhatWasNotProcessed()
{
    Rig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.method = "POST";
    rig.submit(request);
    Response refused;
    refused.unprocessed = true;
    refused.error = Error{ErrorCode::ConnectionClosed, {}, {}, 0, 0};
    const auto refuse = [&](std::size_t index) {
        rig.transport.finish(index, refused);
        rig.transport.close(index);
        rig.pass(0);
    };
    refuse(0); // The first time at once,
    QCOMPARE(int(rig.transport.started.size()), 2);
    refuse(1); // then with a wait: 250 ms × 0.5.
    QCOMPARE(int(rig.transport.started.size()), 2);
    rig.pass(125'000);
    QCOMPARE(int(rig.transport.started.size()), 3);
    for (std::size_t i = 2; i < 5; ++i) {
        refuse(i);
        rig.pass(30'000'000);
    }
    QVERIFY(rig.responses.empty());
    refuse(5);
    QCOMPARE(int(rig.responses.size()), 1); // Not for ever.
    QCOMPARE(rig.responses[0].error->code, ErrorCode::ConnectionClosed);
    QCOMPARE(rig.responses[0].attempts, 6);
}

void TestDispatcher::tellsConnectionsByEndpoint()
{
    Rig rig(1);
    QStringList names;
    QObject::connect(&rig.dispatcher, &Dispatcher::connecting, &rig.dispatcher,
                     [&](EndpointId id) { names << rig.dispatcher.admission().endpointName(id); });
    rig.submit(get(u"http://a.test/"_s));
    rig.transport.beginConnection(u"http://a.test:80"_s);
    QCOMPARE(names, QStringList{u"http://a.test:80"_s});
}

void TestDispatcher::tellsTheTransportItsLimits()
{
    Rig rig(7);
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

void TestDispatcher::holdsOnRetryAfter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<bool>("holds");
    QTest::newRow("429") << 429 << QByteArray("3") << true;
    QTest::newRow("503") << 503 << QByteArray("3") << true;
    QTest::newRow("404") << 404 << QByteArray("3") << false;
    QTest::newRow("a date") << 429 << QByteArray("Mon, 23 Nov 2026 08:00:03 GMT") << true;
    QTest::newRow("a date that is over")
        << 503 << QByteArray("Mon, 23 Nov 2026 07:59:59 GMT") << false;
    QTest::newRow("nonsense") << 503 << QByteArray("soon") << false;
}

void TestDispatcher::holdsOnRetryAfter()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, retryAfter);
    QFETCH(const bool, holds);
    Rig rig(0, 1);
    rig.submit(get(u"http://a.test/1"_s));
    rig.submit(get(u"http://a.test/2"_s));
    rig.submit(get(u"http://b.test/1"_s));
    rig.submit(get(u"http://b.test/2"_s));
    HeaderList headers = header("Retry-After", retryAfter);
    headers.append("Date", "Mon, 23 Nov 2026 08:00:00 GMT");
    rig.transport.reply(0, status, headers);
    QCOMPARE(int(rig.transport.started.size()), holds ? 2 : 3);
    rig.transport.reply(1, 200); // b goes on
    QCOMPARE(int(rig.transport.started.size()), holds ? 3 : 4);
    rig.pass(2'999'999);
    QCOMPARE(int(rig.transport.started.size()), holds ? 3 : 4);
    rig.pass(1);
    QCOMPARE(int(rig.transport.started.size()), 4);
}

void TestDispatcher::holdIsCappedAndCanBeEnded()
{
    Rig rig(1);
    rig.setLimits([](Limits &limits) { limits.holdMaxUs = 2'000'000; });
    for (int i = 0; i < 4; ++i)
        rig.submit(get(u"http://a.test/"_s));
    rig.transport.reply(0, 429, header("Retry-After", "86400"));
    const AdmissionSnapshot held = rig.dispatcher.admission().snapshot();
    QCOMPARE(held.endpoints.at(0).holdUntilUs, rig.clock.nowUs() + 2'000'000); // Shown.
    rig.pass(1'999'999);
    QCOMPARE(int(rig.transport.started.size()), 1);
    rig.pass(1);
    QCOMPARE(int(rig.transport.started.size()), 2);
    rig.transport.reply(1, 429, header("Retry-After", "86400"));
    QCOMPARE(int(rig.transport.started.size()), 2);
    rig.dispatcher.admission().endHold(rig.dispatcher.admission().endpoint(u"http://a.test:80"_s));
    QCOMPARE(int(rig.transport.started.size()), 3);
}

void TestDispatcher::queueFull()
{
    Rig rig(1);
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
    Rig rig(1);
    rig.setLimits([](Limits &limits) { limits.queueTimeoutUs = 1'000'000; });
    rig.submit(get(u"http://a.test/1"_s));
    rig.submit(get(u"http://a.test/2"_s));
    rig.pass(1'000'001);
    QCoreApplication::processEvents();
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].error->code, ErrorCode::QueueTimeout);
    rig.transport.reply(0, 200);
    QCOMPARE(int(rig.transport.started.size()), 1);
}

void TestDispatcher::invalidUrl()
{
    Rig rig(1);
    rig.submit(get(u"gopher://a.test/"_s));
    QCoreApplication::processEvents();
    QCOMPARE(rig.responses[0].error->code, ErrorCode::InvalidUrl);
    QVERIFY(rig.dispatcher.isIdle());
}

void TestDispatcher::cancelQueued()
{
    Rig rig(1);
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
    Rig rig(1);
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

void TestDispatcher::cancelBackoff()
{
    Rig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRetries = 1;
    const RequestId id = rig.submit(request);
    rig.transport.failWith(0, ErrorCode::ConnectionRefused);
    rig.dispatcher.cancel(id);
    QCoreApplication::processEvents();
    QCOMPARE(rig.responses[0].error->code, ErrorCode::Cancelled);
    QVERIFY(rig.dispatcher.isIdle());
    rig.pass(10'000'000);
    QCOMPARE(int(rig.transport.started.size()), 1);
}

void TestDispatcher::stop()
{
    Rig rig(2);
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

void TestDispatcher::idleOnce()
{
    Rig rig(1);
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

void TestDispatcher::totalTimeoutSpansHops()
{
    Rig rig(1);
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

void TestDispatcher::waitsAddUpOverHops()
{
    Rig rig(0, 1);
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

void TestDispatcher::submitFromCallback()
{
    Rig rig(1);
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
    Rig client(1);
    for (quint64 i = 0; i < 4; ++i)
        dispatcher.submit(get(u"http://a.test/"_s), Priority::Run, client, i);
    transport.reply(0, 200);
    transport.reply(1, 503);
    transport.failWith(2, ErrorCode::FirstByteTimeout);
    transport.failWith(3, ErrorCode::Cancelled);
    QCOMPARE(recorder.outcomes,
             (std::vector{Outcome::Success, Outcome::Dropped, Outcome::Dropped, Outcome::Ignored}));
}

namespace {

const QString Adaptive = u"http://a.example/"_s;

/** Forty requests to a host whose limit finds itself, ten of them in flight. */
void startAdaptive(Rig &rig, const QString &kind)
{
    rig.setLimits([&kind](Limits &limits) { limits.hosts = {{u"a.example"_s, 0, kind}}; });
    for (int i = 0; i < 40; ++i)
        rig.submit(get(Adaptive));
}

} // namespace

void TestDispatcher::adaptiveLimitFollowsTheReplies()
{
    Rig rig(100);
    startAdaptive(rig, u"aimd"_s);
    QCOMPARE(rig.transport.open(), 10);
    rig.pass(20'000);
    for (std::size_t i = 0; i < 10; ++i)
        rig.transport.reply(i, 200);
    QCOMPARE(rig.transport.open(), 11); // A window is full: one more.
    rig.pass(20'000);
    rig.transport.reply(10, 429);
    rig.transport.reply(11, 503); // Of the same moment: the same drop.
    QCOMPARE(rig.transport.open(), 9);
    rig.transport.failWith(12, ErrorCode::Cancelled); // Says nothing.
    QCOMPARE(rig.transport.open(), 9);
}

void TestDispatcher::fixedLimitHoldsAtOnceAgain()
{
    Rig rig(100);
    startAdaptive(rig, u"auto"_s);
    QCOMPARE(rig.transport.open(), 5); // Half of the limit, to measure the time without load.
    rig.dispatcher.admission().pause();
    rig.setLimits([](Limits &limits) { limits.hosts = {{u"a.example"_s, 2}}; });
    for (std::size_t i = 0; i < 5; ++i)
        rig.transport.reply(i, 200);
    rig.dispatcher.admission().resume();
    QCOMPARE(rig.transport.open(), 2);
    rig.setLimits([](Limits &limits) { limits.hosts = {{u"*.example"_s, 0, u"vegas"_s}}; });
    QCOMPARE(rig.transport.open(), 5);
}

void TestDispatcher::otherChangesLeaveAnAdaptiveLimitAlone()
{
    Rig rig(100);
    startAdaptive(rig, u"aimd"_s);
    rig.pass(20'000);
    for (std::size_t i = 0; i < 10; ++i)
        rig.transport.reply(i, 200);
    rig.setLimits([](Limits &limits) { limits.total = 50; });
    QCOMPARE(rig.transport.open(), 11);
    rig.setLimits([](Limits &limits) { limits.total = 4; }); // And the total holds over it.
    for (std::size_t i = 10; i < 21; ++i)
        rig.transport.reply(i, 200);
    QCOMPARE(rig.transport.open(), 4);
}

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"

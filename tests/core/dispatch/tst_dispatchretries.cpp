// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/dispatch/dispatcherrig.h"

#include <QCoreApplication>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

/** What is sent again, when, and the rest that a server asks for. */
class TestDispatchRetries final : public QObject
{
    Q_OBJECT

private slots:
    void retriesWithBackoff();
    void neverRetriesAPost();
    void retryGivesUp();
    void sendsAgainWhatWasNotProcessed();
    void cancelBackoff();
    void holdsOnRetryAfter_data();
    void holdsOnRetryAfter();
    void holdIsCappedAndCanBeEnded();
};

void TestDispatchRetries::retriesWithBackoff()
{
    DispatcherRig rig(1);
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

void TestDispatchRetries::neverRetriesAPost()
{
    DispatcherRig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.method = "POST";
    request.maxRetries = 5;
    rig.submit(request);
    rig.transport.failWith(0, ErrorCode::ConnectionClosed);
    QCOMPARE(int(rig.responses.size()), 1);
    QCOMPARE(rig.responses[0].attempts, 1);
}

void TestDispatchRetries::retryGivesUp()
{
    DispatcherRig rig(1);
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
void TestDispatchRetries::sendsAgainWhatWasNotProcessed()
{
    DispatcherRig rig(1);
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

void TestDispatchRetries::cancelBackoff()
{
    DispatcherRig rig(1);
    PreparedRequest request = get(u"http://a.test/"_s);
    request.maxRetries = 1;
    const RequestId id = rig.submit(request);
    Response unavailable;
    unavailable.status = 503;
    unavailable.timings.sentUs = rig.clock.nowUs();
    rig.transport.finish(0, unavailable);
    rig.transport.close(0);
    rig.dispatcher.cancel(id);
    QCoreApplication::processEvents();
    QCOMPARE(rig.responses[0].error->code, ErrorCode::Cancelled);
    // The server has seen it.
    QVERIFY(rig.responses[0].error->message.contains(u"again"_s));
    QCOMPARE(rig.responses[0].timings.sentUs, unavailable.timings.sentUs);
    QVERIFY(rig.dispatcher.isIdle());
    rig.pass(10'000'000);
    QCOMPARE(int(rig.transport.started.size()), 1);
}

void TestDispatchRetries::holdsOnRetryAfter_data()
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

void TestDispatchRetries::holdsOnRetryAfter()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, retryAfter);
    QFETCH(const bool, holds);
    DispatcherRig rig(0, 1);
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

void TestDispatchRetries::holdIsCappedAndCanBeEnded()
{
    DispatcherRig rig(1);
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

QTEST_GUILESS_MAIN(TestDispatchRetries)
#include "tst_dispatchretries.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dispatchrig.h"
#include "tests/support/haproxyserver.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/testresult.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

/** Answers after \a delayMs, so that requests overlap. */
LoopbackServer::Script slow(int delayMs)
{
    return [delayMs](const ReceivedRequest &) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "ok");
        reply.delayMs = delayMs;
        return reply;
    };
}

int failures(const DispatchRig &rig)
{
    return int(std::ranges::count_if(rig.responses, &Response::failed));
}

} // namespace

/** HAProxy's own counters say whether the limits hold. */
class TestConnectionLimits : public QObject
{
    Q_OBJECT

private slots:
    void oneHost_data();
    void oneHost();
    void severalHosts_data();
    void severalHosts();
    void everyThirdAborted();
};

void TestConnectionLimits::oneHost_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("requests");
    QTest::newRow("1") << 1 << 200;
    QTest::newRow("2") << 2 << 500;
    QTest::newRow("7") << 7 << 1000;
    QTest::newRow("50") << 50 << 5000;
}

void TestConnectionLimits::oneHost()
{
    QFETCH(const int, limit);
    QFETCH(const int, requests);
    HaproxyServer server;
    VERIFY_RESULT(server.start({}));
    DispatchRig rig(limitsOf(limit));
    rig.submitMany(getRequest(server.url()), requests);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QCOMPARE(int(rig.responses.size()), requests);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    QCOMPARE(counters->value(QString()).peak, limit);
    QCOMPARE(counters->value(QString()).total, limit);
    QCOMPARE(counters->value(QString()).requests, requests);
    const auto opened = std::ranges::count_if(
        rig.responses, [](const Response &response) { return response.timings.isNewConnection(); });
    QCOMPARE(int(opened), limit);
}

void TestConnectionLimits::severalHosts_data()
{
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("perHost");
    QTest::addColumn<int>("peakInFlight");
    QTest::newRow("per host 3") << 0 << 3 << 12;
    QTest::newRow("total 7, per host 3") << 7 << 3 << 7;
}

void TestConnectionLimits::severalHosts()
{
    QFETCH(const int, total);
    QFETCH(const int, perHost);
    QFETCH(const int, peakInFlight);
    LoopbackServer backend(slow(5));
    HaproxyServer::Options options;
    options.addresses = {u"127.0.0.1"_s, u"127.0.0.2"_s, u"127.0.0.3"_s, u"127.0.0.4"_s};
    options.backendPort = backend.port();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(total, perHost));
    for (int i = 0; i < 200; ++i) {
        for (const QString &address : options.addresses)
            rig.submit(getRequest(server.url(address)));
    }
    int peak = rig.dispatcher.admission().inFlight();
    rig.onFinished = [&](int) { peak = std::max(peak, rig.dispatcher.admission().inFlight()); };
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QCOMPARE(peak, peakInFlight);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    for (const QString &address : options.addresses)
        QVERIFY2(counters->value(address).peak <= perHost, qPrintable(address));
    QCOMPARE(counters->value(QString()).requests, 800);
}

void TestConnectionLimits::everyThirdAborted()
{
    constexpr int Limit = 12;
    LoopbackServer backend(slow(10));
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(Limit));
    std::vector<RequestId> toAbort;
    for (int i = 0; i < 400; ++i) {
        const RequestId id = rig.submit(getRequest(server.url()));
        if (i % 3 == 0)
            toAbort.push_back(id);
    }
    rig.onFinished = [&](int done) {
        // Each is somewhere in flight when its turn comes.
        for (std::size_t next = std::size_t(done) / 3; next < std::size_t(done + 12) / 3; ++next) {
            if (next < toAbort.size())
                rig.dispatcher.cancel(toAbort[next]);
        }
    };
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 400);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    qInfo("peak %d, opened %d, failed %d", counters->value(QString()).peak,
          counters->value(QString()).total, failures(rig));
    QCOMPARE(counters->value(QString()).peak, Limit);
}

QTEST_GUILESS_MAIN(TestConnectionLimits)
#include "tst_connectionlimits.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"
#include "tests/support/dispatchrig.h"
#include "tests/support/haproxyserver.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/nghttpdserver.h"
#include "tests/support/testresult.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

/** Answers after \a delayMs, or a long time later to `/late`, with \a bytes. */
LoopbackServer::Script slow(int delayMs, qsizetype bytes = 2)
{
    return [delayMs, bytes](const ReceivedRequest &request) {
        ScriptedReply reply = ScriptedReply::of("200 OK", QByteArray(bytes, 'x'));
        reply.delayMs = request.target == "/late" ? 2000 : delayMs;
        return reply;
    };
}

int failures(const DispatchRig &rig)
{
    return int(std::ranges::count_if(rig.responses, &Response::failed));
}

/** Submits \a count requests and cancels every third, the oldest that have not ended first. */
class AbortingLoad
{
public:
    /** \a inFlight: how many have been admitted beside those that ended. */
    AbortingLoad(DispatchRig &rig, int inFlight) : m_rig(rig), m_inFlight(inFlight)
    {
        m_rig.onFinished = [this](int done) { finished(done); };
    }
    void submit(const PreparedRequest &request)
    {
        const RequestId id = m_rig.submit(request);
        if (m_submitted++ % 3 == 0)
            m_toAbort.push_back(id);
    }

private:
    void finished(int done)
    {
        const auto until = std::size_t(done + m_inFlight + 2) / 3;
        for (; m_next < until && m_next < m_toAbort.size(); ++m_next)
            m_rig.dispatcher.cancel(m_toAbort[m_next]);
    }

    DispatchRig &m_rig;
    int m_inFlight;
    int m_submitted = 0;
    std::vector<RequestId> m_toAbort;
    std::size_t m_next = 0;
};

/**
 * The peak that HAProxy counts while \a load runs. What the system says of our own ends, those
 * included that are half closed, must hold the limit at each moment as well.
 */
template<typename Load>
int peakOf(const LoopbackServer &backend, int limit, const Load &load,
           HaproxyServer::Options options = {})
{
    options.backendPort = backend.port();
    HaproxyServer server;
    if (!server.start(options))
        return -1;
    DispatchRig rig(limitsOf(limit));
    const QString peer = u"127.0.0.1:%1"_s.arg(server.port());
    int most = 0;
    QTimer sampler;
    QObject::connect(&sampler, &QTimer::timeout, [&] {
        const auto open = countOpenSockets();
        if (open && open->byPeer.contains(peer))
            most = std::max(most, open->byPeer.at(peer));
    });
    sampler.start(5);
    load(rig, server);
    if (QTest::currentTestFailed() || most > limit || most == 0)
        return -1;
    return server.counters()->value(QString()).peak;
}

} // namespace

/**
 * HAProxy counts no connection too many when requests are aborted, because a slot stays taken until
 * the server has closed the aborted one's connection. One run each; what could still be one more on
 * a starved machine is said at QnamTransport.
 */
class TestAbortLimits final : public QObject
{
    Q_OBJECT

private slots:
    void everyThirdAborted_data();
    void everyThirdAborted();
    void everyThirdAbortedOverTls_data();
    void everyThirdAbortedOverTls();
    void everyThirdAbortedOfManyHosts();
    void everyThirdAbortedWhileLimitsChange();
    void timedOutOnes();
    void stoppedAndGoneOn();
};

void TestAbortLimits::everyThirdAborted_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("delayMs");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("host");
    const QString address = u"127.0.0.1"_s;
    QTest::newRow("1") << 1 << 30 << 10 << 2 << address;
    QTest::newRow("2") << 2 << 90 << 3 << 2 << address;
    QTest::newRow("12") << 12 << 400 << 10 << 2 << address;
    QTest::newRow("12, answers at once") << 12 << 600 << 0 << 2 << address;
    QTest::newRow("12, long answers") << 12 << 300 << 1 << 200'000 << address;
    QTest::newRow("100") << 100 << 1500 << 10 << 2 << address;
    QTest::newRow("12 of a name") << 12 << 600 << 2 << 2 << u"localhost"_s;
    QTest::newRow("100 of a name") << 100 << 1500 << 10 << 2 << u"localhost"_s;
    QTest::newRow("1000") << 1000 << 4000 << 150 << 2 << address;
}

void TestAbortLimits::everyThirdAborted()
{
    QFETCH(const int, limit);
    QFETCH(const int, requests);
    QFETCH(const int, delayMs);
    QFETCH(const int, bytes);
    QFETCH(const QString, host);
    LoopbackServer backend(slow(delayMs, bytes));
    const auto abortEveryThird = [&](DispatchRig &rig, const HaproxyServer &server) {
        AbortingLoad load(rig, limit);
        for (int i = 0; i < requests; ++i)
            load.submit(getRequest(server.url(host)));
        QVERIFY(rig.waitIdle());
        QCOMPARE(int(rig.responses.size()), requests);
        QVERIFY(failures(rig) > (delayMs > 0 ? requests / 6 : 0));
        QCOMPARE(rig.dispatcher.admission().inFlight(), 0);
    };
    QCOMPARE(peakOf(backend, limit, abortEveryThird), limit);
}

void TestAbortLimits::everyThirdAbortedOverTls_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("resolved");
    QTest::addColumn<int>("limit");
    for (const int limit : {1, 12, 100}) {
        QTest::addRow("name at an address, %d", limit) << u"localhost"_s << true << limit;
        QTest::addRow("name, %d", limit) << u"localhost"_s << false << limit;
        QTest::addRow("address that is not checked, %d", limit) << u"127.0.0.1"_s << false << limit;
    }
}

/** Many are aborted in the middle of the handshake. */
void TestAbortLimits::everyThirdAbortedOverTls()
{
    QFETCH(const QString, host);
    QFETCH(const bool, resolved);
    QFETCH(const int, limit);
    const int requests = 10 * limit + 50;
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    HaproxyServer::Options options;
    options.certificate = certificates.certificate();
    options.key = certificates.key();
    LoopbackServer backend(slow(5));
    const auto abortEveryThird = [&](DispatchRig &rig, const HaproxyServer &server) {
        AbortingLoad load(rig, limit);
        PreparedRequest request = getRequest(server.url(host));
        request.profile.verifyTls = host == "localhost"_L1;
        if (request.profile.verifyTls) {
            request.profile.caFile = certificates.certificate();
            if (resolved)
                request.resolve = {u"localhost:%1:127.0.0.1"_s.arg(server.port())};
        }
        for (int i = 0; i < requests; ++i)
            load.submit(request);
        QVERIFY(rig.waitIdle());
        QCOMPARE(int(rig.responses.size()), requests);
        QVERIFY(failures(rig) > requests / 6);
        QVERIFY(failures(rig) <= requests / 3 + 1);
    };
    QCOMPARE(peakOf(backend, limit, abortEveryThird, options), limit);
}

void TestAbortLimits::everyThirdAbortedOfManyHosts()
{
    LoopbackServer backend(slow(4));
    const auto options = HaproxyServer::Options::hosts(200, backend.port());
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(100, 2));
    AbortingLoad load(rig, 100);
    for (int i = 0; i < 10; ++i) {
        for (const QString &address : options.addresses)
            load.submit(getRequest(server.url(address)));
    }
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 2000);
    QVERIFY(failures(rig) > 300);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    for (const QString &address : options.addresses)
        QVERIFY2(counters->value(address).peak <= 2, qPrintable(address));
}

/** The largest limit that was in force is the most there ever were. */
void TestAbortLimits::everyThirdAbortedWhileLimitsChange()
{
    constexpr int Largest = 30;
    LoopbackServer backend(slow(5));
    const auto change = [](DispatchRig &rig, const HaproxyServer &server) {
        AbortingLoad load(rig, 12);
        const std::vector<int> course{5, Largest, 2, 17, 1, Largest};
        std::size_t at = 0;
        QTimer changes;
        QObject::connect(&changes, &QTimer::timeout, [&] {
            rig.dispatcher.admission().setLimits(limitsOf(course[++at % course.size()]));
        });
        changes.start(40);
        for (int i = 0; i < 1500; ++i)
            load.submit(getRequest(server.url()));
        QVERIFY(rig.waitIdle());
        QCOMPARE(int(rig.responses.size()), 1500);
        QVERIFY(failures(rig) > 100);
    };
    QCOMPARE(peakOf(backend, Largest, change), Largest);
}

/** Deadlines give their slots back as aborts do. */
void TestAbortLimits::timedOutOnes()
{
    constexpr int Limit = 12;
    LoopbackServer backend(slow(2));
    const auto timeOut = [](DispatchRig &rig, const HaproxyServer &server) {
        for (int i = 0; i < 200; ++i) {
            PreparedRequest request = getRequest(server.url());
            if (i % 3 == 0) {
                request.url.setPath(u"/late"_s);
                request.timeouts.firstByteUs = 20'000;
            }
            rig.submit(request);
        }
        QVERIFY(rig.waitIdle());
        QVERIFY(failures(rig) >= 66);
        QVERIFY(server.counters()->value(QString()).total > Limit);
        QCOMPARE(rig.dispatcher.admission().inFlight(), 0);
    };
    QCOMPARE(peakOf(backend, Limit, timeOut), Limit);
}

/** All that is in flight ends at once; what is sent right after it waits for that end. */
void TestAbortLimits::stoppedAndGoneOn()
{
    constexpr int Limit = 60;
    LoopbackServer backend(slow(30));
    const auto stop = [](DispatchRig &rig, const HaproxyServer &server) {
        for (int round = 0; round < 5; ++round) {
            rig.submitMany(getRequest(server.url()), 2 * Limit);
            const std::size_t before = rig.responses.size();
            QVERIFY(QTest::qWaitFor([&] { return rig.responses.size() > before; }, 20000));
            rig.dispatcher.stop();
        }
        rig.submitMany(getRequest(server.url()), 2 * Limit);
        QVERIFY(rig.waitIdle());
        QCOMPARE(int(rig.responses.size()), 6 * 2 * Limit);
        QVERIFY(failures(rig) >= 5 * Limit / 2);
    };
    QCOMPARE(peakOf(backend, Limit, stop), Limit);
}

QTEST_GUILESS_MAIN(TestAbortLimits)
#include "tst_abortlimits.moc"

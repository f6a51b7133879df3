// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"
#include "tests/support/dispatchrig.h"
#include "tests/support/haproxyserver.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/nghttpdserver.h"
#include "tests/support/nginxserver.h"
#include "tests/support/testresult.h"

#include <algorithm>
#include <atomic>

#include <sys/resource.h>

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
    void twoHundredHosts();
    void thousandAtOnce();
    void liveChanges();
    void loweredLimitLowersSockets_data();
    void loweredLimitLowersSockets();
    void nothingWaitsInsideQt();
    void closedByTheServer_data();
    void closedByTheServer();
    void closedByHaproxy();
    void redirectsBetweenHosts();
    void retries();
    void openSocketsAgree();
    void tooFewFiles();
};

void TestConnectionLimits::oneHost_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("requests");
    QTest::newRow("1") << 1 << 200;
    QTest::newRow("2") << 2 << 500;
    QTest::newRow("7") << 7 << 1000;
    QTest::newRow("50") << 50 << 5000;
    QTest::newRow("300") << 300 << 5000;
    QTest::newRow("1000") << 1000 << 5000;
}

void TestConnectionLimits::oneHost()
{
    QFETCH(const int, limit);
    QFETCH(const int, requests);
    HaproxyServer server;
    VERIFY_RESULT(server.start({}));
    DispatchRig rig(limitsOf(limit));
    int began = 0;
    connect(&rig.dispatcher, &Dispatcher::connecting, this, [&began] { ++began; });
    rig.submitMany(getRequest(server.url()), requests);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QCOMPARE(int(rig.responses.size()), requests);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    // With very many the first may be done before the last begins.
    const int peak = counters->value(QString()).peak;
    QVERIFY2(peak <= limit && peak >= (limit <= 50 ? limit : limit / 2),
             qPrintable(QString::number(peak)));
    QCOMPARE(counters->value(QString()).total, peak);
    QCOMPARE(counters->value(QString()).requests, requests);
    const auto opened = std::ranges::count_if(
        rig.responses, [](const Response &response) { return response.timings.isNewConnection(); });
    QCOMPARE(int(opened), peak);
    QCOMPARE(began, peak);
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

/** As many files as that need are more than a shell allows; the transport raises the limit. */
void TestConnectionLimits::thousandAtOnce()
{
    rlimit files{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
    const rlim_t most = files.rlim_max;
    if (most < 2500)
        qFatal("The system allows %d files only", int(most));
    files.rlim_cur = 256;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
    LoopbackServer backend(slow(1500));
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(1000));
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
    QCOMPARE(files.rlim_cur, most);
    rig.submitMany(getRequest(server.url()), 1200);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QCOMPARE(server.counters()->value(QString()).peak, 1000);
    QCOMPARE(rig.transport.laneCount(), 16);
}

void TestConnectionLimits::twoHundredHosts()
{
    LoopbackServer backend(slow(2));
    const auto options = HaproxyServer::Options::hosts(200, backend.port());
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(100, 2));
    for (int i = 0; i < 10; ++i) {
        for (const QString &address : options.addresses)
            rig.submit(getRequest(server.url(address)));
    }
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    QCOMPARE(counters->value(QString()).requests, 2000);
    for (const QString &address : options.addresses)
        QVERIFY2(counters->value(address).peak <= 2, qPrintable(address));
    QVERIFY(rig.transport.laneCount() <= 8);
}

/** A raise acts at once, a cut drains: never more than the largest limit that was in force. */
void TestConnectionLimits::liveChanges()
{
    LoopbackServer backend(slow(3));
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(5));
    const std::vector<int> course{5, 40, 3, 20, 1, 30};
    int over = 0;
    rig.onFinished = [&](int done) {
        const std::size_t at = std::min(std::size_t(done) / 500, course.size() - 1);
        if (done % 500 == 0)
            rig.dispatcher.admission().setLimits(limitsOf(course[at]));
        // Once the surplus has drained, the limit holds again.
        if (done % 500 > 100 && rig.dispatcher.admission().inFlight() > course[at])
            ++over;
    };
    rig.submitMany(getRequest(server.url()), 3000);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QCOMPARE(over, 0);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    QCOMPARE(counters->value(QString()).peak, 40);
    QCOMPARE(counters->value(QString()).requests, 3000);
}

void TestConnectionLimits::loweredLimitLowersSockets_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("http") << false;
    QTest::newRow("https") << true;
}

void TestConnectionLimits::loweredLimitLowersSockets()
{
    QFETCH(const bool, secure);
    NghttpdServer certificates;
    HaproxyServer::Options options;
    if (secure) {
        VERIFY_RESULT(certificates.start({}));
        options.certificate = certificates.certificate();
        options.key = certificates.key();
    }
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    PreparedRequest request = getRequest(server.url());
    request.profile.verifyTls = !secure;
    Limits limits = limitsOf(60);
    limits.idleExpiryUs = 1'000'000;
    DispatchRig rig(limits);
    rig.submitMany(request, 2000);
    QVERIFY(rig.waitIdle());
    const auto now = [&] { return server.counters()->value(QString()).now; };
    QVERIFY(now() > 50);
    limits.total = 2;
    rig.dispatcher.admission().setLimits(limits);
    // Load goes on over two; what rests expires.
    rig.onFinished = [&](int) {
        if (rig.responses.size() < 200'000)
            rig.submit(request);
    };
    rig.submitMany(request, 4);
    const bool fell = QTest::qWaitFor([&] { return now() == 2; }, 20000);
    rig.onFinished = {};
    QVERIFY(rig.waitIdle());
    QVERIFY(fell);
    // And when nothing is sent at all, every one goes.
    QVERIFY(QTest::qWaitFor([&] { return now() == 0; }, 20000));
}

/** What Qt held back would wait until another was answered, which takes two seconds. */
void TestConnectionLimits::nothingWaitsInsideQt()
{
    LoopbackServer backend(slow(2000));
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(200));
    rig.submitMany(getRequest(server.url()), 500);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    qint64 most = 0;
    for (const Response &response : rig.responses)
        most = std::max(most, response.timings.stalledUs());
    QVERIFY2(most < 1'000'000, qPrintable(QString::number(most)));
    QCOMPARE(server.counters()->value(QString()).peak, 200);
}

void TestConnectionLimits::closedByTheServer_data()
{
    QTest::addColumn<int>("every");
    QTest::newRow("each request") << 1;
    QTest::newRow("every 7 requests") << 7;
}

/** nginx closes the connection after so many requests; nothing fails and nothing overshoots. */
void TestConnectionLimits::closedByTheServer()
{
    QFETCH(const int, every);
    constexpr int Limit = 10;
    NginxServer server;
    VERIFY_RESULT(
        server.start({u"listen %1 backlog=4096;"_s.arg(server.port()),
                      u"keepalive_requests %1;"_s.arg(every), u"limit_conn_status 503;"_s,
                      u"limit_conn all %1;"_s.arg(Limit), u"location / { return 200 ok; }"_s}));
    DispatchRig rig(limitsOf(Limit));
    int opened = 0;
    connect(&rig.dispatcher, &Dispatcher::connecting, this, [&opened] { ++opened; });
    rig.submitMany(getRequest(server.url()), 2000);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QVERIFY(std::ranges::all_of(rig.responses,
                                [](const Response &response) { return response.status == 200; }));
    const auto fresh = std::ranges::count_if(
        rig.responses, [](const Response &response) { return response.timings.isNewConnection(); });
    // A request that Qt sent again, its connection having been closed, has had two of them.
    QVERIFY2(fresh <= opened && fresh >= opened - Limit, qPrintable(QString::number(fresh)));
    QVERIFY2(opened >= 2000 / every && opened <= 2000 / every + Limit,
             qPrintable(QString::number(opened)));
}

/** The same with HAProxy, which counts: now and then it closes after a reply. */
void TestConnectionLimits::closedByHaproxy()
{
    constexpr int Limit = 10;
    HaproxyServer::Options options;
    options.frontendLines = {
        u"http-after-response set-header Connection close if { rand(5) eq 0 }"_s};
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(Limit));
    rig.submitMany(getRequest(server.url()), 2000);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    QCOMPARE(counters->value(QString()).requests, 2000);
    QCOMPARE(counters->value(QString()).peak, Limit);
    QVERIFY(counters->value(QString()).total > 200);
}

/** Each hop is admitted under the host that it goes to. */
void TestConnectionLimits::redirectsBetweenHosts()
{
    LoopbackServer backend([](const ReceivedRequest &request) {
        const QByteArray port = request.headers.value("host").split(':').value(1);
        const bool arrived = request.target == "/there";
        ScriptedReply reply =
            arrived ? ScriptedReply::of("200 OK", "ok")
                    : ScriptedReply::of("302 Found", "",
                                        "Location: http://127.0.0.2:" + port + "/there\r\n");
        reply.delayMs = arrived ? 5 : 1;
        return reply;
    });
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    options.addresses = {u"127.0.0.1"_s, u"127.0.0.2"_s};
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(20, 4));
    rig.submitMany(getRequest(server.url()), 500);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QVERIFY(std::ranges::all_of(rig.responses, [](const Response &response) {
        return response.status == 200 && response.redirects.size() == 1;
    }));
    const auto counters = server.counters();
    VERIFY_RESULT(counters);
    for (const QString &address : options.addresses) {
        QCOMPARE(counters->value(address).peak, 4);
        QCOMPARE(counters->value(address).requests, 500);
    }
}

/** An attempt gives its slot back and takes another; while it waits it holds none. */
void TestConnectionLimits::retries()
{
    constexpr int Limit = 8;
    LoopbackServer backend([](const ReceivedRequest &request) {
        static std::atomic_int count = 0;
        ScriptedReply reply = ScriptedReply::of("200 OK", "ok");
        reply.delayMs = 4;
        const int number = ++count;
        if (request.target == "/" && number % 4 == 0) // HAProxy answers 502.
            reply = {{}, 0, true, false};
        else if (number % 7 == 0)
            reply = ScriptedReply::of("503 Service Unavailable", "");
        return reply;
    });
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    DispatchRig rig(limitsOf(Limit));
    rig.dispatcher.setRandom([] { return 0.1; });
    PreparedRequest request = getRequest(server.url());
    request.maxRetries = 20;
    rig.submitMany(request, 300);
    QVERIFY(rig.waitIdle());
    QCOMPARE(failures(rig), 0);
    QVERIFY(std::ranges::all_of(rig.responses,
                                [](const Response &response) { return response.status == 200; }));
    QVERIFY(rig.dispatcher.retryCount() > 50);
    QCOMPARE(server.counters()->value(QString()).peak, Limit);
    // Where a backend closes a connection in use again, HAProxy closes ours, and Qt sends again.
    QVERIFY(quint64(server.counters()->value(QString()).requests)
            >= 300 + rig.dispatcher.retryCount());
}

/** What Linux says of our sockets is what HAProxy says of its connections. */
void TestConnectionLimits::openSocketsAgree()
{
    LoopbackServer backend(slow(20));
    HaproxyServer::Options options;
    options.backendPort = backend.port();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    for (const int limit : {1, 9, 33}) {
        DispatchRig rig(limitsOf(limit));
        rig.submitMany(getRequest(server.url()), limit * 4);
        QVERIFY(QTest::qWaitFor([&] { return int(rig.responses.size()) >= limit * 2; }));
        const auto sockets = countOpenSockets();
        VERIFY_RESULT(sockets);
        const QString peer = u"127.0.0.1:%1"_s.arg(server.port());
        QCOMPARE(sockets->byPeer.at(peer), limit);
        QCOMPARE(server.counters()->value(QString()).now, limit);
        rig.dispatcher.stop();
        QVERIFY(rig.waitIdle());
        // Those that were aborted are gone here when they are gone there.
        const auto left = countOpenSockets();
        VERIFY_RESULT(left);
        const auto found = left->byPeer.find(peer);
        QCOMPARE(found == left->byPeer.end() ? 0 : found->second,
                 server.counters()->value(QString()).now);
    }
}

void TestConnectionLimits::tooFewFiles()
{
    HaproxyServer server;
    VERIFY_RESULT(server.start({}));
    DispatchRig rig(limitsOf(0));
    rig.transport.setOpenFileLimit(250);
    rig.submitMany(getRequest(server.url()), 600);
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 600);
    QVERIFY(failures(rig) > 300 && failures(rig) < 600);
    for (const Response &response : rig.responses) {
        if (response.failed())
            QVERIFY2(response.error->message.contains(u"250 open files"),
                     qPrintable(response.error->message));
    }
}

QTEST_GUILESS_MAIN(TestConnectionLimits)
#include "tst_connectionlimits.moc"

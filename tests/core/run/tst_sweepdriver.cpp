// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sweepsequence.h"
#include "tests/core/run/virtualserver.h"
#include "tests/support/testresult.h"

#include <QSignalSpy>
#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

class TestSweepDriver final : public QObject
{
    Q_OBJECT

private slots:
    void findsTheKnee();
    void neverExceedsTheLevel();
    void givesTheLimitsBack();
    void limitsSetMeanwhileHoldAfterwards();
    void stopsWhilePaused();
    void measuresUnderTheUsersTotal();
    void obeysRetryAfter();
    void keepsToTheBudgetExactly();
    void stopsGently();
    void abortsAtOnce();
    void sweepsTheTotalOverHosts();
    void sweepsEachHostThenTheTotal();
    void sequenceKeepsToOneBudget();
    void stoppedSequenceStartsNoOther();
    void refuses_data();
    void refuses();
    void knowsLoopback_data();
    void knowsLoopback();
    void limitsForeignHosts();
};

namespace {

RequestInContext requestTo(const QString &url, const QString &method = u"GET"_s)
{
    RequestInContext request;
    request.displayPath = u"List users"_s;
    request.request.method = method;
    request.request.url = url;
    return request;
}

SweepJob jobTo(const QString &url, int max = 16)
{
    SweepJob job;
    job.requests = {requestTo(url)};
    job.settings.ladder = sweepLadder(max);
    return job;
}

const QString Local = u"http://127.0.0.1:8080/users"_s;

/** Eight workers that answer in lockstep: 9 brings as much, and hardly waits. */
bool isEight(const Recommendation &found)
{
    return found.limit == 8 || found.limit == 9;
}

/** A driver with all that it needs, in virtual time. */
struct Rig
{
    FakeClock clock;
    VirtualServer server{clock};
    Dispatcher dispatcher{clock, server};
    SweepDriver driver{clock, dispatcher};
    SweepResultPtr result;

    Rig()
    {
        QObject::connect(&driver, &SweepDriver::finished, &driver,
                         [this](const SweepResultPtr &finished) { result = finished; });
    }

    /** Lets virtual time pass; true while the sweep goes on. */
    bool pass(qint64 us)
    {
        const qint64 endUs = clock.nowUs() + us;
        while (clock.nowUs() < endUs && driver.isRunning()) {
            const qint64 tickUs = clock.nowUs() + 20'000;
            while (clock.nowUs() < tickUs) {
                server.step(tickUs);
                QCoreApplication::sendPostedEvents();
            }
            dispatcher.advance();
            driver.advance();
        }
        return driver.isRunning();
    }
    void toTheEnd() { pass(3'600'000'000); }
};

} // namespace

void TestSweepDriver::findsTheKnee()
{
    Rig rig;
    QSignalSpy levels(&rig.driver, &SweepDriver::levelMeasured);
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    rig.toTheEnd();
    QVERIFY(rig.result);
    QVERIFY(isEight(rig.result->recommendation));
    QCOMPARE(rig.result->host, u"http://127.0.0.1:8080"_s);
    QCOMPARE(rig.result->request, u"GET List users"_s);
    QCOMPARE(rig.result->protocol, u"HTTP/1.1"_s);
    QCOMPARE(rig.result->sent, rig.server.requests());
    QCOMPARE(levels.size(), qsizetype(rig.result->levels.size()));
    QVERIFY2(rig.result->verdict.headline.contains(" connections to http://127.0.0.1:8080"_L1),
             qPrintable(rig.result->verdict.headline));
}

void TestSweepDriver::neverExceedsTheLevel()
{
    Rig rig;
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    while (rig.pass(20'000)) {
        const int limit = rig.driver.progress().limit;
        QVERIFY(limit == 0 || rig.server.inFlight() == limit);
    }
    QCOMPARE(rig.server.peak(), 16);
}

void TestSweepDriver::givesTheLimitsBack()
{
    Rig rig;
    const Limits limits{.total = 37, .perHost = 5, .queueMax = 10};
    rig.dispatcher.admission().setLimits(limits);
    VERIFY_RESULT(rig.driver.start(jobTo(Local, 8)));
    QVERIFY(rig.dispatcher.admission().limits() != limits);
    rig.toTheEnd();
    QVERIFY(rig.dispatcher.admission().limits() == limits);
}

/** What a person sets meanwhile neither disturbs the measurement nor is lost. */
void TestSweepDriver::limitsSetMeanwhileHoldAfterwards()
{
    Rig rig;
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    rig.pass(1'000'000);
    const Limits during = rig.dispatcher.admission().limits();
    const Limits wanted{.total = 50, .perHost = 2};
    rig.driver.setLimitsAfter(wanted);
    QCOMPARE(rig.dispatcher.admission().limits().total, during.total);
    rig.toTheEnd();
    QVERIFY(rig.dispatcher.admission().limits() == wanted);
    QVERIFY(isEight(rig.result->recommendation));
}

void TestSweepDriver::stopsWhilePaused()
{
    Rig rig;
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    rig.pass(1'000'000);
    rig.dispatcher.admission().pause();
    rig.pass(1'000'000); // What was in flight has ended; others wait.
    QVERIFY(rig.dispatcher.admission().queued() > 0);
    const int sent = rig.server.requests();
    rig.driver.stop();
    rig.toTheEnd();
    QVERIFY(rig.result);
    QCOMPARE(rig.server.requests(), sent);
}

void TestSweepDriver::measuresUnderTheUsersTotal()
{
    Rig rig;
    rig.dispatcher.admission().setLimits({.total = 2, .perHost = 1});
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    rig.toTheEnd();
    QVERIFY(isEight(rig.result->recommendation));
}

void TestSweepDriver::obeysRetryAfter()
{
    Rig rig;
    rig.server.rejectAbove = 5;
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    qint64 rejectedUs = 0;
    int sent = 0;
    connect(&rig.driver, &SweepDriver::levelMeasured, this, [&](const SweepLevel &level) {
        if (level.stop == SweepStop::Rejections) {
            rejectedUs = rig.clock.nowUs();
            sent = rig.server.requests();
        }
    });
    while (rejectedUs == 0 || rig.driver.progress().limit == 0)
        QVERIFY(rig.pass(20'000));
    QVERIFY(rig.clock.nowUs() - rejectedUs >= 2'000'000);
    QVERIFY(rig.server.requests() <= sent + 1); // The next level has just begun.
    rig.toTheEnd();
    QCOMPARE(rig.result->stoppedBecause, SweepStop::Rejections);
    QCOMPARE(rig.result->recommendation.limit.value_or(0), 5);
}

void TestSweepDriver::keepsToTheBudgetExactly()
{
    Rig rig;
    SweepJob job = jobTo(Local);
    job.settings.maxRequests = 500;
    VERIFY_RESULT(rig.driver.start(job));
    rig.toTheEnd();
    QCOMPARE(rig.server.requests(), 500);
    QCOMPARE(rig.result->stoppedBecause, SweepStop::Budget);
}

void TestSweepDriver::stopsGently()
{
    Rig rig;
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    rig.pass(20'000'000);
    const int sent = rig.server.requests();
    rig.driver.stop();
    QVERIFY(rig.driver.isRunning());
    rig.toTheEnd();
    QCOMPARE(rig.server.requests(), sent);
    QCOMPARE(rig.result->stoppedBecause, SweepStop::User);
    QVERIFY(!rig.result->levels.empty());
}

void TestSweepDriver::abortsAtOnce()
{
    Rig rig;
    rig.server.serviceUs = 60'000'000;
    VERIFY_RESULT(rig.driver.start(jobTo(Local)));
    rig.pass(1'000'000);
    rig.driver.abort();
    QVERIFY(!rig.pass(100'000));
    QVERIFY(rig.result);
    QVERIFY(!rig.result->recommendation.limit);
}

void TestSweepDriver::sweepsTheTotalOverHosts()
{
    Rig rig;
    SweepJob job = jobTo(Local, 12);
    job.requests.push_back(requestTo(u"http://127.0.0.2:8080/users"_s));
    job.fixedHosts = {{u"127.0.0.1:8080"_s, 8}, {u"127.0.0.2:8080"_s, 4}};
    VERIFY_RESULT(rig.driver.start(job));
    rig.toTheEnd();
    QVERIFY(rig.result->isTotal);
    QCOMPARE(rig.server.peak(), 12);
    QCOMPARE(rig.server.peakOf(u"127.0.0.1"_s), 8);
    QCOMPARE(rig.server.peakOf(u"127.0.0.2"_s), 4);
    QVERIFY(isEight(rig.result->recommendation));
}

namespace {

/** A rig with a job for two hosts, the results of its sweeps, and whether they are over. */
struct TwoHosts : Rig
{
    SweepSequence sequence{driver};
    SweepJob job = jobTo(Local, 12);
    std::vector<SweepResultPtr> results;
    bool isOver = false;

    TwoHosts()
    {
        job.requests.push_back(requestTo(u"http://127.0.0.2:8080/users"_s));
        QObject::connect(&sequence, &SweepSequence::stageFinished, &sequence,
                         [this](const SweepResultPtr &stage) { results.push_back(stage); });
        QObject::connect(&sequence, &SweepSequence::finished, &sequence, [this] { isOver = true; });
    }
};

} // namespace

void TestSweepDriver::sweepsEachHostThenTheTotal()
{
    TwoHosts rig;
    VERIFY_RESULT(rig.sequence.start(rig.job));
    rig.toTheEnd();
    QVERIFY(rig.isOver);
    QCOMPARE(rig.results.size(), 3u);
    QCOMPARE(rig.results[0]->host, u"http://127.0.0.1:8080"_s);
    QCOMPARE(rig.results[1]->host, u"http://127.0.0.2:8080"_s);
    QVERIFY(rig.results[2]->isTotal);
    for (const SweepResultPtr &result : rig.results)
        QVERIFY(result->recommendation.limit);
    const int sum = *rig.results[0]->recommendation.limit + *rig.results[1]->recommendation.limit;
    QVERIFY(rig.results[2]->levels.back().limit <= sum);
    QVERIFY(rig.server.peak() <= std::max(sum, 12));
}

void TestSweepDriver::sequenceKeepsToOneBudget()
{
    TwoHosts rig;
    rig.job.settings.maxRequests = 700;
    VERIFY_RESULT(rig.sequence.start(rig.job));
    rig.toTheEnd();
    QVERIFY(rig.isOver);
    QCOMPARE(rig.server.requests(), 700);
}

void TestSweepDriver::stoppedSequenceStartsNoOther()
{
    TwoHosts rig;
    VERIFY_RESULT(rig.sequence.start(rig.job));
    rig.pass(10'000'000);
    rig.sequence.stop();
    rig.toTheEnd();
    QVERIFY(rig.isOver);
    QCOMPARE(rig.results.size(), 1u);
    QVERIFY(!rig.results.front()->levels.empty());
}

void TestSweepDriver::refuses_data()
{
    QTest::addColumn<SweepJob>("job");
    QTest::addColumn<QString>("message");

    SweepJob job = jobTo(Local);
    job.requests.front().request.method = u"POST"_s;
    QTest::newRow("unsafe method") << job << u"not idempotent"_s;
    job = jobTo(Local);
    job.requests.push_back(requestTo(u"http://127.0.0.2:8080/"_s));
    QTest::newRow("two hosts") << job << u"http://127.0.0.1:8080, http://127.0.0.2:8080"_s;
    job.host = u"127.0.0.3"_s;
    QTest::newRow("another host") << job << u"No request goes to 127.0.0.3"_s;
    QTest::newRow("foreign host") << jobTo(u"http://api.example.com/"_s)
                                  << u"not this machine: a sweep sends it up to 10000"_s;
    job = jobTo(u"http://api.example.com/"_s, 64);
    job.allowForeignHosts = true;
    QTest::newRow("too many for a foreign host") << job << u"no more than 32 at once"_s;
    job = jobTo(Local);
    job.settings.ladder.clear();
    QTest::newRow("no level") << job << u"at least one level"_s;
    QTest::newRow("unknown variable") << jobTo(u"http://{{host}}/"_s) << u"host"_s;
    job = jobTo(Local);
    job.requests.clear();
    QTest::newRow("no request") << job << u"no request to sweep"_s;
}

void TestSweepDriver::refuses()
{
    QFETCH(SweepJob, job);
    QFETCH(QString, message);
    Rig rig;
    const Result<> started = rig.driver.start(job);
    QVERIFY(!started);
    QVERIFY2(started.error().message.contains(message), qPrintable(started.error().message));
    QVERIFY(!rig.driver.isRunning());
    QCOMPARE(rig.server.requests(), 0);
}

void TestSweepDriver::knowsLoopback_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("loopback");

    QTest::newRow("127.0.0.1") << u"127.0.0.1"_s << true;
    QTest::newRow("127.8.9.1") << u"127.8.9.1"_s << true;
    QTest::newRow("::1") << u"::1"_s << true;
    QTest::newRow("localhost") << u"localhost"_s << true;
    QTest::newRow("api.localhost") << u"api.localhost"_s << true;
    QTest::newRow("a name that begins with 127") << u"127.0.0.example"_s << false;
    QTest::newRow("localhost.example.com") << u"localhost.example.com"_s << false;
    QTest::newRow("10.0.0.1") << u"10.0.0.1"_s << false;
}

void TestSweepDriver::knowsLoopback()
{
    QFETCH(QString, host);
    QTEST(isLoopbackHost(host), "loopback");
}

void TestSweepDriver::limitsForeignHosts()
{
    SweepJob job = jobTo(u"http://api.example.com/"_s, 32);
    job.allowForeignHosts = true;
    job.settings.maxRequests = 0;
    Rig rig;
    rig.server.workers = 64;
    rig.server.serviceUs = 5'000;
    VERIFY_RESULT(rig.driver.start(job));
    rig.toTheEnd();
    QCOMPARE(rig.server.requests(), ForeignHostBudget);
}

QTEST_GUILESS_MAIN(TestSweepDriver)
#include "tst_sweepdriver.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"

#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

RequestInContext request(const QString &name, const QString &url)
{
    RequestInContext result;
    result.displayPath = result.request.name = name;
    result.request.url = url;
    return result;
}

CaptureSpec capture(const QString &variable, const QString &expression)
{
    CaptureSpec result;
    result.variable = variable;
    result.expression = expression;
    return result;
}

} // namespace

/** The runner over a transport that only records; the test ends each exchange. */
class TestRunner final : public QObject, private RunObserver, private AdmissionObserver
{
    Q_OBJECT

private slots:
    void init();
    void order_data();
    void order();
    void limitBoundsWhatIsStarted();
    void aRequestThatCannotBeBuiltFailsAlone();
    void capturesStayInTheirIteration();
    void constantRequestsAreExpandedOnce();
    void dynamicValuesDifferEachTime();
    void drainCancelsTheQueued();
    void abortEndsEverything();
    void bailStops();
    void limitChangeBeginsAnEpoch();
    void aRunOverTimeWaitsForAQueueThatIsFull();
    void aRunMayTakeAMonth();
    void whatCannotBeBuiltIsNotTriedWithoutAPause();
    void oneThatCannotBeBuiltHoldsNobodyUp();
    void aRowHoldsForItsIteration();
    void theDelayIsBetweenRequests();
    void cookiesGoWithTheirIteration_data();
    void cookiesGoWithTheirIteration();

private:
    void requestFinished(const Sample &sample, const RunResult &result) override;
    void admissionEvent(const AdmissionEvent &event) override;
    void start(RunPlan plan, int limit = 0);
    bool startedAre(std::size_t count);
    void replyFrom(std::size_t first, int status = 200);
    bool hasFinished();

    FakeClock m_clock;
    std::unique_ptr<FakeTransport> m_transport;
    std::unique_ptr<Dispatcher> m_dispatcher;
    std::unique_ptr<Runner> m_runner;
    std::map<quint64, int> m_ends; ///< How often each seq was told.
    QStringList m_names;           ///< In order of finishing.
};

void TestRunner::init()
{
    m_runner.reset();
    m_dispatcher.reset();
    m_transport = std::make_unique<FakeTransport>();
    AdmissionObserver *const observer = this;
    m_dispatcher = std::make_unique<Dispatcher>(m_clock, *m_transport, observer);
    m_runner = std::make_unique<Runner>(m_clock, *m_dispatcher);
    m_runner->addObserver(this);
    m_ends.clear();
    m_names.clear();
}

void TestRunner::requestFinished(const Sample &sample, const RunResult &result)
{
    ++m_ends[sample.seq];
    m_names.append(result.request.displayPath);
}

void TestRunner::admissionEvent(const AdmissionEvent &event)
{
    if (m_runner)
        m_runner->admissionEvent(event);
}

void TestRunner::start(RunPlan plan, int limit)
{
    Limits limits;
    limits.total = limit;
    m_dispatcher->admission().setLimits(limits);
    m_runner->start(std::move(plan));
}

bool TestRunner::startedAre(std::size_t count)
{
    const auto areStarted = [this, count] { return m_transport->started.size() >= count; };
    return QTest::qWaitFor(areStarted) && m_transport->started.size() == count;
}

void TestRunner::replyFrom(std::size_t first, int status)
{
    for (std::size_t i = first; i < m_transport->started.size(); ++i) {
        if (!m_transport->started[i].finished)
            m_transport->reply(i, status);
    }
}

bool TestRunner::hasFinished()
{
    const bool ended = QTest::qWaitFor([this] { return !m_runner->isRunning(); });
    return ended && std::ranges::all_of(m_ends, [](const auto &end) { return end.second == 1; });
}

void TestRunner::order_data()
{
    QTest::addColumn<RunPlan::Order>("order");
    QTest::addColumn<int>("atOnce"); // Started before any reply.

    QTest::newRow("all") << RunPlan::Order::All << 6;
    QTest::newRow("auto without captures") << RunPlan::Order::Auto << 6;
    QTest::newRow("iterations") << RunPlan::Order::Iterations << 3;
    QTest::newRow("sequential") << RunPlan::Order::Sequential << 1;
}

void TestRunner::order()
{
    QFETCH(RunPlan::Order, order);
    QFETCH(int, atOnce);
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/a"_s), request(u"B"_s, u"http://h/b"_s)};
    plan.iterations = 3;
    plan.order = order;
    start(std::move(plan));
    QVERIFY(startedAre(std::size_t(atOnce)));
    for (std::size_t i = 0; i < 6; ++i) {
        QVERIFY(QTest::qWaitFor([this, i] { return m_transport->started.size() > i; }));
        m_transport->reply(i, 200);
    }
    QVERIFY(hasFinished());
    QCOMPARE(m_ends.size(), std::size_t(6));
    QCOMPARE(m_runner->statistics().succeeded(), 6u);
    QCOMPARE(m_runner->progress().planned, 6u);
}

void TestRunner::limitBoundsWhatIsStarted()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.iterations = 1000;
    start(std::move(plan), 4);
    QVERIFY(startedAre(4));
    QVERIFY(QTest::qWaitFor([this] { return m_dispatcher->admission().queued() == 996; }));
    for (std::size_t i = 0; i < 1000; ++i) {
        QVERIFY(QTest::qWaitFor([this, i] { return m_transport->started.size() > i; }));
        QVERIFY(m_transport->open() <= 4);
        m_transport->reply(i, 200);
    }
    QVERIFY(hasFinished());
    QCOMPARE(m_runner->statistics().peakInFlight(), 4);
    QCOMPARE(m_runner->statistics().peakQueued(), 996);
}

void TestRunner::aRequestThatCannotBeBuiltFailsAlone()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/{{nope}}"_s), request(u"B"_s, u"http://h/"_s),
                     request(u"C"_s, u"http://a b/"_s)};
    plan.iterations = 2;
    plan.order = RunPlan::Order::Iterations;
    start(std::move(plan));
    QVERIFY(startedAre(2));
    replyFrom(0);
    QVERIFY(hasFinished());
    QCOMPARE(m_ends.size(), std::size_t(6));
    QCOMPARE(m_runner->statistics().succeeded(), 2u);
    QCOMPARE(m_runner->statistics().failed(), 4u);
    QCOMPARE(m_runner->statistics().errors().at(ErrorCode::UnknownVariable).count, 2u);
    QCOMPARE(m_runner->statistics().errors().at(ErrorCode::InvalidUrl).count, 2u);
}

void TestRunner::capturesStayInTheirIteration()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/a"_s), request(u"B"_s, u"http://h/{{id}}"_s)};
    plan.requests[0].request.captures = {capture(u"id"_s, u"res.headers.id"_s)};
    plan.iterations = 2;
    start(std::move(plan));
    QVERIFY(startedAre(2));
    for (std::size_t i = 0; i < 2; ++i) {
        HeaderList headers;
        headers.append("Id", "n" + QByteArray::number(qulonglong(i)));
        m_transport->reply(i, 200, headers);
    }
    QVERIFY(startedAre(4));
    QCOMPARE(m_transport->started[2].request.url.path(), u"/n0"_s);
    QCOMPARE(m_transport->started[3].request.url.path(), u"/n1"_s);
    replyFrom(2);
    QVERIFY(hasFinished());
}

void TestRunner::constantRequestsAreExpandedOnce()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/{{a}}"_s)};
    plan.variables.overrides = {{u"a"_s, u"x"_s, {}, true}};
    plan.iterations = 2;
    start(std::move(plan));
    QVERIFY(startedAre(2));
    // One URL object shared by both, not two that happen to be equal.
    QVERIFY(m_transport->started[0].request.url.data_ptr()
            == m_transport->started[1].request.url.data_ptr());
    replyFrom(0);
    QVERIFY(hasFinished());
}

void TestRunner::dynamicValuesDifferEachTime()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/{{a}}"_s)};
    plan.variables.overrides = {{u"a"_s, u"{{$guid}}"_s, {}, true}};
    plan.iterations = 2;
    start(std::move(plan));
    QVERIFY(startedAre(2));
    QVERIFY(m_transport->started[0].request.url != m_transport->started[1].request.url);
    replyFrom(0);
    QVERIFY(hasFinished());
}

void TestRunner::drainCancelsTheQueued()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.iterations = 10;
    start(std::move(plan), 2);
    QVERIFY(startedAre(2));
    m_runner->drain();
    QVERIFY(m_runner->isRunning());
    replyFrom(0);
    QVERIFY(hasFinished());
    QCOMPARE(m_transport->started.size(), std::size_t(2));
    QCOMPARE(m_runner->statistics().succeeded(), 2u);
    QCOMPARE(m_runner->statistics().cancelled(), 8u);
    // Who stops a run has no failures of it.
    const RunProgress progress = m_runner->progress();
    QVERIFY(progress.stopped);
    QCOMPARE(progress.done, 2u);
    QCOMPARE(progress.failed, 0u);
}

void TestRunner::abortEndsEverything()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.iterations = 10;
    start(std::move(plan), 2);
    QVERIFY(startedAre(2));
    m_runner->abort();
    QVERIFY(m_transport->started[0].aborted && m_transport->started[1].aborted);
    m_transport->failWith(0, ErrorCode::Cancelled);
    m_transport->failWith(1, ErrorCode::Cancelled);
    QVERIFY(hasFinished());
    QCOMPARE(m_runner->statistics().cancelled(), 10u);
}

void TestRunner::bailStops()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.requests[0].request.assertions = {{u"res.status"_s, u"eq"_s, u"200"_s, true}};
    plan.iterations = 10;
    plan.bail = true;
    start(std::move(plan), 1);
    QVERIFY(startedAre(1));
    m_transport->reply(0, 500);
    // The slot went on to one more request; the others are cancelled from the event loop.
    QVERIFY(QTest::qWaitFor([this] { return m_dispatcher->admission().queued() == 0; }));
    replyFrom(1);
    QVERIFY(hasFinished());
    QCOMPARE(m_runner->checksFailed(), 1u);
    QCOMPARE(m_runner->progress().failed, 1u);
    QVERIFY(m_runner->progress().stopped);
    QVERIFY(m_transport->started.size() <= 2);
    QCOMPARE(m_runner->statistics().finished(), 10u);
}

void TestRunner::limitChangeBeginsAnEpoch()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.iterations = 4;
    start(std::move(plan), 1);
    QVERIFY(startedAre(1));
    Limits limits;
    limits.total = 3;
    m_clock.advanceMs(10);
    m_dispatcher->admission().setLimits(limits);
    QVERIFY(startedAre(3));
    replyFrom(0);
    QVERIFY(startedAre(4));
    replyFrom(3);
    QVERIFY(hasFinished());
    QCOMPARE(m_runner->statistics().epochs().size(), std::size_t(2));
    QCOMPARE(m_runner->statistics().epochs()[1].limits.total, 3);
    QCOMPARE(m_runner->statistics().peakInFlight(), 3);
}

void TestRunner::aRunOverTimeWaitsForAQueueThatIsFull()
{
    struct Others final : DispatchClient
    {
        void requestFinished(RequestId, quint64, Response &&) override {}
    } others;
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.durationUs = 1000;
    Limits limits;
    limits.total = limits.queueMax = 1;
    m_dispatcher->admission().setLimits(limits);
    PreparedRequest other;
    other.url = QUrl(u"http://other/"_s);
    for (quint64 i = 0; i < 2; ++i)
        m_dispatcher->submit(other, Priority::Run, others, i);
    m_runner->start(std::move(plan));
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    QVERIFY(m_runner->isRunning());
    m_transport->reply(0, 200); // The second one leaves the queue, so there is room in it.
    m_transport->reply(1, 200);
    QVERIFY(startedAre(3));
    QCOMPARE(m_transport->started[2].request.url.host(), u"h"_s);
    m_clock.advanceUs(1000);
    QVERIFY(QTest::qWaitFor([this] { return m_dispatcher->admission().queued() == 0; }));
    replyFrom(2);
    QVERIFY(hasFinished());
    QVERIFY(!m_runner->progress().stopped);
}

/** In milliseconds that is more than 32 bits hold. */
void TestRunner::aRunMayTakeAMonth()
{
    constexpr qint64 MonthUs = 30LL * 24 * 3600 * 1'000'000;
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.durationUs = MonthUs;
    start(std::move(plan), 1);
    QVERIFY(startedAre(1));
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    QVERIFY(m_runner->isRunning());
    QCOMPARE(m_runner->progress().leftUs, MonthUs);
    m_runner->abort();
    m_transport->failWith(0, ErrorCode::Cancelled);
    QVERIFY(hasFinished());
}

void TestRunner::whatCannotBeBuiltIsNotTriedWithoutAPause()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/{{nope}}"_s),
                     request(u"B"_s, u"http://h/{{no}}"_s)};
    plan.durationUs = 1'000'000;
    start(std::move(plan), 1);
    QTRY_COMPARE(m_ends.size(), std::size_t(2));
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(m_ends.size(), std::size_t(2));
    m_runner->drain();
    QVERIFY(hasFinished());
    QCOMPARE(m_runner->progress().failed, m_runner->progress().done);
}

void TestRunner::oneThatCannotBeBuiltHoldsNobodyUp()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/{{nope}}"_s), request(u"B"_s, u"http://h/"_s)};
    plan.durationUs = 3'600'000'000;
    start(std::move(plan), 1);
    QVERIFY(startedAre(1));
    QTRY_COMPARE(m_dispatcher->admission().queued(), Runner::MaxQueuedOverTime);
    m_runner->abort();
    replyFrom(0);
    QVERIFY(hasFinished());
}

void TestRunner::aRowHoldsForItsIteration()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/{{id}}/{{next}}"_s)};
    plan.requests[0].request.captures = {capture(u"next"_s, u"res.headers.next"_s)};
    plan.variables.overrides = {{u"id"_s, u"none"_s, {}, true}};
    plan.data = {{{u"id"_s, u"one"_s}, {u"next"_s, u"mine"_s}}, {{u"next"_s, u"own"_s}}, {}};
    plan.iterations = 3;
    plan.order = RunPlan::Order::Sequential;
    start(std::move(plan));
    QStringList paths;
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(QTest::qWaitFor([this, i] { return m_transport->started.size() > i; }));
        paths << m_transport->started[i].request.url.path();
        HeaderList headers;
        headers.append("Next", "caught" + QByteArray::number(qulonglong(i)));
        m_transport->reply(i, 200, headers);
    }
    QVERIFY(hasFinished());
    // A row hides what was captured, and is gone with its iteration; what was captured stays.
    QCOMPARE(paths, (QStringList{u"/one/mine"_s, u"/none/own"_s, u"/none/caught1"_s}));
}

void TestRunner::theDelayIsBetweenRequests()
{
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/"_s)};
    plan.iterations = 1;
    plan.order = RunPlan::Order::Sequential;
    plan.delayUs = 3'600'000'000;
    start(std::move(plan));
    QVERIFY(startedAre(1));
    m_transport->reply(0, 200);
    QVERIFY(hasFinished());
}

void TestRunner::cookiesGoWithTheirIteration_data()
{
    QTest::addColumn<RunPlan::Order>("order");
    QTest::newRow("all") << RunPlan::Order::All;
    QTest::newRow("iterations") << RunPlan::Order::Iterations;
}

void TestRunner::cookiesGoWithTheirIteration()
{
    QFETCH(const RunPlan::Order, order);
    QList<quint32> forgotten;
    m_runner->setForgetCookies([&forgotten](quint32 jar) { forgotten << jar; });
    RunPlan plan;
    plan.requests = {request(u"A"_s, u"http://h/a"_s), request(u"B"_s, u"http://h/b"_s)};
    plan.iterations = 3;
    plan.order = order;
    plan.options.cookies = CookieMode::PerIteration;
    start(std::move(plan), 1);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(QTest::qWaitFor([this, i] { return m_transport->started.size() > i; }));
        QVERIFY(!forgotten.contains(m_transport->started[i].request.cookieJar));
        m_transport->reply(i, 200);
    }
    m_runner->abort(); // Nothing stays of those that were begun, either.
    QVERIFY(QTest::qWaitFor([this] { return m_dispatcher->admission().queued() == 0; }));
    replyFrom(3);
    QVERIFY(hasFinished());
    std::ranges::sort(forgotten);
    QCOMPARE(forgotten, (QList<quint32>{1, 2, 3}));
}

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"

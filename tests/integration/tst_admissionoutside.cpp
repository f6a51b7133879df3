// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dispatchrig.h"
#include "tests/support/loopbackserver.h"

#include <QDateTime>
#include <QLocale>
#include <QMutexLocker>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr qint64 MsUs = 1000;

/** A server that notes when each request came, in microseconds of the clock. */
class TimedServer
{
public:
    explicit TimedServer(const QString &address = u"127.0.0.1"_s, int delayMs = 0)
        : m_server([this, delayMs](const ReceivedRequest &) { return next(delayMs); }, address)
    {
    }

    QUrl url() const { return m_server.url(); }
    /** Before the first request: how it is answered, instead of 200. */
    void setFirst(const ScriptedReply &reply) { m_first = reply; }
    std::vector<qint64> arrivals() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_arrivals;
    }
    int count() const { return int(arrivals().size()); }

private:
    ScriptedReply next(int delayMs)
    {
        const QMutexLocker lock(&m_mutex);
        m_arrivals.push_back(m_clock.nowUs());
        ScriptedReply reply = ScriptedReply::of("200 OK", "ok");
        if (m_arrivals.size() == 1 && !m_first.bytes.isEmpty())
            reply = m_first;
        reply.delayMs = delayMs;
        return reply;
    }

    SteadyClock m_clock;
    ScriptedReply m_first;
    mutable QMutex m_mutex;
    std::vector<qint64> m_arrivals;
    LoopbackServer m_server; ///< Ends first: its thread calls next().
};

QByteArray httpDate(const QDateTime &date)
{
    return QLocale::c().toString(date.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

/** True when nothing more comes to \a server within \a ms. */
bool staysQuiet(const TimedServer &server, int ms)
{
    const SteadyClock clock;
    const int before = server.count();
    const qint64 untilUs = clock.nowUs() + ms * MsUs;
    return QTest::qWaitFor([&] { return clock.nowUs() >= untilUs; }, 10 * ms)
           && server.count() == before;
}

} // namespace

/** Rates, pauses, holds and stops as the servers see them: by what comes, and when. */
class TestAdmissionOutside final : public QObject
{
    Q_OBJECT

private slots:
    void rates_data();
    void rates();
    void pauseSendsNothing();
    void stopSendsNothingMore();
    void retryAfterHoldsOneHost_data();
    void retryAfterHoldsOneHost();
};

void TestAdmissionOutside::rates_data()
{
    QTest::addColumn<bool>("each");
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("burst");
    QTest::newRow("over all hosts") << false << 40.0 << 1.0;
    QTest::newRow("over all hosts, five at once") << false << 40.0 << 5.0;
    QTest::newRow("of each host") << true << 20.0 << 1.0;
}

/** Of \a perSecond, the request number k cannot come before k - burst of them were due. */
void TestAdmissionOutside::rates()
{
    QFETCH(const bool, each);
    QFETCH(const double, perSecond);
    QFETCH(const double, burst);
    constexpr int EachHost = 15;
    TimedServer first;
    TimedServer second(u"127.0.0.2"_s);
    Limits limits = limitsOf(0);
    (each ? limits.ratePerHost : limits.rate) = {perSecond, burst};
    DispatchRig rig(limits);
    const qint64 beganUs = rig.clock.nowUs();
    for (int i = 0; i < EachHost; ++i) {
        rig.submit(getRequest(first.url()));
        rig.submit(getRequest(second.url()));
    }
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(rig.responses.size()), 2 * EachHost);
    std::vector<std::vector<qint64>> groups{first.arrivals(), second.arrivals()};
    if (!each) {
        groups[0].insert(groups[0].end(), groups[1].begin(), groups[1].end());
        groups.pop_back();
    }
    for (std::vector<qint64> &arrivals : groups) {
        std::ranges::sort(arrivals);
        QCOMPARE(int(arrivals.size()), each ? EachHost : 2 * EachHost);
        for (std::size_t k = 0; k < arrivals.size(); ++k) {
            const double dueUs = (double(k + 1) - burst) / perSecond * 1e6;
            QVERIFY2(double(arrivals[k] - beganUs) >= dueUs, qPrintable(QString::number(k)));
        }
        // And it is used up: what had to wait was not kept waiting.
        const double neededUs = (double(arrivals.size()) - burst) / perSecond * 1e6;
        QVERIFY(double(arrivals.back() - beganUs) < neededUs + 1e6);
    }
    const auto reason = std::size_t(each ? WaitReason::HostRate : WaitReason::TotalRate);
    const auto waited = std::ranges::count_if(rig.responses, [reason](const Response &response) {
        return response.timings.waits[reason] > 0;
    });
    QVERIFY(waited >= 2 * (EachHost - int(burst)));
}

void TestAdmissionOutside::pauseSendsNothing()
{
    constexpr int Requests = 40;
    TimedServer server(u"127.0.0.1"_s, 10);
    DispatchRig rig(limitsOf(4));
    AdmissionQueue &queue = rig.dispatcher.admission();
    rig.onFinished = [&queue](int done) {
        if (done == 8)
            queue.pause();
    };
    rig.submitMany(getRequest(server.url()), Requests);
    QVERIFY(QTest::qWaitFor([&] { return queue.isPaused() && queue.inFlight() == 0; }, 20000));
    // What was in flight has ended, and all the rest says what it waits for.
    QCOMPARE(int(rig.responses.size()), server.count());
    QCOMPARE(queue.queued(), Requests - server.count());
    QCOMPARE(queue.queuedByReason()[std::size_t(WaitReason::Paused)], queue.queued());
    QVERIFY(staysQuiet(server, 200));
    queue.resume();
    QVERIFY(rig.waitIdle());
    QCOMPARE(server.count(), Requests);
    QVERIFY(rig.responses.back().timings.waits[std::size_t(WaitReason::Paused)] >= 200 * MsUs);
}

void TestAdmissionOutside::stopSendsNothingMore()
{
    constexpr int Requests = 60;
    TimedServer server(u"127.0.0.1"_s, 50);
    DispatchRig rig(limitsOf(5));
    QSignalSpy idle(&rig.dispatcher, &Dispatcher::idle);
    rig.onFinished = [&rig](int done) {
        if (done == 10)
            rig.dispatcher.stop();
    };
    rig.submitMany(getRequest(server.url()), Requests);
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(idle.count()), 1);
    QCOMPARE(int(rig.responses.size()), Requests);
    const auto cancelled = std::ranges::count_if(rig.responses, [](const Response &response) {
        return response.error && response.error->code == ErrorCode::Cancelled;
    });
    QVERIFY(cancelled >= Requests - 10 - 5 && cancelled <= Requests - 10);
    QVERIFY(server.count() <= 10 + 5);
    QVERIFY(staysQuiet(server, 100));
}

void TestAdmissionOutside::retryAfterHoldsOneHost_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("seconds"); ///< -1: as a date, two seconds from now.
    QTest::addColumn<qint64>("maxUs");
    QTest::addColumn<bool>("skipped");
    QTest::addColumn<qint64>("leastUs");
    const qint64 minute = 60'000'000;
    QTest::newRow("429, seconds") << QByteArray("429 Too Many Requests") << 1 << minute << false
                                  << qint64(1'000'000);
    QTest::newRow("503, a date") << QByteArray("503 Service Unavailable") << -1 << minute << false
                                 << qint64(900'000); // Dates have no fractions.
    QTest::newRow("no longer than the cap") << QByteArray("429 Too Many Requests") << 3000
                                            << qint64(1'500'000) << false << qint64(1'500'000);
    QTest::newRow("skipped") << QByteArray("429 Too Many Requests") << 3000 << minute << true
                             << qint64(0);
}

void TestAdmissionOutside::retryAfterHoldsOneHost()
{
    QFETCH(const QByteArray, status);
    QFETCH(const int, seconds);
    QFETCH(const qint64, maxUs);
    QFETCH(const bool, skipped);
    QFETCH(const qint64, leastUs);
    TimedServer held;
    TimedServer other(u"127.0.0.2"_s, 5);
    const QByteArray value = seconds >= 0 ? QByteArray::number(seconds)
                                          : httpDate(QDateTime::currentDateTimeUtc().addSecs(2));
    held.setFirst(ScriptedReply::of(status, "", "Retry-After: " + value + "\r\n"));
    Limits limits = limitsOf(4, 1);
    limits.holdMaxUs = maxUs;
    DispatchRig rig(limits);
    AdmissionQueue &queue = rig.dispatcher.admission();
    const EndpointId endpoint = rig.dispatcher.endpointOf(held.url());
    rig.submitMany(getRequest(held.url()), 5);
    rig.submitMany(getRequest(other.url()), 20);
    // The other host goes on; the held one says so.
    QVERIFY(QTest::qWaitFor([&] { return rig.responses.size() == 21; }, 20000));
    QCOMPARE(held.count(), 1);
    QCOMPARE(other.count(), 20);
    QCOMPARE(queue.queuedByReason()[std::size_t(WaitReason::Hold)], 4);
    if (skipped)
        queue.endHold(endpoint);
    QVERIFY(rig.waitIdle(20000));
    const std::vector<qint64> arrivals = held.arrivals();
    QCOMPARE(int(arrivals.size()), 5);
    QVERIFY2(arrivals[1] - arrivals[0] >= leastUs,
             qPrintable(QString::number(arrivals[1] - arrivals[0])));
}

QTEST_GUILESS_MAIN(TestAdmissionOutside)
#include "tst_admissionoutside.moc"

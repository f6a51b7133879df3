// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/flightlog.h"

#include <QTest>

#include <map>
#include <random>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

Sample sampleFrom(EndpointId endpoint, qint64 admittedUs, qint64 finishedUs)
{
    Sample sample;
    sample.endpoint = endpoint;
    sample.status = 200;
    sample.timings.enqueuedUs = admittedUs - 10;
    sample.timings.admittedUs = admittedUs;
    sample.timings.sentUs = admittedUs + 1;
    sample.timings.finishedUs = finishedUs;
    return sample;
}

} // namespace

class TestFlightLog final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheNewest_data();
    void keepsTheNewest();
    void slotsNeverOverlap();
    void whatIsHandedOutStays();
    void refusedRequestsHaveNoSlotOfTheirOwn();
};

void TestFlightLog::keepsTheNewest_data()
{
    QTest::addColumn<int>("recorded");
    QTest::addColumn<int>("kept");

    QTest::newRow("none") << 0 << 0;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("a chunk") << 250 << 250;
    QTest::newRow("full") << 10'000 << 10'000;
    QTest::newRow("one more") << 10'001 << 10'000;
    QTest::newRow("between chunks") << 10'250 << 10'000;
    QTest::newRow("many") << 123'456 << 10'000;
}

void TestFlightLog::keepsTheNewest()
{
    QFETCH(int, recorded);
    QFETCH(int, kept);
    FlightLog log;
    for (int i = 0; i < recorded; ++i) {
        Sample sample = sampleFrom(EndpointId(0), i * 10, i * 10 + 5);
        sample.seq = quint64(i);
        log.record(sample, ReplyClass::Success, {});
    }
    const LiveFlights flights = log.newest();
    QCOMPARE(flights.size(), std::size_t(kept));
    QCOMPARE(flights.total(), quint64(recorded));
    for (std::size_t i = 0; i < flights.size(); ++i)
        QCOMPARE(flights.at(i).sample.seq, quint64(recorded - kept) + i);
    QVERIFY(log.bytes() <= FlightLog::maxBytes() + 4096);
    QVERIFY(FlightLog::maxBytes() < 3'000'000);
}

/** Ends of a random schedule: no two requests of a slot overlap, and no slot is without need. */
void TestFlightLog::slotsNeverOverlap()
{
    constexpr int Limit = 12;
    std::mt19937 random(5);
    struct Running
    {
        qint64 admittedUs;
        quint32 endpoint;
    };
    std::multimap<qint64, Running> running; // By their end.
    FlightLog log;
    std::array<int, 3> inFlight{};
    std::array<int, 3> peak{};
    qint64 now = 0;
    for (int i = 0; i < 8000; ++i) {
        const quint32 endpoint = random() % 3;
        while (inFlight[endpoint] == Limit) {
            const auto next = running.begin();
            now = next->first;
            log.record(sampleFrom(EndpointId(next->second.endpoint), next->second.admittedUs, now),
                       ReplyClass::Success, {});
            --inFlight[next->second.endpoint];
            running.erase(next);
        }
        peak[endpoint] = std::max(peak[endpoint], ++inFlight[endpoint]);
        running.insert({now + 20 + qint64(random() % 400), {now, endpoint}});
    }
    const LiveFlights flights = log.newest();
    std::map<std::pair<EndpointId, quint32>, qint64> busyUntil;
    for (std::size_t i = 0; i < flights.size(); ++i) {
        const Flight &flight = flights.at(i);
        QVERIFY(flight.slot < quint32(peak[std::size_t(flight.sample.endpoint)]));
        qint64 &until = busyUntil[{flight.sample.endpoint, flight.slot}];
        QVERIFY(flight.sample.timings.admittedUs >= until);
        until = flight.sample.timings.finishedUs;
    }
    QCOMPARE(busyUntil.size(), std::size_t(3 * Limit));
}

void TestFlightLog::whatIsHandedOutStays()
{
    FlightLog log;
    log.record(sampleFrom(EndpointId(0), 0, 5), ReplyClass::Success, u"first"_s);
    const LiveFlights before = log.newest();
    for (int i = 0; i < 20'000; ++i)
        log.record(sampleFrom(EndpointId(0), i, i + 5), ReplyClass::Timeout, u"later"_s);
    QCOMPARE(before.size(), 1u);
    QCOMPARE(before.at(0).name, u"first"_s);
    QCOMPARE(log.newest().at(0).reply, ReplyClass::Timeout);
}

void TestFlightLog::refusedRequestsHaveNoSlotOfTheirOwn()
{
    FlightLog log;
    for (int i = 0; i < 100; ++i) {
        Sample sample = sampleFrom(EndpointId(0), -1, i);
        log.record(sample, ReplyClass::NoReply, {});
    }
    log.record(sampleFrom(EndpointId(0), 200, 300), ReplyClass::Success, {});
    QCOMPARE(log.newest().at(100).slot, 0u);
}

QTEST_GUILESS_MAIN(TestFlightLog)
#include "tst_flightlog.moc"

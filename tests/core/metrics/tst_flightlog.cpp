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

AdmissionEvent eventAt(AdmissionEvent::Kind kind, TicketId ticket, qint64 atUs)
{
    AdmissionEvent event;
    event.kind = kind;
    event.endpoint = EndpointId(0);
    event.ticket = ticket;
    event.atUs = atUs;
    event.waits[std::size_t(WaitReason::HostLimit)] = 3;
    return event;
}

} // namespace

class TestFlightLog final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheNewest_data();
    void keepsTheNewest();
    void slotsNeverOverlap();
    void slotIsKeptFromAdmissionToTheEnd_data();
    void slotIsKeptFromAdmissionToTheEnd();
    void whatNeverEndsIsForgotten();
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
        // Each another one, longer than what is kept of it.
        const QByteArray url = "http://a.example/" + QByteArray::number(i) + QByteArray(600, 'x');
        log.record(sample, ReplyClass::Success, {}, {"GET", url});
    }
    const LiveFlights flights = log.newest();
    if (kept > 0)
        QCOMPARE(flights.at(0).line.url.size(), FlightLog::MaxUrlBytes);
    QCOMPARE(flights.size(), std::size_t(kept));
    QCOMPARE(flights.total(), quint64(recorded));
    for (std::size_t i = 0; i < flights.size(); ++i)
        QCOMPARE(flights.at(i).sample.seq, quint64(recorded - kept) + i);
    QVERIFY(log.bytes() <= FlightLog::maxBytes() + 4096);
    QVERIFY(FlightLog::maxBytes() < 9'000'000);
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

void TestFlightLog::slotIsKeptFromAdmissionToTheEnd_data()
{
    QTest::addColumn<bool>("releasedFirst");

    QTest::newRow("released, then told") << true; // Checks may take their time.
    QTest::newRow("told, then released") << false;
}

/** Two slots are free; whoever ends first, each stays where it was seen growing. */
void TestFlightLog::slotIsKeptFromAdmissionToTheEnd()
{
    QFETCH(bool, releasedFirst);
    using Kind = AdmissionEvent::Kind;
    FlightLog log;
    const auto end = [&](quint64 ticket, qint64 admittedUs, qint64 atUs) {
        Sample sample = sampleFrom(EndpointId(0), admittedUs, atUs);
        sample.ticket = TicketId(ticket);
        if (releasedFirst)
            log.end(eventAt(Kind::Released, sample.ticket, atUs));
        log.record(sample, ReplyClass::Success, {});
        if (!releasedFirst)
            log.end(eventAt(Kind::Released, sample.ticket, atUs));
    };
    log.begin(eventAt(Kind::Admitted, TicketId(1), 0));
    log.begin(eventAt(Kind::Admitted, TicketId(2), 0));
    end(1, 0, 10);
    end(2, 0, 20);
    log.begin(eventAt(Kind::Admitted, TicketId(3), 30));
    log.begin(eventAt(Kind::Admitted, TicketId(4), 40));
    const std::vector<Flight> open = log.open();
    QCOMPARE(open.size(), 2u);
    QVERIFY(open[0].isOpen());
    QCOMPARE(open[0].sample.ticket, TicketId(3));
    QCOMPARE(open[0].sample.timings.admittedUs, qint64(30));
    QCOMPARE(open[0].sample.timings.enqueuedUs, qint64(27));
    QCOMPARE(open[0].sample.timings.queuedUs(), qint64(3));
    QVERIFY(open[0].slot != open[1].slot);
    QVERIFY(open[0].slot < 2 && open[1].slot < 2);
    end(4, 40, 50);
    QCOMPARE(log.open().size(), 1u);
    QCOMPARE(log.open()[0].slot, open[0].slot);
    end(3, 30, 60);
    QVERIFY(log.open().empty());
    QCOMPARE(log.newest().at(2).slot, open[1].slot);
    QCOMPARE(log.newest().at(3).slot, open[0].slot);
}

/** A redirect's hops have tickets, but only the last one ends a request. */
void TestFlightLog::whatNeverEndsIsForgotten()
{
    using Kind = AdmissionEvent::Kind;
    FlightLog log;
    for (quint64 ticket = 1; ticket < 20'000; ++ticket) {
        log.begin(eventAt(Kind::Admitted, TicketId(ticket), qint64(ticket) * 10));
        log.end(eventAt(Kind::Released, TicketId(ticket), qint64(ticket) * 10 + 5));
    }
    QVERIFY(log.open().empty());
    QVERIFY(log.bytes() <= FlightLog::maxBytes());
    log.begin(eventAt(Kind::Admitted, TicketId(20'000), 300'000));
    QCOMPARE(log.open().size(), 1u);
    QCOMPARE(log.open()[0].slot, 0u); // One at a time needs one slot.
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

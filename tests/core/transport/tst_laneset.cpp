// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/laneset.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>
#include <set>

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestLaneSet : public QObject
{
    Q_OBJECT

private slots:
    void spreadsThenFillsLowLanes();
    void hostsBeginOnDifferentLanes();
    void neverMoreSocketsThanInFlight_data();
    void neverMoreSocketsThanInFlight();
    void fallsBackToLowLanes();
    void fillsOneHttp2Connection();
    void leavesAConnectionThatGoesAway();
    void restingLanesCanBeCleared();
    void closedSocketsAreNotIdle();
};

void TestLaneSet::spreadsThenFillsLowLanes()
{
    LaneSet lanes(2);
    const int host = lanes.host(u"http://a:80"_s);
    lanes.setProtocol(host, WireProtocol::Http1);
    std::vector<int> taken;
    for (int i = 0; i < 20; ++i)
        taken.push_back(lanes.take(host));
    QCOMPARE(taken, (std::vector{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 2, 2, 2, 2, 2, 2, 3, 3}));
    QCOMPARE(lanes.laneCount(), 4);
}

void TestLaneSet::hostsBeginOnDifferentLanes()
{
    LaneSet lanes(2);
    std::map<int, int> hostsByLane;
    for (int i = 0; i < 200; ++i) {
        const int host = lanes.host(u"http://%1:80"_s.arg(i));
        lanes.setProtocol(host, WireProtocol::Http1);
        ++hostsByLane[lanes.take(host)];
    }
    QCOMPARE(int(hostsByLane.size()), LaneSet::ApartMax);
    for (const auto &[lane, hosts] : hostsByLane)
        QCOMPARE(hosts, 200 / LaneSet::ApartMax);
    QCOMPARE(lanes.host(u"http://7:80"_s), 7);
}

void TestLaneSet::neverMoreSocketsThanInFlight_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {1, 2, 3, 7, 12, 50, 101})
        QTest::addRow("%d", limit) << limit;
}

/** Qt keeps a lane's sockets open, so its high-water mark is what stays open. */
void TestLaneSet::neverMoreSocketsThanInFlight()
{
    QFETCH(const int, limit);
    for (int spread = 1; spread <= 4; ++spread) {
        LaneSet lanes(spread);
        lanes.host(u"another"_s);
        const int host = lanes.host(u"http://a:80"_s);
        lanes.setProtocol(host, WireProtocol::Http1);
        QRandomGenerator random(42);
        std::vector<int> inFlight;
        std::map<int, int> highest;
        for (int step = 0; step < 20000; ++step) {
            if (int(inFlight.size()) < limit && random.bounded(2) == 0) {
                const int lane = lanes.take(host);
                QVERIFY(lanes.inFlight(host, lane) <= LaneSet::Http1Capacity);
                highest[lane] = std::max(highest[lane], lanes.inFlight(host, lane));
                inFlight.push_back(lane);
            } else if (!inFlight.empty()) {
                const auto at = inFlight.begin() + random.bounded(int(inFlight.size()));
                lanes.give(host, *at);
                inFlight.erase(at);
            }
        }
        int sockets = 0;
        for (const auto &[lane, count] : highest)
            sockets += count;
        QVERIFY2(sockets <= limit, qPrintable(u"spread %1: %2"_s.arg(spread).arg(sockets)));
    }
}

void TestLaneSet::fallsBackToLowLanes()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"http://a:80"_s);
    lanes.setProtocol(host, WireProtocol::Http1);
    for (int i = 0; i < 600; ++i)
        lanes.take(host);
    lanes.give(host, 40);
    lanes.give(host, 3);
    QCOMPARE(lanes.take(host), 3);
    QCOMPARE(lanes.take(host), 40);
    QCOMPARE(lanes.take(host), 100);
}

void TestLaneSet::fillsOneHttp2Connection()
{
    LaneSet lanes(4);
    lanes.setStreamsPerConnection(10);
    const int host = lanes.host(u"https://a:443"_s);
    QCOMPARE(lanes.protocol(host), WireProtocol::Unknown);
    lanes.setProtocol(host, WireProtocol::Http2);
    std::set<int> taken;
    for (int i = 0; i < 10; ++i)
        taken.insert(lanes.take(host));
    QCOMPARE(int(taken.size()), 1);
    for (int i = 0; i < 35; ++i)
        taken.insert(lanes.take(host));
    QCOMPARE(int(taken.size()), 5);
    QCOMPARE(lanes.inFlight(host, 4), 5);
}

void TestLaneSet::leavesAConnectionThatGoesAway()
{
    LaneSet lanes(2);
    const int host = lanes.host(u"https://a:443"_s);
    lanes.setProtocol(host, WireProtocol::Http2);
    QCOMPARE(lanes.take(host), 0);
    QCOMPARE(lanes.take(host), 0);
    lanes.goAway(host, 0);
    QVERIFY(lanes.needsSocket(host));
    QCOMPARE(lanes.take(host), 1);
    lanes.give(host, 0);
    QCOMPARE(lanes.openSockets(), 2);
    lanes.give(host, 0); // Its last stream: the connection is gone.
    QCOMPARE(lanes.openSockets(), 1);
    QCOMPARE(lanes.take(host), 1);
    lanes.give(host, 1);
    lanes.give(host, 1);
    QVERIFY(!lanes.needsSocket(host)); // Idle, and good for the next.
}

void TestLaneSet::restingLanesCanBeCleared()
{
    LaneSet lanes(1);
    std::vector<int> hosts;
    for (const QString &name : {u"http://a:80"_s, u"http://b:80"_s, u"http://c:80"_s}) {
        hosts.push_back(lanes.host(name));
        lanes.setProtocol(hosts.back(), WireProtocol::Http1);
        QCOMPARE(lanes.take(hosts.back()), hosts.back()); // Apart, while there are lanes.
    }
    lanes.take(hosts[1]);
    QCOMPARE(lanes.restingLane(), -1);
    QCOMPARE(lanes.openSockets(), 4);
    lanes.give(hosts[2], 2);
    lanes.give(hosts[1], 1);
    QCOMPARE(lanes.restingLane(), 2);
    lanes.give(hosts[1], 1);
    QCOMPARE(lanes.restingLane(), 2); // b's lane was taken later.
    QCOMPARE(lanes.cleared(2), (std::vector<std::pair<int, int>>{{hosts[2], 1}}));
    QCOMPARE(lanes.restingLane(), 1);
    QCOMPARE(lanes.cleared(1), (std::vector<std::pair<int, int>>{{hosts[1], 2}}));
    QCOMPARE(lanes.restingLane(), -1);
    QCOMPARE(lanes.openSockets(), 1);
    QVERIFY(lanes.needsSocket(hosts[2]));
}

void TestLaneSet::closedSocketsAreNotIdle()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"http://a:80"_s);
    lanes.setProtocol(host, WireProtocol::Http1);
    lanes.take(host);
    lanes.take(host);
    lanes.give(host, 0, false);
    QVERIFY(!lanes.needsSocket(host));
    lanes.give(host, 0, true);
    QCOMPARE(lanes.openSockets(), 1);
    lanes.take(host);
    QVERIFY(lanes.needsSocket(host));
}

QTEST_APPLESS_MAIN(TestLaneSet)
#include "tst_laneset.moc"

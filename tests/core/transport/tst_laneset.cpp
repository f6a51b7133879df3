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
    void fillsThePoolsOfALane();
    void aPoolOfAnUnknownHostTakesOne();
    void unusedPoolsAreForgotten();
    void fallsBackToLowLanes();
    void fillsOneHttp2Connection();
    void furtherHttp2ConnectionsShareALane();
    void leavesAConnectionThatGoesAway();
    void aSpoiltPoolIsLeft();
    void aSpoiltLaneIsLeft();
    void aServerMayAllowFewerStreams();
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
        taken.push_back(lanes.take(host).lane);
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
        ++hostsByLane[lanes.take(host).lane];
    }
    QCOMPARE(int(hostsByLane.size()), LaneSet::ApartMax);
    for (const auto &[lane, hosts] : hostsByLane)
        QCOMPARE(hosts, 200 / LaneSet::ApartMax);
    QCOMPARE(lanes.host(u"http://7:80"_s), 7);
}

void TestLaneSet::neverMoreSocketsThanInFlight_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<Pooling>("pooling");
    for (const Pooling &pooling : {Pooling{1, 6}, Pooling{2, 6}, Pooling{64, 1}}) {
        for (const int limit : {1, 2, 3, 7, 12, 50, 101})
            QTest::addRow("%d in %d pools", limit, pooling.pools) << limit << pooling;
    }
}

/** Qt keeps the sockets of a pool open, so its high-water mark is what stays open. */
void TestLaneSet::neverMoreSocketsThanInFlight()
{
    QFETCH(const int, limit);
    QFETCH(const Pooling, pooling);
    for (int spread = 1; spread <= 4; ++spread) {
        LaneSet lanes(spread);
        lanes.host(u"another"_s);
        const int host = lanes.host(u"http://a:80"_s, pooling);
        lanes.setProtocol(host, WireProtocol::Http1);
        QRandomGenerator random(42);
        std::vector<LanePlace> taken;
        std::map<std::pair<int, int>, int> inFlight;
        std::map<std::pair<int, int>, int> highest;
        for (int step = 0; step < 20000; ++step) {
            if (int(taken.size()) < limit && random.bounded(2) == 0) {
                taken.push_back(lanes.take(host));
                const std::pair at(taken.back().lane, taken.back().pool);
                QVERIFY(at.second < pooling.pools);
                QVERIFY(++inFlight[at] <= pooling.sockets);
                highest[at] = std::max(highest[at], inFlight[at]);
            } else if (!taken.empty()) {
                const auto given = taken.begin() + random.bounded(int(taken.size()));
                lanes.give(host, *given, 0);
                --inFlight[{given->lane, given->pool}];
                taken.erase(given);
            }
        }
        int sockets = 0;
        for (const auto &[at, count] : highest)
            sockets += count;
        QVERIFY2(sockets <= limit, qPrintable(u"spread %1: %2"_s.arg(spread).arg(sockets)));
        QCOMPARE(lanes.openSockets(), sockets);
    }
}

void TestLaneSet::fillsThePoolsOfALane()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"http://a:80"_s, {3, 2});
    lanes.setProtocol(host, WireProtocol::Http1);
    std::vector<LanePlace> taken;
    for (int i = 0; i < 7; ++i)
        taken.push_back(lanes.take(host));
    QCOMPARE(taken,
             (std::vector<LanePlace>{{0, 0}, {0, 0}, {0, 1}, {0, 1}, {0, 2}, {0, 2}, {1, 0}}));
    lanes.give(host, {0, 2}, 0);
    lanes.give(host, {0, 1}, 0);
    QCOMPARE(lanes.take(host), (LanePlace{0, 1})); // The lowest, so that the others rest.
    QCOMPARE(lanes.take(host), (LanePlace{0, 2}));
    QCOMPARE(lanes.openSockets(), 7);
}

/** Before its server has said what it speaks, Qt would have more requests share a connection. */
void TestLaneSet::aPoolOfAnUnknownHostTakesOne()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"https://a:443"_s, {2, 6});
    QCOMPARE(lanes.take(host), (LanePlace{0, 0}));
    QCOMPARE(lanes.take(host), (LanePlace{0, 1}));
    QCOMPARE(lanes.take(host), (LanePlace{1, 0}));
}

void TestLaneSet::unusedPoolsAreForgotten()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"http://a:80"_s, {3, 1});
    lanes.setProtocol(host, WireProtocol::Http1);
    for (int i = 0; i < 3; ++i)
        lanes.take(host);
    lanes.give(host, {0, 2}, 100);
    lanes.give(host, {0, 1}, 200);
    lanes.forgetUnusedSince(100);
    QCOMPARE(lanes.openSockets(), 3);
    lanes.forgetUnusedSince(101);
    QCOMPARE(lanes.openSockets(), 2);
    lanes.forgetUnusedSince(1000); // The first carries something.
    QCOMPARE(lanes.openSockets(), 1);
    QVERIFY(lanes.needsSocket(host));
    QCOMPARE(lanes.take(host), (LanePlace{0, 1}));
}

void TestLaneSet::fallsBackToLowLanes()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"http://a:80"_s);
    lanes.setProtocol(host, WireProtocol::Http1);
    for (int i = 0; i < 600; ++i)
        lanes.take(host);
    lanes.give(host, {40, 0}, 0);
    lanes.give(host, {3, 0}, 0);
    QCOMPARE(lanes.take(host).lane, 3);
    QCOMPARE(lanes.take(host).lane, 40);
    QCOMPARE(lanes.take(host).lane, 100);
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
        taken.insert(lanes.take(host).lane);
    QCOMPARE(int(taken.size()), 1);
    for (int i = 0; i < 35; ++i)
        taken.insert(lanes.take(host).lane);
    QCOMPARE(int(taken.size()), 5);
    QCOMPARE(lanes.inFlight(host, 4), 5);
}

void TestLaneSet::furtherHttp2ConnectionsShareALane()
{
    LaneSet lanes(1);
    lanes.setStreamsPerConnection(2);
    const int host = lanes.host(u"https://a:443"_s, {2, 6});
    lanes.setProtocol(host, WireProtocol::Http2);
    std::vector<LanePlace> taken;
    for (int i = 0; i < 5; ++i)
        taken.push_back(lanes.take(host));
    QCOMPARE(taken, (std::vector<LanePlace>{{0, 0}, {0, 0}, {0, 1}, {0, 1}, {1, 0}}));
    QCOMPARE(lanes.openSockets(), 3);
    lanes.goAway(host, {0, 0});
    lanes.give(host, {0, 0}, 0);
    QCOMPARE(lanes.take(host), (LanePlace{1, 0})); // Not the one that goes.
    QVERIFY(lanes.needsSocket(host));
}

void TestLaneSet::leavesAConnectionThatGoesAway()
{
    LaneSet lanes(2);
    const int host = lanes.host(u"https://a:443"_s);
    lanes.setProtocol(host, WireProtocol::Http2);
    QCOMPARE(lanes.take(host).lane, 0);
    QCOMPARE(lanes.take(host).lane, 0);
    lanes.goAway(host, {0, 0});
    QVERIFY(lanes.needsSocket(host));
    QCOMPARE(lanes.take(host).lane, 1);
    lanes.give(host, {0, 0}, 0);
    QCOMPARE(lanes.openSockets(), 2);
    lanes.give(host, {0, 0}, 0); // Its last stream: the connection is gone.
    QCOMPARE(lanes.openSockets(), 1);
    QCOMPARE(lanes.take(host).lane, 1);
    lanes.give(host, {1, 0}, 0);
    lanes.give(host, {1, 0}, 0);
    QVERIFY(!lanes.needsSocket(host)); // Idle, and good for the next.
}

void TestLaneSet::aSpoiltPoolIsLeft()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"http://127.0.0.1:80"_s, {64, 1});
    lanes.setProtocol(host, WireProtocol::Http1);
    const LanePlace stuck = lanes.take(host);
    QCOMPARE(stuck, (LanePlace{0, 0}));
    lanes.spoil(host, stuck);
    lanes.spoil(host, stuck);
    QCOMPARE(lanes.take(host), (LanePlace{0, 1}));
    lanes.give(host, stuck, 5);
    QVERIFY(!lanes.isSpoiltAtRest(0)); // The other one is at work.
    QVERIFY(lanes.needsSocket(host));
    lanes.give(host, {0, 1}, 6);
    QVERIFY(lanes.isSpoiltAtRest(0));
    QVERIFY(!lanes.needsSocket(host));
    QCOMPARE(lanes.openSockets(), 2);
    QCOMPARE(lanes.take(host), (LanePlace{0, 1}));
    lanes.give(host, {0, 1}, 7);
    QCOMPARE(lanes.cleared(0), (std::vector<std::pair<int, int>>{{host, 2}}));
    QVERIFY(!lanes.isSpoiltAtRest(0));
    QCOMPARE(lanes.take(host), (LanePlace{0, 0}));
    lanes.spoil(host, {0, 0});
    lanes.give(host, {0, 0}, 8, true); // Closed: the next one is new.
    QCOMPARE(lanes.take(host), (LanePlace{0, 0}));
    lanes.spoil(host, {0, 0});
    lanes.give(host, {0, 0}, 9);
    lanes.forgetUnusedSince(10); // Expired, likewise.
    QCOMPARE(lanes.openSockets(), 0);
    QCOMPARE(lanes.take(host), (LanePlace{0, 0}));
}

/** A host that has no second pool on a lane goes to another. */
void TestLaneSet::aSpoiltLaneIsLeft()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"https://127.0.0.1:443"_s, {1, 6});
    lanes.setProtocol(host, WireProtocol::Http1);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(lanes.take(host), (LanePlace{0, 0}));
    lanes.spoil(host, {0, 0});
    lanes.give(host, {0, 0}, 0);
    QVERIFY(lanes.needsSocket(host));
    QCOMPARE(lanes.take(host), (LanePlace{1, 0}));
}

void TestLaneSet::aServerMayAllowFewerStreams()
{
    LaneSet lanes(1);
    const int host = lanes.host(u"https://a:443"_s, {2, 6});
    lanes.setProtocol(host, WireProtocol::Http2);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(lanes.take(host), (LanePlace{0, 0}));
    for (int i = 0; i < 3; ++i)
        lanes.sent(host, {0, 0});
    QVERIFY(lanes.hasUnsent(host, {0, 0}));
    lanes.limitStreams(host, {0, 0});
    QCOMPARE(lanes.take(host), (LanePlace{0, 1}));
    lanes.give(host, {0, 1}, 0);
    for (int i = 0; i < 3; ++i) {
        lanes.answered(host, {0, 0});
        lanes.give(host, {0, 0}, 0);
    }
    QCOMPARE(lanes.take(host), (LanePlace{0, 0})); // Three of three.
    QCOMPARE(lanes.take(host), (LanePlace{0, 1}));
}

void TestLaneSet::restingLanesCanBeCleared()
{
    LaneSet lanes(1);
    std::vector<int> hosts;
    for (const QString &name : {u"http://a:80"_s, u"http://b:80"_s, u"http://c:80"_s}) {
        hosts.push_back(lanes.host(name));
        lanes.setProtocol(hosts.back(), WireProtocol::Http1);
        QCOMPARE(lanes.take(hosts.back()).lane, hosts.back()); // Apart, while there are lanes.
    }
    lanes.take(hosts[1]);
    QCOMPARE(lanes.restingLane(), -1);
    QCOMPARE(lanes.openSockets(), 4);
    lanes.give(hosts[2], {2, 0}, 0);
    lanes.give(hosts[1], {1, 0}, 0);
    QCOMPARE(lanes.restingLane(), 2);
    lanes.give(hosts[1], {1, 0}, 0);
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
    lanes.give(host, {0, 0}, 0, false);
    QVERIFY(!lanes.needsSocket(host));
    lanes.give(host, {0, 0}, 0, true);
    QCOMPARE(lanes.openSockets(), 1);
    lanes.take(host);
    QVERIFY(lanes.needsSocket(host));
}

QTEST_APPLESS_MAIN(TestLaneSet)
#include "tst_laneset.moc"

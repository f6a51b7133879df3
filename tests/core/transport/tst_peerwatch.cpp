// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/peerwatch.h"
#include "tests/support/loopbackconnection.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

/** On real sockets: what the system tells of closed connections is the point. */
class TestPeerWatch : public QObject
{
    Q_OBJECT

private slots:
    void waitsForTheServer_data();
    void waitsForTheServer();
};

void TestPeerWatch::waitsForTheServer_data()
{
    QTest::addColumn<bool>("writes");
    QTest::addColumn<bool>("named");
    QTest::newRow("closes its end") << false << false;
    QTest::newRow("writes on, which our system answers with a reset") << true << false;
    QTest::newRow("is known by name only") << false << true;
}

void TestPeerWatch::waitsForTheServer()
{
    QFETCH(const bool, writes);
    QFETCH(const bool, named);
    const SteadyClock clock;
    LoopbackConnection connection;
    PeerWatch watch(clock);
    bool done = false;
    connection.closeOurs();
    watch.add(PeerAddress::of(named ? u"a.test"_s : u"127.0.0.1"_s, connection.port),
              [&done] { done = true; });
    const qint64 closedUs = clock.nowUs();
    // Far longer than the grace that a connection without a trace is given.
    QVERIFY(QTest::qWaitFor(
        [&] { return done || clock.nowUs() - closedUs > 4 * PeerWatch::GraceUs; }, 10000));
    QVERIFY(!done);
    const qint64 letGoUs = clock.nowUs();
    if (writes)
        QCOMPARE(::send(connection.theirs, "late", 4, MSG_NOSIGNAL), ssize_t(4));
    else
        connection.closeTheirs();
    QVERIFY(QTest::qWaitFor([&] { return done; }, 10000));
    QVERIFY(clock.nowUs() - letGoUs >= PeerWatch::GraceUs);
}

QTEST_GUILESS_MAIN(TestPeerWatch)
#include "tst_peerwatch.moc"

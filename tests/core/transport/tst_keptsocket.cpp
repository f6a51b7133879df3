// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/keptsocket.h"
#include "tests/support/loopbackconnection.h"
#include "tests/support/testresult.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

const auto None = [](int) { return false; };

} // namespace

/** On real sockets: which of this process's connections are found, and who still has them. */
class TestKeptSocket : public QObject
{
    Q_OBJECT

private slots:
    void addresses_data();
    void addresses();
    void keepsThoseToThePort();
    void tellsWhoHasIt();
    void staysOpenWithoutItsOwner();
    void leavesFilesToOthers();
};

void TestKeptSocket::addresses_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("mayBe");
    QTest::newRow("the same") << u"127.0.0.1"_s << u"127.0.0.1"_s << true;
    QTest::newRow("another") << u"127.0.0.1"_s << u"127.0.0.2"_s << false;
    QTest::newRow("mapped") << u"::ffff:127.0.0.1"_s << u"127.0.0.1"_s << true;
    QTest::newRow("IPv6, written otherwise") << u"0:0:0:0:0:0:0:1"_s << u"::1"_s << true;
    QTest::newRow("IPv6 with a zone") << u"fe80::1%lo"_s << u"fe80::1"_s << true;
    QTest::newRow("a name may be any") << u"api.test"_s << u"127.0.0.1"_s << true;
}

void TestKeptSocket::addresses()
{
    QFETCH(const QString, host);
    QFETCH(const QString, other);
    QFETCH(const bool, mayBe);
    const PeerAddress address = PeerAddress::of(host, 80);
    QCOMPARE(address.mayBe(PeerAddress::of(other, 80)), mayBe);
    QCOMPARE(PeerAddress::of(other, 80).mayBe(address), mayBe);
    QVERIFY(!address.mayBe(PeerAddress::of(other, 81)));
}

void TestKeptSocket::keepsThoseToThePort()
{
    const LoopbackConnection wanted;
    const LoopbackConnection second;
    const LoopbackConnection other;
    const auto kept = keepSockets(
        {wanted.port, second.port}, [&second](int file) { return file == second.ours; }, 0);
    VERIFY_RESULT(kept);
    QCOMPARE(kept->size(), std::size_t(1)); // Not the servers' ends either.
    const std::optional<PeerAddress> peer = kept->front().peer();
    QVERIFY(peer);
    QCOMPARE(peer->toString(), wanted.peer);
}

void TestKeptSocket::tellsWhoHasIt()
{
    LoopbackConnection connection;
    const auto kept = keepSockets({connection.port}, None, 0);
    VERIFY_RESULT(kept);
    QVERIFY(!kept->front().isAbandoned());
    const int number = connection.ours;
    connection.closeOurs();
    QVERIFY(kept->front().isAbandoned());
    // Another socket that gets the number is another socket.
    QCOMPARE(::dup2(connection.theirs, number), number);
    QVERIFY(kept->front().isAbandoned());
    ::close(number);
}

void TestKeptSocket::staysOpenWithoutItsOwner()
{
    LoopbackConnection connection;
    auto kept = keepSockets({connection.port}, None, 0);
    VERIFY_RESULT(kept);
    connection.closeOurs();
    char byte = 0;
    QCOMPARE(::recv(connection.theirs, &byte, 1, MSG_DONTWAIT), ssize_t(-1));
    QCOMPARE(errno, EAGAIN); // No FIN has come.
    kept->front().shutDown();
    QCOMPARE(::recv(connection.theirs, &byte, 1, 0), ssize_t(0));
    QCOMPARE(kept->front().discard().value_or(-1), qint64(0));
    connection.closeTheirs();
    QTRY_VERIFY(!kept->front().discard());
}

void TestKeptSocket::leavesFilesToOthers()
{
    const LoopbackConnection connection;
    QVERIFY(!keepSockets({connection.port}, None, 3));
    VERIFY_RESULT(keepSockets({connection.port}, None, 100'000));
}

QTEST_GUILESS_MAIN(TestKeptSocket)
#include "tst_keptsocket.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/peerwatch.h"

#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** Both ends of a connection over loopback. */
struct Connection
{
    Connection()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        ::bind(listener, generic, length);
        ::getsockname(listener, generic, &length);
        ::listen(listener, 1);
        ours = ::socket(AF_INET, SOCK_STREAM, 0);
        ::connect(ours, generic, length);
        theirs = ::accept(listener, nullptr, nullptr);
        ::close(listener);
        peer = u"127.0.0.1:%1"_s.arg(ntohs(address.sin_port));
    }

    int ours = -1;
    int theirs = -1;
    QString peer;
};

} // namespace

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
    QTest::newRow("closes its end") << false;
    QTest::newRow("writes on, which our system answers with a reset") << true;
}

void TestPeerWatch::waitsForTheServer()
{
    QFETCH(const bool, writes);
    const SteadyClock clock;
    Connection connection;
    PeerWatch watch(clock);
    bool done = false;
    ::close(connection.ours);
    watch.add(connection.peer, [&done] { done = true; });
    const qint64 closedUs = clock.nowUs();
    // Far longer than the grace that a connection without a trace is given.
    QVERIFY(QTest::qWaitFor(
        [&] { return done || clock.nowUs() - closedUs > 4 * PeerWatch::GraceUs; }, 10000));
    QVERIFY(!done);
    const qint64 letGoUs = clock.nowUs();
    if (writes)
        QCOMPARE(::send(connection.theirs, "late", 4, MSG_NOSIGNAL), ssize_t(4));
    else
        ::close(connection.theirs);
    QVERIFY(QTest::qWaitFor([&] { return done; }, 10000));
    QVERIFY(clock.nowUs() - letGoUs >= PeerWatch::GraceUs);
    if (writes)
        ::close(connection.theirs);
}

QTEST_GUILESS_MAIN(TestPeerWatch)
#include "tst_peerwatch.moc"

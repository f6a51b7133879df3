// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/lingeringsockets.h"
#include "tests/support/fakeclock.h"
#include "tests/support/loopbackconnection.h"

#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr int TurnsOfTheLoop = 50;

/** One connection that lingers, and its server's end; time passes only as the test says. */
struct Rig
{
    Rig()
    {
        auto kept = keepSockets({connection.port}, [](int) { return false; }, 0);
        connection.closeOurs();
        if (!kept || kept->size() != 1)
            qFatal("The connection was not found");
        lingering.add(std::move(kept->front()), [this] { done = true; });
    }
    /** The server writes \a bytes, or as many as there is room for. */
    void write(qsizetype bytes = 4)
    {
        const QByteArray data(bytes, 'x');
        const ssize_t sent = ::send(connection.theirs, data.constData(), std::size_t(bytes),
                                    MSG_NOSIGNAL | MSG_DONTWAIT);
        reset = reset || (sent < 0 && (errno == EPIPE || errno == ECONNRESET));
    }
    /** True when our end has said that nothing more comes. */
    bool sawEnd()
    {
        char byte = 0;
        return ::recv(connection.theirs, &byte, 1, MSG_DONTWAIT) == 0;
    }
    /** True when our end has reset the connection. */
    bool sawReset()
    {
        int error = 0;
        socklen_t length = sizeof error;
        ::getsockopt(connection.theirs, SOL_SOCKET, SO_ERROR, &error, &length);
        reset = reset || error == EPIPE || error == ECONNRESET; // Told once.
        return reset;
    }
    bool isDone()
    {
        return QTest::qWaitFor([this] { return done; }, 20000);
    }
    /** Whatever there is to do is done, and it is not over. */
    bool staysOpen()
    {
        for (int i = 0; i < TurnsOfTheLoop && !done; ++i)
            QTest::qWait(0);
        return !done;
    }

    LoopbackConnection connection;
    FakeClock clock;
    LingeringSockets lingering{clock};
    bool done = false;
    bool reset = false;
};

} // namespace

/** On real sockets: what the server sees of it, and when it is over. */
class TestLingeringSockets : public QObject
{
    Q_OBJECT

private slots:
    void isOverWithTheServersFin();
    void isOverWithTheServersReset();
    void lateAnswerIsNoReset();
    void resets_data();
    void resets();
    void holdsItsDescriptor();
};

void TestLingeringSockets::isOverWithTheServersFin()
{
    Rig rig;
    QTRY_VERIFY_WITH_TIMEOUT(rig.sawEnd(), 20000);
    rig.clock.advanceUs(LingeringSockets::PatienceUs - 1);
    QVERIFY(rig.staysOpen());
    rig.connection.closeTheirs();
    QVERIFY(rig.isDone());
    QCOMPARE(rig.lingering.count(), 0);
}

void TestLingeringSockets::isOverWithTheServersReset()
{
    Rig rig;
    const linger atOnce{1, 0};
    ::setsockopt(rig.connection.theirs, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    QVERIFY(rig.staysOpen());
    rig.connection.closeTheirs();
    QVERIFY(rig.isDone());
}

/** A server that had its answer under way is not reset, so that its closing can be seen. */
void TestLingeringSockets::lateAnswerIsNoReset()
{
    Rig rig;
    rig.write(20'000);
    QVERIFY(rig.staysOpen());
    rig.clock.advanceUs(LingeringSockets::WritingUs - 1);
    rig.write();
    QVERIFY(rig.staysOpen());
    QVERIFY(rig.sawEnd() && !rig.sawReset());
    rig.connection.closeTheirs();
    QVERIFY(rig.isDone());
}

void TestLingeringSockets::resets_data()
{
    QTest::addColumn<qint64>("passUs");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("does nothing") << LingeringSockets::PatienceUs << qint64(0);
    QTest::newRow("writes on") << LingeringSockets::WritingUs << qint64(4);
    QTest::newRow("writes very much") << qint64(0) << 2 * LingeringSockets::DiscardMaxBytes;
}

void TestLingeringSockets::resets()
{
    QFETCH(const qint64, passUs);
    QFETCH(const qint64, bytes);
    Rig rig;
    constexpr qint64 Chunk = 50'000;
    if (bytes > 0)
        rig.write();
    QVERIFY(rig.staysOpen());
    QVERIFY(!rig.sawReset());
    rig.clock.advanceUs(passUs);
    for (qint64 sent = 0; sent < bytes; sent += Chunk) {
        rig.write(qMin(bytes, Chunk));
        QVERIFY(rig.staysOpen());
    }
    QTRY_VERIFY_WITH_TIMEOUT(rig.sawReset(), 20000);
    // It has time to notice.
    rig.clock.advanceUs(LingeringSockets::GraceUs - 1);
    QVERIFY(rig.staysOpen());
    rig.clock.advanceUs(1'000'000); // No round trip here takes that long.
    QVERIFY(rig.isDone());
}

void TestLingeringSockets::holdsItsDescriptor()
{
    LoopbackConnection connection;
    FakeClock clock;
    LingeringSockets lingering(clock);
    auto kept = keepSockets({connection.port}, [](int) { return false; }, 0);
    QVERIFY(kept && kept->size() == 1);
    const int descriptor = kept->front().descriptor();
    QVERIFY(!lingering.holds(descriptor));
    lingering.add(std::move(kept->front()), {});
    QVERIFY(lingering.holds(descriptor));
    connection.closeTheirs();
    QTRY_COMPARE_WITH_TIMEOUT(lingering.count(), 0, 20000);
    QVERIFY(!lingering.holds(descriptor));
}

QTEST_GUILESS_MAIN(TestLingeringSockets)
#include "tst_lingeringsockets.moc"

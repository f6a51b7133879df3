// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"
#include "tests/support/testresult.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestSocketCounter : public QObject
{
    Q_OBJECT

private slots:
    void countsByPeer_data();
    void countsByPeer();
};

void TestSocketCounter::countsByPeer_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("written");
    QTest::newRow("IPv4") << u"127.0.0.2"_s << u"127.0.0.2"_s;
    QTest::newRow("IPv6") << u"::1"_s << u"[::1]"_s;
}

void TestSocketCounter::countsByPeer()
{
    QFETCH(const QString, address);
    QFETCH(const QString, written);
    QTcpServer server;
    QVERIFY2(server.listen(QHostAddress(address)), qPrintable(server.errorString()));
    const QString peer = written + u':' + QString::number(server.serverPort());
    const auto before = countOpenSockets();
    VERIFY_RESULT(before);
    QCOMPARE(before->byPeer.count(peer), std::size_t(0));

    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 5; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QHostAddress(address), server.serverPort());
    }
    for (const auto &socket : sockets)
        QVERIFY(QTest::qWaitFor([&] { return socket->state() == QTcpSocket::ConnectedState; }));
    QCOMPARE(countOpenSockets()->byPeer.at(peer), 5);
    sockets.resize(2);
    QCOMPARE(countOpenSockets()->byPeer.at(peer), 2);
    sockets.clear();
    QCOMPARE(countOpenSockets()->byPeer.count(peer), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestSocketCounter)
#include "tst_socketcounter.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loopbackserver.h"
#include "tests/support/transportrig.h"

#include <QTest>

#include <array>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

/** Listens and accepts nothing: its queue is full, so the system drops what comes. */
class FullListener
{
public:
    FullListener() : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_listener, generic, length) != 0 || ::listen(m_listener, 0) != 0
            || ::getsockname(m_listener, generic, &length) != 0)
            qFatal("No listener");
        m_port = ntohs(address.sin_port);
        for (int &filler : m_fillers) {
            filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(filler, generic, length);
        }
    }
    ~FullListener()
    {
        for (const int filler : m_fillers)
            ::close(filler);
        ::close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(FullListener)

    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/"_s.arg(m_port)); }

private:
    int m_listener;
    quint16 m_port = 0;
    std::array<int, 4> m_fillers{};
};

} // namespace

/** Connections: opened, used again, given up. */
class TestQnamConnections : public QObject
{
    Q_OBJECT

private slots:
    void neverCallsBackFromStart();
    void abort();
    void abortHeldBack();
    void eachTriesAgain();
    void eachConnectsAgain();
    void resentPostIsCounted();
    void resolve();
    void phases();
    void eachConnectionIsTold();
};

void TestQnamConnections::neverCallsBackFromStart()
{
    TransportRig rig;
    rig.transport.start(to(QUrl(u"gopher://x/"_s)), 1);
    QVERIFY(rig.finished.empty());
    QVERIFY(rig.wait());
    QCOMPARE(rig.responses[0].error->code, ErrorCode::InvalidUrl);
}

void TestQnamConnections::abort()
{
    ScriptedReply silent;
    silent.never = true;
    LoopbackServer server(always(silent));
    TransportRig rig;
    const ExchangeId id = rig.transport.start(to(server.url()), 7);
    QVERIFY(QTest::qWaitFor([&] { return server.requests().size() == 1; }));
    rig.transport.abort(id);
    QVERIFY(rig.finished.empty()); // not from inside abort()
    QVERIFY(rig.wait());
    QCOMPARE(rig.responses[0].error->code, ErrorCode::Cancelled);
    QCOMPARE(rig.closed, (std::vector<quint64>{7}));
    rig.transport.abort(id); // harmless
}

void TestQnamConnections::abortHeldBack()
{
    ScriptedReply silent;
    silent.never = true;
    LoopbackServer server(always(silent)); // speaks no TLS, so the first request never gets through
    TransportRig rig;
    QUrl url = server.url();
    url.setScheme(u"https"_s);
    const ExchangeId first = rig.transport.start(to(url), 1);
    const ExchangeId second = rig.transport.start(to(url), 2);
    const ExchangeId third = rig.transport.start(to(url), 3);
    rig.transport.abort(second);
    QVERIFY(rig.wait(1));
    QCOMPARE(rig.closed, (std::vector<quint64>{2}));
    QVERIFY(QTest::qWaitFor([&] { return server.connectionCount() == 1; }));
    rig.transport.abort(first);
    QVERIFY(rig.wait(2));
    QVERIFY(QTest::qWaitFor([&] { return server.connectionCount() == 2; })); // the third tries
    rig.transport.abort(third);
    QVERIFY(rig.wait(3));
}

/** A handshake that never ends takes nobody else with it. */
void TestQnamConnections::eachTriesAgain()
{
    ScriptedReply silent;
    silent.never = true;
    LoopbackServer server(always(silent)); // speaks no TLS
    TransportRig rig;
    QUrl url = server.url();
    url.setScheme(u"https"_s);
    for (int i = 1; i <= 4; ++i) {
        const ExchangeId id = rig.transport.start(to(url), quint64(i));
        QVERIFY(QTest::qWaitFor([&] { return server.connectionCount() == i; }));
        rig.transport.abort(id);
        QVERIFY(QTest::qWaitFor([&] { return int(rig.closed.size()) == i; }));
    }
}

/** The same without TLS: a host that does not answer at all, because its queue is full. */
void TestQnamConnections::eachConnectsAgain()
{
    const FullListener listener;
    TransportRig rig;
    for (int i = 1; i <= 3; ++i) {
        const ExchangeId id = rig.transport.start(to(listener.url()), quint64(i));
        QTRY_COMPARE(int(rig.began.size()), i);
        rig.transport.abort(id);
        QVERIFY(QTest::qWaitFor([&] { return int(rig.closed.size()) == i; }));
    }
}

void TestQnamConnections::resentPostIsCounted()
{
    LoopbackServer server([](const ReceivedRequest &request) {
        return request.connection == 0 ? raw(QByteArray(), true)
                                       : ScriptedReply::of("200 OK", "hello");
    });
    TransportRig rig;
    PreparedRequest request = to(server.url(), "POST");
    request.body = "once";
    const Response response = rig.run(request);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.timesSent, int(server.requests().size()));
    QVERIFY(response.timesSent > 1);
    // The connection that it was sent over in the end serves the next one, which opens none.
    const int connections = server.connectionCount();
    QCOMPARE(int(rig.began.size()), connections);
    QVERIFY(!rig.run(to(server.url())).timings.isNewConnection());
    QCOMPARE(server.connectionCount(), connections);
}

void TestQnamConnections::resolve()
{
    LoopbackServer server(ok());
    TransportRig rig;
    QUrl url = server.url();
    url.setHost(u"service.test"_s);
    PreparedRequest request = to(url);
    request.resolve = {u"other.test:%1:127.0.0.9"_s.arg(server.port()),
                       u"service.test:%1:127.0.0.1"_s.arg(server.port())};
    const Response response = rig.run(request);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.url, url);
    QCOMPARE(server.requests().at(0).headers.value("host"),
             "service.test:" + QByteArray::number(server.port()));
}

void TestQnamConnections::phases()
{
    LoopbackServer server(ok());
    TransportRig rig;
    const PhaseTimings first = rig.run(to(server.url())).timings;
    const PhaseTimings second = rig.run(to(server.url())).timings;
    QVERIFY(first.isNewConnection());
    QVERIFY(!second.isNewConnection());
    for (const PhaseTimings &timings : {first, second}) {
        QVERIFY(timings.sentUs > 0);
        QVERIFY(timings.headersUs >= timings.sentUs);
        QVERIFY(timings.finishedUs >= timings.headersUs);
    }
    QCOMPARE(server.connectionCount(), 1);
}

void TestQnamConnections::eachConnectionIsTold()
{
    LoopbackServer server([](const ReceivedRequest &request) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "hello");
        reply.delayMs = 5;
        reply.never = request.target == "/never";
        reply.closeAfter = request.target == "/close";
        return reply;
    });
    TransportRig rig;
    std::vector<ExchangeId> aborted;
    for (quint64 i = 0; i < 30; ++i) {
        const QString path = i % 3 == 0 ? u"/never"_s : i % 3 == 1 ? u"/close"_s : u"/"_s;
        const ExchangeId id = rig.transport.start(to(server.url(path)), i);
        if (i % 3 == 0)
            aborted.push_back(id);
    }
    QVERIFY(QTest::qWaitFor([&] { return rig.closed.size() >= 20; }, 20000));
    for (const ExchangeId id : aborted)
        rig.transport.abort(id);
    QVERIFY(rig.wait(30));
    QTRY_COMPARE(int(rig.began.size()), server.connectionCount());
    QCOMPARE(rig.began.count(u"http://127.0.0.1:%1"_s.arg(server.port())), rig.began.size());
}

QTEST_GUILESS_MAIN(TestQnamConnections)
#include "tst_qnamconnections.moc"

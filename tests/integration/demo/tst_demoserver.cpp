// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/demoserverprocess.h"
#include "tests/support/rawclient.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

#include <signal.h>

using namespace Qt::StringLiterals;

namespace {

const QByteArray bearer = "Authorization: Bearer demo-ada\r\n";

using Clients = std::vector<std::unique_ptr<RawClient>>;

void addClients(Clients &clients, int count, quint16 port, const QByteArray &path,
                const QString &address = u"127.0.0.1"_s)
{
    for (int i = 0; i < count; ++i)
        clients.push_back(
            std::make_unique<RawClient>(port, "GET", path, QByteArray(), QByteArray(), address));
}

bool finishAll(Clients &clients)
{
    return std::ranges::all_of(clients, [](const auto &each) { return each->finish(); });
}

} // namespace

class TestDemoServer final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void answers_data();
    void answers();
    void breaksRepliesOnRequest();
    void sendsWhatIsAskedFor_data();
    void sendsWhatIsAskedFor();
    void keepsWhatClientsChange();
    void seesEveryRequestAtOnce();
    void statsStartAgain();
    void workersLimitThroughput();
    void rejectsAboveTheLimit();
    void rejectionFollowsTheWorkers();
    void noticesClientsThatLeave();
    void refusesNonsense_data();
    void refusesNonsense();
    void stopsOnTerminate();
    void leavesWithItsParent();

private:
    QJsonObject stats() { return m_server->stats(); }

    std::unique_ptr<DemoServerProcess> m_server;
};

void TestDemoServer::init()
{
    m_server = std::make_unique<DemoServerProcess>();
}

void TestDemoServer::answers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contains");

    const auto row = [](QByteArray method, QByteArray path, int status, QByteArray contains,
                        QByteArray headers = {}, QByteArray body = {}) {
        QTest::addRow("%s %s %d", method.constData(), path.constData(), status)
            << method << path << headers << body << status << contains;
    };
    row("GET", "/", 200, "/users");
    row("GET", "/json", 200, "\"title\":\"Demo\"");
    row("HEAD", "/json", 200, "");
    row("GET", "/slow?ms=1", 200, "true");
    row("GET", "/status/418", 418, "418");
    row("DELETE", "/status/204", 204, "");
    row("GET", "/status/999", 400, "between");
    row("GET", "/redirect/2", 302, "");
    row("GET", "/nowhere", 404, "GET /");
    row("DELETE", "/json", 405, "method");
    row("POST", "/login", 200, "demo-ada", "", R"({"user":"ada","password":"x"})");
    row("POST", "/login", 401, "password", "", R"({"user":"ada"})");
    row("POST", "/login", 401, "password", "", "not JSON");
    row("GET", "/me", 401, "token");
    row("GET", "/me", 200, "\"user\":\"ada\"", bearer);
    row("GET", "/basic-auth/ada/secret", 401, "Wrong");
    row("GET", "/basic-auth/ada/secret", 200, "ada", "Authorization: Basic YWRhOnNlY3JldA==\r\n");
    row("GET", "/cookies", 200, "\"b\":\"2\"", "Cookie: a=1; b=2\r\n");
    row("GET", "/headers", 200, "\"X-One\":\"1\"", "X-One: 1\r\n");
    row("PATCH", "/anything?a=b%20c", 200, "\"a\":\"b c\"", "", "text");
    row("GET", "/users?q=ada&per_page=1", 200, "\"id\":9007199254740993");
    row("GET", "/users/9007199254740993", 200, "\"balance\":1204.10");
    row("GET", "/users/1", 404, "no such user");
    row("POST", "/users", 401, "Sign in", "", R"({"name":"Zed"})");
    row("POST", "/users", 400, "name", bearer, "{}");
    row("GET", "/orders?status=paid&per_page=1", 200, "\"status\":\"paid\"");
    row("POST", "/orders", 201, "\"item\":\"lamp\"", bearer, R"({"item":"lamp"})");
    row("PUT", "/orders/1001", 200, "\"quantity\":7", bearer, R"({"item":"lamp","quantity":7})");
    row("GET", "/reports/sales", 200, "\"lamp\"");
    row("GET", "/reports/orders.csv", 200, "id,user,item");
}

void TestDemoServer::answers()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, contains);
    QVERIFY(m_server->start({u"--service=0"_s}));
    RawClient client(m_server->port(), method, path, headers, body);
    QVERIFY(client.finish());
    QTEST(client.status(), "status");
    QVERIFY2(client.body().contains(contains), client.body().constData());
    QCOMPARE(client.header("X-In-Flight"), "1");
}

void TestDemoServer::breaksRepliesOnRequest()
{
    QVERIFY(m_server->start({u"--service=0"_s}));
    RawClient garbage(m_server->port(), "GET", "/garbage");
    RawClient truncated(m_server->port(), "GET", "/truncated");
    RawClient reset(m_server->port(), "GET", "/reset");
    QVERIFY(garbage.finish() && truncated.finish() && reset.finish());
    QVERIFY(garbage.status() == 0 && !garbage.received().isEmpty());
    QVERIFY(truncated.body().size() < truncated.header("Content-Length").toInt());
    QVERIFY(reset.received().isEmpty());
    QCOMPARE(stats().value("inFlight"_L1).toInt(), 0);
}

void TestDemoServer::sendsWhatIsAskedFor_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("none") << QByteArray("/bytes/0") << qint64(0);
    QTest::newRow("one") << QByteArray("/bytes/1") << qint64(1);
    QTest::newRow("large") << QByteArray("/bytes/30000000") << qint64(30'000'000);
}

void TestDemoServer::sendsWhatIsAskedFor()
{
    QFETCH(QByteArray, path);
    QVERIFY(m_server->start({u"--service=0"_s}));
    RawClient client(m_server->port(), "GET", path);
    QVERIFY(client.finish());
    QTEST(qint64(client.body().size()), "bytes");

    RawClient json(m_server->port(), "GET", "/json/large?bytes=500000");
    QVERIFY(json.finish());
    const QJsonArray array = QJsonDocument::fromJson(json.body()).array();
    QVERIFY(array.size() > 1000);
    QCOMPARE(array.first().toObject().value("id"_L1).toInteger(), 9'007'199'254'740'993);

    RawClient events(m_server->port(), "GET", "/stream?n=3&ms=1");
    QVERIFY(events.finish());
    QCOMPARE(events.body().count("data: "), 3);
}

void TestDemoServer::keepsWhatClientsChange()
{
    QVERIFY(m_server->start({u"--service=0"_s}));
    const quint16 port = m_server->port();
    RawClient create(port, "POST", "/users", bearer, R"({"name":"Zoe Zed"})");
    QVERIFY(create.finish());
    QCOMPARE(create.status(), 201);
    const QByteArray user = create.header("Location");

    RawClient rename(port, "PATCH", user, bearer, R"({"name":"Zoe \"Z\" Zed"})");
    QVERIFY(rename.finish());
    RawClient read(port, "GET", user);
    QVERIFY(read.finish());
    QCOMPARE(QJsonDocument::fromJson(read.body()).object().value("name"_L1).toString(),
             u"Zoe \"Z\" Zed"_s);

    RawClient remove(port, "DELETE", user, bearer);
    QVERIFY(remove.finish());
    QCOMPARE(remove.status(), 204);
    RawClient gone(port, "GET", user);
    QVERIFY(gone.finish());
    QCOMPARE(gone.status(), 404);
}

void TestDemoServer::seesEveryRequestAtOnce()
{
    QVERIFY(m_server->start({u"--workers=2"_s, u"--address=127.0.0.1,127.0.0.2"_s}));
    Clients clients;
    addClients(clients, 12, m_server->port(), "/hang");
    addClients(clients, 5, m_server->port(), "/hang", u"127.0.0.2"_s);
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 17);

    const QJsonObject seen = stats();
    QCOMPARE(seen.value("peakInFlight"_L1).toInt(), 17);
    QCOMPARE(seen.value("peakConnections"_L1).toInt(), 17);
    QCOMPARE(seen.value("requests"_L1).toInt(), 17);
    const QJsonObject addresses = seen.value("addresses"_L1).toObject();
    QCOMPARE(addresses.value("127.0.0.1"_L1).toObject().value("peakInFlight"_L1).toInt(), 12);
    QCOMPARE(addresses.value("127.0.0.2"_L1).toObject().value("peakConnections"_L1).toInt(), 5);
}

void TestDemoServer::statsStartAgain()
{
    QVERIFY(m_server->start());
    Clients clients;
    addClients(clients, 3, m_server->port(), "/hang");
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 3);
    clients.pop_back();
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 2);
    RawClient reset(m_server->port(), "POST", "/__stats/reset");
    QVERIFY(reset.finish());
    QCOMPARE(stats().value("peakInFlight"_L1).toInt(), 2);
    QCOMPARE(stats().value("peakConnections"_L1).toInt(), 2);
    QCOMPARE(stats().value("requests"_L1).toInt(), 0);
}

void TestDemoServer::workersLimitThroughput()
{
    constexpr int requests = 12;
    constexpr int workers = 3;
    constexpr int serviceMs = 20;
    QVERIFY(m_server->start({u"--workers=%1"_s.arg(workers), u"--service=%1ms"_s.arg(serviceMs)}));
    QElapsedTimer timer;
    timer.start();
    Clients clients;
    addClients(clients, requests, m_server->port(), "/json");
    QVERIFY(finishAll(clients));
    QVERIFY(timer.elapsed() >= requests / workers * serviceMs);
    QCOMPARE(stats().value("requests"_L1).toInt(), requests);
}

void TestDemoServer::rejectsAboveTheLimit()
{
    QVERIFY(m_server->start({u"--reject-above=4"_s}));
    Clients held;
    addClients(held, 4, m_server->port(), "/hang");
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 4);
    RawClient tooMany(m_server->port(), "GET", "/json");
    QVERIFY(tooMany.finish());
    QCOMPARE(tooMany.status(), 429);
    QCOMPARE(tooMany.header("Retry-After"), "1");
    QCOMPARE(tooMany.header("X-In-Flight"), "5");
    QCOMPARE(stats().value("rejected"_L1).toInt(), 1);
}

void TestDemoServer::rejectionFollowsTheWorkers()
{
    QVERIFY(m_server->start({u"--workers=8"_s, u"--reject-above=4"_s}));
    RawClient halved(m_server->port(), "POST", "/__workers/4");
    QVERIFY(halved.finish());
    Clients held;
    addClients(held, 2, m_server->port(), "/hang");
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 2);
    RawClient tooMany(m_server->port(), "GET", "/json");
    QVERIFY(tooMany.finish());
    QCOMPARE(tooMany.status(), 429);
}

void TestDemoServer::noticesClientsThatLeave()
{
    QVERIFY(m_server->start({u"--workers=1"_s}));
    Clients clients;
    addClients(clients, 3, m_server->port(), "/slow?ms=600000");
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 3);
    for (auto &client : clients)
        client->abort();
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 0);
    QCOMPARE(stats().value("aborted"_L1).toInt(), 3);
    QCOMPARE(stats().value("connections"_L1).toInt(), 0);
}

void TestDemoServer::refusesNonsense_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{u"--speed"_s, u"9"_s};
    QTest::newRow("no value") << QStringList{u"--workers"_s};
    QTest::newRow("not a number") << QStringList{u"--workers=many"_s};
    QTest::newRow("no worker") << QStringList{u"--workers=0"_s};
    QTest::newRow("port") << QStringList{u"--port=70000"_s};
    QTest::newRow("time") << QStringList{u"--service=soon"_s};
    QTest::newRow("not loopback") << QStringList{u"--address=0.0.0.0"_s};
    QTest::newRow("not an address") << QStringList{u"--address=127.0.0.x"_s};
    QTest::newRow("jitter") << QStringList{u"--jitter=nan"_s};
}

void TestDemoServer::refusesNonsense()
{
    QFETCH(QStringList, arguments);
    QProcess process;
    process.start(qEnvironmentVariable("SLUICE_BIN_DIR") + u"/sluice-cli"_s,
                  QStringList{u"demo-server"_s} + arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardOutput().isEmpty());
    QVERIFY(!process.readAllStandardError().isEmpty());
}

void TestDemoServer::stopsOnTerminate()
{
    QVERIFY(m_server->start());
    Clients clients;
    addClients(clients, 2, m_server->port(), "/hang");
    QTRY_COMPARE(stats().value("inFlight"_L1).toInt(), 2);
    QCOMPARE(m_server->stop(), 0);
}

void TestDemoServer::leavesWithItsParent()
{
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, u"\"$SLUICE_BIN_DIR\"/sluice-cli demo-server --port 0 "
                                   "--exit-with-parent & wait"_s});
    QVERIFY(shell.waitForReadyRead());
    const QByteArray line = shell.readLine().trimmed();
    const quint16 port = line.mid(line.lastIndexOf(':') + 1).toUShort();
    QVERIFY(port != 0);
    RawClient before(port, "GET", "/");
    QVERIFY(before.finish());
    QCOMPARE(before.status(), 200);

    ::kill(pid_t(shell.processId()), SIGKILL);
    shell.waitForFinished();
    const auto answers = [port] {
        RawClient after(port, "GET", "/__stats");
        after.finish();
        return after.status() == 200;
    };
    QTRY_VERIFY(!answers());
}

QTEST_GUILESS_MAIN(TestDemoServer)
#include "tst_demoserver.moc"

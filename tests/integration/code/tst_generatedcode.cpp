// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/codetargets.h"
#include "tests/integration/code/coderunner.h"
#include "tests/support/demoserverprocess.h"
#include "tests/support/testresult.h"

#include <QTcpServer>

#include <algorithm>

using namespace Sluice;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(CodeRunner)

/** Runs the code that the limits are written as; the server says how many it saw at once. */
class TestGeneratedCode final : public QObject
{
    Q_OBJECT

private slots:
    void holdsTheLimits_data();
    void holdsTheLimits();
    void locustHoldsTheLimits();
    void nginxHoldsTheLimit();
};

namespace {

constexpr int Requests = 60;

/** Two hosts, and never a worker too few: only the client limits. */
bool startServer(DemoServerProcess &server)
{
    return server.start({u"--address"_s, u"127.0.0.1,127.0.0.2"_s, u"--workers"_s, u"500"_s,
                         u"--service"_s, u"200ms"_s});
}

QStringList urlsOf(const DemoServerProcess &server)
{
    QStringList urls;
    for (int i = 0; i < Requests; ++i)
        urls += u"http://127.0.0.%1:%2/json"_s.arg(i % 2 + 1).arg(server.port());
    return urls;
}

int peakOf(const QJsonObject &stats, const QString &address)
{
    return stats[u"addresses"_s][address][u"peakInFlight"_s].toInt();
}

QString fileNameOf(const QString &target)
{
    for (const CodeTarget &each : codeTargets()) {
        if (each.id == target)
            return each.fileName;
    }
    return {};
}

/** Whether a busy machine kept the client from reaching its limits; then it may try again. */
bool isBelow(const QJsonObject &stats, int total, int perHost)
{
    return stats[u"peakInFlight"_s].toInt() < (perHost > 0 ? std::min(total, 2 * perHost) : total);
}

void compareWithLimits(const QJsonObject &stats, int total, int perHost)
{
    const int one = peakOf(stats, u"127.0.0.1"_s);
    const int other = peakOf(stats, u"127.0.0.2"_s);
    const int all = stats[u"peakInFlight"_s].toInt();
    qInfo("limits %d in all, %d a host: saw %d in all, %d and %d", total, perHost, all, one, other);
    QCOMPARE(all, perHost > 0 ? std::min(total, 2 * perHost) : total);
    if (perHost > 0) {
        QVERIFY(one <= perHost && other <= perHost);
        if (2 * perHost <= total) {
            QCOMPARE(one, perHost);
            QCOMPARE(other, perHost);
        }
    }
}

} // namespace

void TestGeneratedCode::holdsTheLimits_data()
{
    QTest::addColumn<CodeRunner>("runner");
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("perHost");

    for (const CodeRunner &runner : codeRunners()) {
        const QByteArray name = runner.target.toLatin1();
        if (!isInstalled(runner)) {
            qInfo("%s: what it needs is not installed; its rows are left out", name.constData());
            continue;
        }
        QTest::addRow("%s, total", name.constData())
            << runner << 12 << (runner.limitsHosts ? 8 : 0);
        if (runner.limitsHosts)
            QTest::addRow("%s, each host", name.constData()) << runner << 50 << 5;
    }
}

void TestGeneratedCode::holdsTheLimits()
{
    QFETCH(CodeRunner, runner);
    QFETCH(int, total);
    QFETCH(int, perHost);
    DemoServerProcess server;
    QVERIFY(startServer(server));
    const Result<QString> code = generateCode(
        runner.target, {{.total = total, .perHost = perHost}, server.url(u"/json"_s), {}});
    VERIFY_RESULT(code);
    CodeFolder folder;
    QJsonObject stats;
    for (int attempt = 0; attempt < 3; ++attempt) {
        QVERIFY(server.resetStats());
        const Result<QByteArray> output =
            folder.run(runner, fileNameOf(runner.target), *code, urlsOf(server));
        VERIFY_RESULT(output);
        QCOMPARE(output->count("200"), Requests);
        stats = server.stats();
        QVERIFY(stats[u"requests"_s].toInt() >= Requests);
        if (!isBelow(stats, total, perHost))
            break;
    }
    compareWithLimits(stats, total, perHost);
}

void TestGeneratedCode::locustHoldsTheLimits()
{
    const CodeRunner locust{u"locust"_s,
                            {u"/usr/bin/locust"_s, u"--headless"_s, u"-f"_s, u"FILE"_s,
                             u"--users"_s, u"12"_s, u"--spawn-rate"_s, u"100"_s, u"--run-time"_s,
                             u"5s"_s},
                            {u"/usr/bin/locust"_s, u"--version"_s}};
    if (!isInstalled(locust)) {
        qInfo("locust: not installed, nothing to compare");
        return;
    }
    DemoServerProcess server;
    QVERIFY(startServer(server));
    qputenv("URLS", urlsOf(server).join(u' ').toLatin1());
    const Result<QString> code =
        generateCode(u"locust"_s, {{.total = 12, .perHost = 8}, server.url(u"/json"_s), {}});
    VERIFY_RESULT(code);
    CodeFolder folder;
    VERIFY_RESULT(folder.run(locust, u"locustfile.py"_s, *code, {}));
    compareWithLimits(server.stats(), 12, 8);
}

// nginx cannot queue: what is over the limit is refused, and the server sees no more than it.
void TestGeneratedCode::nginxHoldsTheLimit()
{
    const CodeRunner nginx{
        u"nginx"_s,
        {u"sh"_s, u"-c"_s,
         u"nginx -p \"$(dirname FILE)\" -c FILE & "
         "for i in $(seq 50); do test -s \"$(dirname FILE)/pid\" && break; sleep "
         "0.1; done; sh \"$(dirname FILE)/load.sh\"; kill $(cat \"$(dirname "
         "FILE)/pid\"); wait"_s},
        {u"sh"_s, u"-c"_s, u"command -v nginx && command -v curl"_s}};
    if (!isInstalled(nginx)) {
        qInfo("nginx: not installed, nothing to compare");
        return;
    }
    QTcpServer port;
    QVERIFY(port.listen(QHostAddress::LocalHost));
    const QString listen = u"127.0.0.1:%1"_s.arg(port.serverPort());
    port.close();
    DemoServerProcess server;
    QVERIFY(startServer(server));
    const Result<QString> code =
        generateCode(u"nginx"_s, {{.total = 12, .perHost = 8}, server.url(u"/json"_s), {}});
    VERIFY_RESULT(code);
    QString proxy = *code;
    proxy.replace(u"127.0.0.1:8081"_s, listen);
    CodeFolder folder;
    const QString config =
        u"daemon off;\nworker_processes 2;\npid %1;\nerror_log stderr crit;\n"
        "events {}\nhttp {\naccess_log off;\n%2}\n"_s.arg(folder.path(u"pid"_s), proxy);
    const Result<QString> load = generateCode(u"curl"_s, {{.total = 60}, {}, {}});
    VERIFY_RESULT(load);
    QFile script(folder.path(u"load.sh"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(load->toUtf8());
    script.close();
    QStringList urls;
    for (int i = 0; i < Requests; ++i)
        urls += u"http://%1/json"_s.arg(listen);
    VERIFY_RESULT(folder.run(nginx, u"nginx.conf"_s, config, urls));
    QCOMPARE(server.stats()[u"peakInFlight"_s].toInt(), 8);
}

QTEST_GUILESS_MAIN(TestGeneratedCode)
#include "tst_generatedcode.moc"

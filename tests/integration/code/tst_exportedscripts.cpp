// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"
#include "tests/support/demoserverprocess.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace Sluice::Test;

/** Runs what `sluice-cli export` writes for load generators against the demo server. */
class TestExportedScripts final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void locustHoldsTheLimitsOverWorkers();
    void locustChecksTheShop();
    void k6ChecksTheShop();
    void newmanChecksTheShop();
    void curlSendsTheShop();

private:
    QString exported(const QString &target, const QStringList &arguments);
    QByteArray runLocust(const QString &script, int workers);

    QTemporaryDir m_folder;
    DemoServerProcess m_server;
};

namespace {

constexpr int PatienceMs = 120'000;
// Debian's own: a Python from elsewhere on the PATH does not see its packages.
const QString Python = u"/usr/bin/python3"_s;

bool isInstalled(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(PatienceMs) && process.exitCode() == 0;
}

QString locustLauncher()
{
    return qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/integration/code/run_locust.py"_s;
}

QString sample(const QString &name)
{
    return qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/resources/samples/"_s + name;
}

int peakOf(const QJsonObject &stats, const QString &address)
{
    return stats[u"addresses"_s][address][u"peakInFlight"_s].toInt();
}

} // namespace

void TestExportedScripts::init()
{
    if (m_server.port() == 0) {
        QVERIFY(m_server.start(
            {u"--address=127.0.0.1,127.0.0.2"_s, u"--workers=500"_s, u"--service=250ms"_s}));
    }
    QVERIFY(m_server.resetStats());
}

QString TestExportedScripts::exported(const QString &target, const QStringList &arguments)
{
    const QString path = m_folder.filePath(target == "k6"_L1       ? u"plan.mjs"_s
                                           : target == "locust"_L1 ? u"locustfile.py"_s
                                                                   : u"exported."_s + target);
    const CliResult result =
        runCli(QStringList{u"export"_s, u"--to"_s, target, u"-o"_s, path} + arguments);
    if (result.status != 0)
        qWarning("%s", result.err.constData());
    return result.status == 0 ? path : QString();
}

/** What Locust says at its end: from one process, or from a master with \a workers. */
QByteArray TestExportedScripts::runLocust(const QString &script, int workers)
{
    QStringList arguments{
        locustLauncher(), u"--headless"_s, u"--only-summary"_s, u"--stop-timeout"_s, u"10"_s,
        u"-f"_s,          script};
    std::array<QProcess, 2> processes;
    if (workers > 0) {
        QTcpServer free;
        if (!free.listen(QHostAddress::LocalHost))
            return {};
        const QString port = QString::number(free.serverPort());
        free.close();
        arguments += {u"--master"_s,
                      u"--expect-workers"_s,
                      QString::number(workers),
                      u"--master-bind-host"_s,
                      u"127.0.0.1"_s,
                      u"--master-bind-port"_s,
                      port};
        for (int i = 0; i < workers; ++i) {
            processes[std::size_t(i)].start(Python, {locustLauncher(), u"--worker"_s,
                                                     u"--master-host"_s, u"127.0.0.1"_s,
                                                     u"--master-port"_s, port, u"-f"_s, script});
        }
    }
    QProcess master;
    master.setProcessChannelMode(QProcess::MergedChannels);
    master.start(Python, arguments);
    const bool hasEnded = master.waitForFinished(PatienceMs);
    master.kill();
    master.waitForFinished(PatienceMs);
    for (QProcess &process : processes) {
        process.waitForFinished(hasEnded ? 10'000 : 0);
        process.kill();
        process.waitForFinished(PatienceMs);
    }
    return hasEnded ? "exit " + QByteArray::number(master.exitCode()) + '\n' + master.readAll()
                    : QByteArray();
}

void TestExportedScripts::locustHoldsTheLimitsOverWorkers()
{
    if (!isInstalled(Python, {u"-c"_s, u"import locust"_s})) {
        qInfo("locust: not installed, nothing to compare");
        return;
    }
    const QString root = m_folder.filePath(u"two-hosts"_s);
    QVERIFY(writeFile(root + u"/opencollection.yml"_s,
                      "opencollection: 1.0.0\ninfo: { name: Two hosts }\n"));
    for (const char *host : {"1", "2"}) {
        QVERIFY(writeFile(root + u"/host%1.yml"_s.arg(QLatin1StringView(host)),
                          "info: { name: Host " + QByteArray(host)
                              + ", type: http }\n"
                                "http: { method: GET, url: \"http://127.0.0."
                              + host + ":{{port}}/json?n={{n}}\" }\n"));
    }
    QByteArray rows = "n\n";
    for (int i = 0; i < 60; ++i)
        rows += QByteArray::number(i) + '\n';
    const QString data = m_folder.filePath(u"rows.csv"_s);
    QVERIFY(writeFile(data, rows));
    const QString script =
        exported(u"locust"_s, {root, u"--env-var"_s, u"port=%1"_s.arg(m_server.port()), u"-d"_s,
                               data, u"--limit"_s, u"12"_s, u"--limit-per-host"_s, u"8"_s});
    QVERIFY(!script.isEmpty());
    const QByteArray output = runLocust(script, 2);
    QVERIFY2(output.startsWith("exit 0"), output.constData());
    const QJsonObject stats = m_server.stats();
    qInfo("12 in all, 8 a host, 2 workers: saw %d in all, %d and %d, %d requests",
          stats[u"peakInFlight"_s].toInt(), peakOf(stats, u"127.0.0.1"_s),
          peakOf(stats, u"127.0.0.2"_s), stats[u"requests"_s].toInt());
    QCOMPARE(stats[u"requests"_s].toInt(), 120);
    QCOMPARE(stats[u"peakInFlight"_s].toInt(), 12);
    QCOMPARE(peakOf(stats, u"127.0.0.1"_s), 6);
    QCOMPARE(peakOf(stats, u"127.0.0.2"_s), 6);
}

void TestExportedScripts::locustChecksTheShop()
{
    if (!isInstalled(Python, {u"-c"_s, u"import locust"_s})) {
        qInfo("locust: not installed, nothing to compare");
        return;
    }
    const QString script =
        exported(u"locust"_s, {sample(u"shop"_s), u"-e"_s, u"local"_s, u"--env-var"_s,
                               u"port=%1"_s.arg(m_server.port()), u"-n"_s, u"2"_s});
    QVERIFY(!script.isEmpty());
    const QByteArray output = runLocust(script, 0);
    QVERIFY2(output.startsWith("exit 0"), output.constData());
    QCOMPARE(m_server.stats()[u"requests"_s].toInt(), 20);
}

void TestExportedScripts::k6ChecksTheShop()
{
    if (!isInstalled(u"node"_s, {u"--version"_s}) || !isInstalled(u"curl"_s, {u"--version"_s})) {
        qInfo("node or curl: not installed, nothing to compare");
        return;
    }
    const QString script = exported(u"k6"_s, {sample(u"shop"_s), u"-e"_s, u"local"_s,
                                              u"--env-var"_s, u"port=%1"_s.arg(m_server.port())});
    QVERIFY(!script.isEmpty());
    const QString standIn =
        qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/integration/code/k6"_s;
    QVERIFY(QDir(m_folder.path()).mkpath(u"node_modules"_s));
    QVERIFY(QFile::link(standIn, m_folder.filePath(u"node_modules/k6"_s)));
    QVERIFY(QFile::copy(standIn + u"/run.mjs"_s, m_folder.filePath(u"run.mjs"_s)));
    QProcess node;
    node.start(u"node"_s, {m_folder.filePath(u"run.mjs"_s), script});
    QVERIFY(node.waitForFinished(PatienceMs));
    const QByteArray output = node.readAllStandardOutput();
    QVERIFY2(node.exitCode() == 0, node.readAllStandardError().constData());
    QVERIFY2(!output.contains("failed:"), output.constData());
    QCOMPARE(m_server.stats()[u"requests"_s].toInt(), 10);
}

void TestExportedScripts::newmanChecksTheShop()
{
    const QString newman = qEnvironmentVariable("SLUICE_NPM_DIR") + u"/node_modules/.bin/newman"_s;
    if (!QFileInfo::exists(newman)) {
        qInfo("newman: not installed, nothing to compare");
        return;
    }
    const QString collection = exported(u"postman"_s, {sample(u"shop"_s), u"-e"_s, u"local"_s});
    QVERIFY(!collection.isEmpty());
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(newman, {u"run"_s, collection, u"--env-var"_s, u"port=%1"_s.arg(m_server.port()),
                           u"--color"_s, u"off"_s});
    QVERIFY(process.waitForFinished(PatienceMs));
    const QByteArray output = process.readAll();
    QVERIFY2(process.exitCode() == 0, output.constData());
    QCOMPARE(m_server.stats()[u"requests"_s].toInt(), 10);
}

void TestExportedScripts::curlSendsTheShop()
{
    if (!isInstalled(u"curl"_s, {u"--version"_s})) {
        qInfo("curl: not installed, nothing to compare");
        return;
    }
    const QString script = exported(u"curl"_s, {sample(u"shop"_s), u"-e"_s, u"local"_s,
                                                u"--env-var"_s, u"port=%1"_s.arg(m_server.port())});
    QVERIFY(!script.isEmpty());
    QProcess process;
    process.start(u"sh"_s, {u"-e"_s, script});
    QVERIFY(process.waitForFinished(PatienceMs));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    QCOMPARE(m_server.stats()[u"requests"_s].toInt(), 10);
    QVERIFY(process.readAllStandardOutput().contains("Joan Clarke"));
}

QTEST_GUILESS_MAIN(TestExportedScripts)
#include "tst_exportedscripts.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"
#include "tests/support/demoserverprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Sluice::Test;
using namespace Qt::StringLiterals;

/**
 * Sweeps with real requests against the demo server. Short ones: how well a sweep finds the knee is
 * the simulation's to show. Where other programs take the processor, that is what a sweep has to
 * say, and the tests take it for an answer. Two run side by side: each mostly waits.
 */
class TestCliSweep final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void recommendsTheWorkers();
    void staysBelowRejections();
    void sweepsEveryHostThenTheTotal();
    void keepsItsGuardRails_data();
    void keepsItsGuardRails();

private:
    /** A sweep under way, and the server that it measures. */
    struct Sweep
    {
        DemoServerProcess server;
        QTemporaryDir folder;
        QProcess process;

        void start(const QStringList &arguments);
        /** What it reports in the end; empty when it failed. */
        QJsonObject report();
    };

    static bool isAnswer(const QJsonObject &report, int low, int high);

    std::unique_ptr<Sweep> m_workers;
    std::unique_ptr<Sweep> m_rejections;
};

namespace {

/** A collection in \a folder with the request \a name, beside those that it has. */
bool addRequest(const QTemporaryDir &folder, const QByteArray &name, const QByteArray &method,
                const QString &url)
{
    const QByteArray text = "info:\n  name: " + name + "\n  type: http\nhttp:\n  method: " + method
                            + "\n  url: \"" + url.toUtf8() + "\"\n";
    return writeFile(folder.filePath(u"opencollection.yml"_s),
                     "opencollection: 1.0.0\ninfo:\n  name: T\n")
           && writeFile(folder.filePath(QString::fromLatin1(name) + u".yml"_s), text);
}

} // namespace

void TestCliSweep::Sweep::start(const QStringList &arguments)
{
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.setWorkingDirectory(folder.path());
    process.start(qEnvironmentVariable("SLUICE_BIN_DIR") + u"/sluice-cli"_s,
                  QStringList{u"sweep"_s, u"."_s, u"--report-json"_s, u"report.json"_s}
                      + arguments);
}

QJsonObject TestCliSweep::Sweep::report()
{
    const bool isOver = process.state() == QProcess::NotRunning || process.waitForFinished(100'000);
    if (!isOver || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {};
    qInfo("%s", process.readAllStandardOutput().constData());
    return QJsonDocument::fromJson(readFile(folder.filePath(u"report.json"_s))).object();
}

void TestCliSweep::initTestCase()
{
    const QStringList one{u"--repeats"_s, u"1"_s, u"--level-time"_s, u"1s"_s, u"--limits"_s};
    m_workers = std::make_unique<Sweep>();
    QVERIFY(m_workers->server.start({u"--workers"_s, u"8"_s, u"--service"_s, u"40ms"_s}));
    QVERIFY(addRequest(m_workers->folder, "work", "GET", m_workers->server.url(u"/json"_s)));
    m_workers->start(one + QStringList{u"1,2,4,8,12,16"_s});

    m_rejections = std::make_unique<Sweep>();
    QVERIFY(m_rejections->server.start(
        {u"--workers"_s, u"32"_s, u"--service"_s, u"40ms"_s, u"--reject-above"_s, u"10"_s}));
    QVERIFY(addRequest(m_rejections->folder, "work", "GET", m_rejections->server.url(u"/json"_s)));
    m_rejections->start(one + QStringList{u"1,4,8,12,16"_s});
}

void TestCliSweep::cleanupTestCase()
{
    m_workers.reset();
    m_rejections.reset();
}

bool TestCliSweep::isAnswer(const QJsonObject &report, int low, int high)
{
    if (report[u"recommended"].isNull())
        return report[u"verdict"].toString().startsWith("This machine is the bottleneck"_L1);
    const int limit = report[u"recommended"].toInt();
    return limit >= low && limit <= high;
}

void TestCliSweep::recommendsTheWorkers()
{
    const QJsonObject report = m_workers->report();
    QCOMPARE(report[u"schema"].toString(), u"sluice.sweep/1"_s);
    QVERIFY2(isAnswer(report, 6, 12), qPrintable(report[u"verdict"].toString()));
    QCOMPARE(m_workers->server.stats()[u"peakInFlight"_s].toInt(),
             report[u"levels"].toArray().last()[u"limit"].toInt());
}

void TestCliSweep::staysBelowRejections()
{
    const QJsonObject report = m_rejections->report();
    if (!report[u"recommended"].isNull())
        QCOMPARE(report[u"stoppedBecause"].toString(), u"the server answered 429 or 503"_s);
    QVERIFY2(isAnswer(report, 8, 10), qPrintable(report[u"verdict"].toString()));
    QVERIFY(m_rejections->server.stats()[u"peakInFlight"_s].toInt() <= 12);
}

void TestCliSweep::sweepsEveryHostThenTheTotal()
{
    Sweep sweep;
    const DemoServerProcess &server = sweep.server;
    QVERIFY(sweep.server.start({u"--address"_s, u"127.0.0.1,127.0.0.2"_s, u"--workers"_s, u"8"_s}));
    QVERIFY(addRequest(sweep.folder, "one", "GET", server.url(u"/json"_s)));
    QVERIFY(
        addRequest(sweep.folder, "two", "GET", u"http://127.0.0.2:%1/json"_s.arg(server.port())));
    sweep.start({u"--limits"_s, u"1,2"_s, u"--repeats"_s, u"0"_s, u"--level-time"_s, u"500ms"_s});
    const QJsonObject report = sweep.report();
    QCOMPARE(report[u"scope"].toString(), u"total"_s);
    const QJsonArray hosts = report[u"hosts"].toArray();
    QCOMPARE(hosts.size(), 2);
    for (int i : {0, 1}) {
        QCOMPARE(hosts[i][u"host"].toString(),
                 u"http://127.0.0.%1:%2"_s.arg(i + 1).arg(server.port()));
        QCOMPARE(hosts[i][u"scope"].toString(), u"host"_s);
        QCOMPARE(hosts[i][u"levels"].toArray().size(), 2);
    }
    QVERIFY(server.stats()[u"peakInFlight"_s].toInt() <= 4);
}

void TestCliSweep::keepsItsGuardRails_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("host"); // Empty = the demo server.
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<int>("sent");

    const auto row = [](const char *name, const QByteArray &method, const QString &host,
                        const QString &arguments, const QByteArray &says, int sent) {
        QTest::newRow(name) << method << host << arguments.split(u' ', Qt::SkipEmptyParts) << says
                            << sent;
    };
    row("method that is not idempotent", "POST", {}, {}, "not idempotent", 0);
    row("the same, allowed", "POST", {}, u"--allow-unsafe --budget 30"_s, {}, 30);
    row("idempotent method", "PUT", {}, u"--budget 30"_s, {}, 30);
    row("budget", "GET", {}, u"--budget 70"_s, {}, 70);
    row("foreign host", "GET", u"http://api.example.com"_s, {}, "up to 10000 requests", 0);
    row("foreign host with a budget", "GET", u"http://api.example.com"_s, u"--budget 300"_s,
        "up to 300 requests", 0);
    row("too many at once for a foreign host", "GET", u"http://api.example.com"_s,
        u"--allow-foreign --max 33"_s, "no more than 32 at once", 0);
}

void TestCliSweep::keepsItsGuardRails()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, host);
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    QFETCH(int, sent);
    DemoServerProcess server;
    QVERIFY(server.start({u"--workers"_s, u"8"_s, u"--service"_s, u"5ms"_s}));
    const QTemporaryDir folder;
    QVERIFY(addRequest(folder, "work", method,
                       host.isEmpty() ? server.url(u"/anything"_s) : host + u"/anything"_s));
    const CliResult result =
        runCli(QStringList{u"sweep"_s, u"work.yml"_s} + arguments, folder.path());
    QCOMPARE(result.status, says.isEmpty() ? 0 : 1);
    QVERIFY2(result.err.contains(says), result.err.constData());
    QCOMPARE(server.stats()[u"requests"_s].toInt(), sent);
}

QTEST_GUILESS_MAIN(TestCliSweep)
#include "tst_cli_sweep.moc"

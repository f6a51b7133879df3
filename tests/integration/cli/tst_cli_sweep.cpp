// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"
#include "tests/support/demoserverprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Sluice::Test;
using namespace Qt::StringLiterals;

/**
 * Sweeps with real requests against the demo server. Short ones: how well a sweep finds the knee is
 * the simulation's to show. Where other programs take the processor, that is what a sweep has to
 * say, and the tests take it for an answer.
 */
class TestCliSweep final : public QObject
{
    Q_OBJECT

private slots:
    void recommendsTheWorkers();
    void staysBelowRejections();

private:
    static bool isAnswer(const QJsonObject &report, int low, int high);
    QJsonObject sweep(const DemoServerProcess &server, const QStringList &arguments);
};

QJsonObject TestCliSweep::sweep(const DemoServerProcess &server, const QStringList &arguments)
{
    const QTemporaryDir folder;
    const QString request = folder.filePath(u"work.yml"_s);
    const QString report = folder.filePath(u"report.json"_s);
    const QByteArray text = "info:\n  name: Work\n  type: http\nhttp:\n  method: GET\n  url: \""
                            + server.url(u"/json"_s).toUtf8() + "\"\n";
    if (!writeFile(folder.filePath(u"opencollection.yml"_s),
                   "opencollection: 1.0.0\ninfo:\n  name: T\n")
        || !writeFile(request, text))
        return {};
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(qEnvironmentVariable("SLUICE_BIN_DIR") + u"/sluice-cli"_s,
                  QStringList{u"sweep"_s, request, u"--report-json"_s, report, u"--repeats"_s,
                              u"1"_s, u"--level-time"_s, u"1s"_s}
                      + arguments);
    if (!process.waitForFinished(100'000) || process.exitCode() != 0)
        return {};
    qInfo("%s", process.readAllStandardOutput().constData());
    QFile file(report);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
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
    DemoServerProcess server;
    QVERIFY(server.start({u"--workers"_s, u"8"_s, u"--service"_s, u"40ms"_s}));
    const QJsonObject report = sweep(server, {u"--limits"_s, u"1,2,4,8,12,16"_s});
    QCOMPARE(report[u"schema"].toString(), u"sluice.sweep/1"_s);
    QVERIFY2(isAnswer(report, 6, 12), qPrintable(report[u"verdict"].toString()));
    QCOMPARE(server.stats()[u"peakInFlight"_s].toInt(),
             report[u"levels"].toArray().last()[u"limit"].toInt());
}

void TestCliSweep::staysBelowRejections()
{
    DemoServerProcess server;
    QVERIFY(server.start(
        {u"--workers"_s, u"32"_s, u"--service"_s, u"40ms"_s, u"--reject-above"_s, u"10"_s}));
    const QJsonObject report = sweep(server, {u"--limits"_s, u"1,4,8,12,16"_s});
    QCOMPARE(report[u"stoppedBecause"].toString(), u"the server answered 429 or 503"_s);
    QVERIFY2(isAnswer(report, 8, 10), qPrintable(report[u"verdict"].toString()));
    QVERIFY(server.stats()[u"peakInFlight"_s].toInt() <= 12);
}

QTEST_GUILESS_MAIN(TestCliSweep)
#include "tst_cli_sweep.moc"

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

/** Sweeps with real requests against the demo server. Slow: a sweep takes its time. */
class TestCliSweep final : public QObject
{
    Q_OBJECT

private slots:
    void recommendsTheWorkers();
    void staysBelowRejections();

private:
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
                  QStringList{u"sweep"_s, request, u"--report-json"_s, report} + arguments);
    if (!process.waitForFinished(280'000) || process.exitCode() != 0)
        return {};
    qInfo("%s", process.readAllStandardOutput().constData());
    QFile file(report);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

void TestCliSweep::recommendsTheWorkers()
{
    DemoServerProcess server;
    QVERIFY(server.start({u"--workers"_s, u"8"_s, u"--service"_s, u"40ms"_s}));
    const QJsonObject report = sweep(server, {u"--max"_s, u"24"_s});
    QCOMPARE(report[u"schema"].toString(), u"sluice.sweep/1"_s);
    const int limit = report[u"recommended"].toInt();
    QVERIFY2(limit >= 6 && limit <= 10, qPrintable(QString::number(limit)));
    QCOMPARE(server.stats()[u"peakInFlight"_s].toInt(),
             report[u"levels"].toArray().last()[u"limit"].toInt());
}

void TestCliSweep::staysBelowRejections()
{
    DemoServerProcess server;
    QVERIFY(server.start(
        {u"--workers"_s, u"32"_s, u"--service"_s, u"40ms"_s, u"--reject-above"_s, u"10"_s}));
    const QJsonObject report =
        sweep(server, {u"--limits"_s, u"1,4,8,12,16"_s, u"--repeats"_s, u"1"_s});
    QCOMPARE(report[u"stoppedBecause"].toString(), u"the server answered 429 or 503"_s);
    const int limit = report[u"recommended"].toInt();
    QVERIFY2(limit >= 8 && limit <= 10, qPrintable(QString::number(limit)));
    QVERIFY(server.stats()[u"peakInFlight"_s].toInt() <= 12);
}

QTEST_GUILESS_MAIN(TestCliSweep)
#include "tst_cli_sweep.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/demoserverprocess.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/** The sample collections as a newcomer runs them. */
class TestSamples final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void shopIsAllGood();
    void limitIsSeenByTheServer();
    void playgroundFailsWhereItSays();

private:
    /** Runs `sluice-cli run` on a sample; its exit status, and the report in m_report. */
    int run(const QString &sample, const QStringList &arguments = {});
    int number(const char *group, const char *key) const
    {
        return m_report.value(QLatin1StringView(group))
            .toObject()
            .value(QLatin1StringView(key))
            .toInt();
    }

    QTemporaryDir m_folder;
    DemoServerProcess m_server;
    QJsonObject m_report;
};

void TestSamples::init()
{
    if (m_server.port() == 0)
        QVERIFY(m_server.start({u"--address=127.0.0.1,127.0.0.2"_s, u"--service=5ms"_s}));
}

int TestSamples::run(const QString &sample, const QStringList &arguments)
{
    const QDir samples(qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/resources/samples"_s);
    const QString report = m_folder.filePath(u"report.json"_s);
    QProcess cli;
    cli.start(qEnvironmentVariable("SLUICE_BIN_DIR") + u"/sluice-cli"_s,
              QStringList{u"run"_s, samples.filePath(sample), u"-e"_s, u"local"_s, u"--env-var"_s,
                          u"port=%1"_s.arg(m_server.port()), u"--report-json"_s, report}
                  + arguments);
    cli.waitForFinished(120'000);
    QFile file(report);
    if (file.open(QIODevice::ReadOnly))
        m_report = QJsonDocument::fromJson(file.readAll()).object();
    return cli.exitCode();
}

void TestSamples::shopIsAllGood()
{
    QCOMPARE(run(u"shop"_s), 0);
    QCOMPARE(number("requests", "succeeded"), 10);
    QCOMPARE(number("assertions", "passed"), 17);
    QCOMPARE(number("assertions", "failed"), 0);
}

void TestSamples::limitIsSeenByTheServer()
{
    QVERIFY(m_server.resetStats());
    QCOMPARE(run(u"shop/users/list-users.yml"_s,
                 {u"-n"_s, u"60"_s, u"--limit"_s, u"3"_s, u"--limit-per-host"_s, u"0"_s}),
             0);
    QCOMPARE(number("requests", "succeeded"), 60);
    QCOMPARE(number("concurrency", "peakInFlight"), 3);
    const QJsonObject seen = m_server.stats();
    QVERIFY(seen.value("peakInFlight"_L1).toInt() <= 3);
    QVERIFY(seen.value("peakConnections"_L1).toInt() <= 3);
    QCOMPARE(seen.value("requests"_L1).toInt(), 60);
}

void TestSamples::playgroundFailsWhereItSays()
{
    QCOMPARE(run(u"playground/basics"_s), 0);
    QCOMPARE(number("assertions", "failed"), 0);
    QCOMPARE(run(u"playground/goes-wrong"_s), 4);
    QCOMPARE(number("requests", "failed"), 6);
    QCOMPARE(number("assertions", "failed"), 1);
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"

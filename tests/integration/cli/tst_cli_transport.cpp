// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"
#include "tests/support/demoserverprocess.h"
#include "tests/support/nghttpdserver.h"
#include "tests/support/nginxserver.h"
#include "tests/support/testresult.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace Sluice::Test;
using namespace Qt::StringLiterals;

/** What the command line says of its connections and files is what others see of them. */
class TestCliTransport final : public QObject
{
    Q_OBJECT

private slots:
    void connectionsAreTrue_data();
    void connectionsAreTrue();
    void idleConnectionsExpire_data();
    void idleConnectionsExpire();
    void speaksTheVersionAskedFor_data();
    void speaksTheVersionAskedFor();
    void neverReplacesADevice_data();
    void neverReplacesADevice();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    bool writeCollection(const QString &url, const QByteArray &rest = {});

    QTemporaryDir m_folder;
};

bool TestCliTransport::writeCollection(const QString &url, const QByteArray &rest)
{
    return writeFile(path(u"opencollection.yml"_s),
                     "opencollection: 1.0.0\ninfo:\n  name: T\n" + rest)
           && writeFile(path(u"A.yml"_s), "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n"
                                          "  url: "
                                              + url.toUtf8() + '\n');
}

void TestCliTransport::connectionsAreTrue_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("flags");
    QTest::newRow("one after another") << u"/"_s << u"--limit 1"_s;
    QTest::newRow("side by side") << u"/"_s << u"--limit 20"_s;
    QTest::newRow("redirects") << u"/redirect/2"_s << u"--limit 6"_s;
    QTest::newRow("retries") << u"/status/503"_s << u"--limit 6 --retry 1"_s;
    QTest::newRow("broken off") << u"/truncated"_s << u"--limit 6"_s;
    QTest::newRow("timed out") << u"/hang"_s << u"--limit 6 --timeout 30ms"_s;
}

void TestCliTransport::connectionsAreTrue()
{
    QFETCH(const QString, target);
    QFETCH(const QString, flags);
    DemoServerProcess server;
    QVERIFY(server.start({u"--workers"_s, u"64"_s, u"--service"_s, u"2ms"_s}));
    QVERIFY(writeCollection(server.url() + target));
    runCli(QStringList{u"run"_s, m_folder.path(), u"-n"_s, u"40"_s, u"--report-json"_s,
                       path(u"r.json"_s), u"--samples"_s, path(u"s.csv"_s)}
           + flags.split(u' '));
    const QJsonObject seen = server.stats();
    const QJsonObject concurrency =
        QJsonDocument::fromJson(readFile(path(u"r.json"_s))).object()[u"concurrency"_s].toObject();
    const int opened = concurrency[u"connectionsOpened"_s].toInt();
    const int accepted = seen[u"connectionsOpened"_s].toInt();
    const int peak = concurrency[u"peakConnections"_s].toInt();
    if (target == u"/truncated"_s || target == u"/hang"_s) {
        // Those that are closed early may be gone before the server, or we, have looked; and Qt may
        // open one for what is then sent over another.
        QVERIFY2(qAbs(opened - accepted) <= 6, qPrintable(u"%1, %2"_s.arg(opened).arg(accepted)));
        QVERIFY2(opened >= 1 && peak <= 6, qPrintable(u"%1, %2"_s.arg(opened).arg(peak)));
        return;
    }
    QCOMPARE(opened, accepted);
    QCOMPARE(peak, seen[u"peakConnections"_s].toInt());
    // A sample tells of the last attempt at the last place alone.
    if (!flags.contains(u"retry"_s) && !target.startsWith(u"/redirect"_s)) {
        QCOMPARE(readFile(path(u"s.csv"_s)).count(",new,"), seen[u"connectionsOpened"_s].toInt());
    }
}

void TestCliTransport::idleConnectionsExpire_data()
{
    QTest::addColumn<QByteArray>("limits");
    QTest::addColumn<QString>("flags");
    QTest::addColumn<int>("opened");
    const QByteArray second = "extensions:\n  sluice:\n    limits:\n      idleExpiry: 1s\n";
    QTest::newRow("kept for 15 s") << QByteArray() << QString() << 1;
    QTest::newRow("the collection says 1 s") << second << QString() << 2;
    QTest::newRow("a flag says 1 s") << QByteArray() << u"--idle-expiry 1s"_s << 2;
    QTest::newRow("the flag wins") << second << u"--idle-expiry 15s"_s << 1;
}

/** The server says whether the second request came over the first one's connection. */
void TestCliTransport::idleConnectionsExpire()
{
    QFETCH(const QByteArray, limits);
    QFETCH(const QString, flags);
    QFETCH(const int, opened);
    DemoServerProcess server;
    QVERIFY(server.start());
    QVERIFY(writeCollection(server.url(), limits));
    const CliResult result =
        runCli(QStringList{u"run"_s, m_folder.path(), u"-n"_s, u"2"_s, u"--order"_s,
                           u"sequential"_s, u"--delay"_s, u"3s"_s}
               + flags.split(u' ', Qt::SkipEmptyParts));
    QVERIFY2(result.status == 0, result.err.constData());
    const QJsonObject seen = server.stats();
    QCOMPARE(seen[u"requests"_s].toInt(), 2);
    QCOMPARE(seen[u"connectionsOpened"_s].toInt(), opened);
}

void TestCliTransport::speaksTheVersionAskedFor_data()
{
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("auto") << u"auto"_s << QByteArray("HTTP/2 200");
    QTest::newRow("2") << u"2"_s << QByteArray("HTTP/2 200");
    QTest::newRow("1.1") << u"1.1"_s << QByteArray("HTTP/1.1 200");
}

void TestCliTransport::speaksTheVersionAskedFor()
{
    QFETCH(const QString, flag);
    QFETCH(const QByteArray, line);
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    NginxServer server;
    VERIFY_RESULT(server.start(NginxServer::certificateLines(certificates)
                               << u"listen %1 ssl http2;"_s.arg(server.port())
                               << u"location / { return 200 ok; }"_s));
    const QString url = u"https://127.0.0.1:%1/"_s.arg(server.port());
    const CliResult result = runCli({u"send"_s, u"-i"_s, u"--insecure"_s, u"--http"_s, flag, url});
    QVERIFY2(result.out.startsWith(line), (result.out + result.err).constData());
}

void TestCliTransport::neverReplacesADevice_data()
{
    QTest::addColumn<QString>("path");
    const QString fifo = path(u"fifo"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    QTest::newRow("a pipe") << fifo;
    QTest::newRow("a device") << u"/dev/full"_s;
}

/** A report is renamed into its place, which root may do even in /dev. */
void TestCliTransport::neverReplacesADevice()
{
    QFETCH(const QString, path);
    QVERIFY(writeCollection(u"http://127.0.0.1:1/"_s));
    struct stat before{};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &before), 0);
    const CliResult result = runCli({u"run"_s, m_folder.path(), u"--report-json"_s, path});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains("is not a regular file"), result.err.constData());
    struct stat after{};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &after), 0);
    QCOMPARE(after.st_mode, before.st_mode);
    QCOMPARE(after.st_ino, before.st_ino);
}

QTEST_GUILESS_MAIN(TestCliTransport)
#include "tst_cli_transport.moc"

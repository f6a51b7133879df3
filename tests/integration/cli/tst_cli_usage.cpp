// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Sluice::Test;
using namespace Qt::StringLiterals;

/** What the program says of its command line and of files, with nothing sent. */
class TestCliUsage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void statusOfArguments_data();
    void statusOfArguments();
    void brokenFileIsNamedWithItsPlace_data();
    void brokenFileIsNamedWithItsPlace();
    void checkNamesEveryProblem();
    void setEditsInPlace_data();
    void setEditsInPlace();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliUsage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(writeFile(path(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo:\n  name: T\n"));
    QVERIFY(writeFile(path(u"a.yml"_s), "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n"
                                        "  url: http://127.0.0.1:1/ # nobody listens\n"));
}

void TestCliUsage::statusOfArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");

    const auto row = [](const char *name, const char *line, int status, const char *says) {
        QTest::newRow(name) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts) << status
                            << QByteArray(says);
    };
    row("version", "--version", 0, "sluice-cli ");
    row("help", "--help", 0, "run a collection");
    row("no command", "", 1, "Usage:");
    row("unknown command", "fly", 1, "no command 'fly'");
    row("run help", "run --help", 0, "--limit-per-host N");
    row("send help", "send --help", 0, "--timings");
    row("check help", "check --help", 0, "file:line:column");
    row("set help", "set --help", 0, "KEY=VALUE");
    row("no path", "run", 1, "A path is needed");
    row("unknown option", "run . --lmit 3", 1, "There is no option --lmit");
    row("missing value", "run . --limit", 1, "needs a value");
    row("value for a switch", "run . --bail=yes", 1, "takes no value");
    row("not a number", "run . --limit many", 1, "--limit many");
    row("negative limit", "run . --limit -1", 1, "--limit -1");
    row("zero iterations", "run . -n 0", 1, "from 1 on");
    row("not a duration", "run . --timeout soon", 1, "a duration such as");
    row("not a rate", "run . --rate fast", 1, "requests a second");
    row("not a size", "run . --max-body big", 1, "a size such as");
    row("host limit without a number", "run . --host-limit a.example", 1, "PATTERN=N");
    row("unknown rule for a limit", "run . --host-limit a.example=fast", 1, "auto, gradient2");
    row("variable without a value", "run . --env-var K", 1, "NAME=VALUE");
    row("unknown order", "run . --order random", 1, "all, iterations, sequential");
    row("unknown HTTP version", "run . --http 3", 1, "auto, 1.1, 2");
    row("two ends", "run . -n 3 --duration 1s", 1, "not both");
    row("delay without order", "run . --order all --delay 1s", 1, "--delay needs --order");
    row("unknown environment", "run . -e nowhere", 1, "nowhere");
    row("report into nowhere", "run . --report-json /no/such/folder/r.json", 1,
        "cannot be written");
    row("samples into nowhere", "run . --samples /no/such/folder/s.csv", 1, "cannot be written");
    row("missing path", "run nowhere", 2, "nowhere: The path does not exist");
    row("missing certificate", "run . --cacert nowhere.pem", 2, "nowhere.pem");
    row("send a missing file", "send nowhere.yml", 2, "nowhere.yml");
    row("send nothing", "send", 1, "One URL");
    row("check a missing path", "check nowhere", 2, "nowhere");
    row("set a missing file", "set nowhere.yml a=b", 2, "nowhere.yml");
    row("too short an idle expiry", "run . --idle-expiry 300ms", 1, "1s or more is needed");
    row("set nothing", "set a.yml", 1, "KEY=VALUE");
    row("code", "code --target aiohttp --limit 20 --limit-per-host 6", 0, "LIMIT_PER_HOST = 6");
    row("code without a target", "code", 1, "--target is needed");
    row("code for an unknown target", "code --target cobol", 1, "cobol");
    row("sweep without a path", "sweep", 1, "A path is needed");
    row("sweep with two ladders", "sweep . --limits 1,2 --max 8", 1, "not both");
    row("sweep with a bad ladder", "sweep . --limits 1,x", 1, "parted by commas");
    row("sweep of a missing path", "sweep nowhere", 2, "nowhere: The path does not exist");
    row("help of sweep", "sweep --help", 0, "--allow-foreign");
    row("meaning of sweep", "sweep --help", 0, "coordinated omission");
    row("missing data file", "run . -d nowhere.csv", 2, "nowhere.csv");
    row("import without a folder", "import a.json", 1, "--to DIR");
    row("import of a missing file", "import nowhere.json --to x", 2, "nowhere.json");
    row("export without a target", "export .", 1, "--to is needed");
    row("export for an unknown target", "export . --to cobol", 1, "k6, locust");
    row("export of a missing path", "export nowhere --to k6", 2, "nowhere");
    row("send of a bad curl command", "send --curl wget", 1, "no curl command");
}

void TestCliUsage::statusOfArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const CliResult result = runCli(arguments, m_folder->path());
    QTEST(result.status, "status");
    const QByteArray &spoken = result.status == 0 ? result.out : result.err;
    QVERIFY2(spoken.contains(says), spoken.constData());
}

void TestCliUsage::brokenFileIsNamedWithItsPlace_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");

    QTest::newRow("request") << u"b.yml"_s
                             << QByteArray("info:\n  name: B\nhttp:\n  url: [1, 2\n  method: GET\n")
                             << QByteArray("b.yml:");
    QTest::newRow("tab") << u"b.yml"_s << QByteArray("info:\n\tname: B\n")
                         << QByteArray("b.yml:2:");
    QTest::newRow("collection") << u"opencollection.yml"_s
                                << QByteArray("opencollection: 1.0.0\ninfo: { name: \"T\n")
                                << QByteArray("opencollection.yml:");
    QTest::newRow("limit that is text")
        << u"opencollection.yml"_s
        << QByteArray("opencollection: 1.0.0\ninfo: { name: T }\nextensions:\n  sluice:\n"
                      "    limits:\n      total: many\n")
        << QByteArray("opencollection.yml:6:");
}

void TestCliUsage::brokenFileIsNamedWithItsPlace()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, place);
    QVERIFY(writeFile(path(file), text));
    for (const QString &command : {u"run"_s, u"check"_s}) {
        const CliResult result = runCli({command, m_folder->path()});
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains(place), result.err.constData());
        QVERIFY2(result.out.isEmpty(), result.out.constData());
    }
}

void TestCliUsage::checkNamesEveryProblem()
{
    QCOMPARE(runCli({u"check"_s, m_folder->path()}).status, 0);
    QVERIFY(writeFile(path(u"b.yml"_s), "info: [\n"));
    QVERIFY(writeFile(path(u"sub/c.yml"_s), "info: {\n"));
    const CliResult result = runCli({u"check"_s, m_folder->path()});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.contains("b.yml:") && result.err.contains("c.yml:"),
             result.err.constData());
}

void TestCliUsage::setEditsInPlace_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("assignment");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("URL, the comment stays")
        << u"a.yml"_s << u"http.url=http://127.0.0.1:2/"_s
        << QByteArray("http://127.0.0.1:1/ # nobody") << QByteArray("http://127.0.0.1:2/ # nobody");
    QTest::newRow("name of the collection")
        << u"opencollection.yml"_s << u"info.name=Shop"_s << QByteArray("name: T\n")
        << QByteArray("name: Shop\n");
}

void TestCliUsage::setEditsInPlace()
{
    QFETCH(QString, file);
    QFETCH(QString, assignment);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QByteArray text = readFile(path(file));
    const CliResult result = runCli({u"set"_s, path(file), assignment});
    QVERIFY2(result.status == 0, result.err.constData());
    QCOMPARE(readFile(path(file)), text.replace(before, after));
}

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cli_usage.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"
#include "tests/support/demoserverprocess.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>

using namespace Sluice::Test;
using namespace Qt::StringLiterals;

/** Runs against the demo server, judged by what that server saw. */
class TestCliRun final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void limitHolds_data();
    void limitHolds();
    void reportFollowsTheSchema();
    void samplesHaveOneRowARequest();
    void assertionsDecideTheStatus();
    void capturesReachLaterRequests();
    void environmentsAndOverrides();
    void dataFileGivesOneRowAnIteration();
    void junitReportNamesTheFailures();
    void secretsAreNowhere();
    void htmlReportNeedsNoOtherFile();
    void harHasOneEntryARequest();
    void recordHasOneRowARequest();
    void queueBoundsRefuse_data();
    void queueBoundsRefuse();
    void durationEndsTheRun();
    void bailStopsAtTheFirstFailure();
    void interruptDrainsAndStillReports();
    void secondInterruptAborts();
    void quietWithoutTerminal();
    void sendPrintsTheReply();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    bool addRequest(const QString &name, const QByteArray &target, const QByteArray &rest = {});
    CliResult run(const QString &arguments);
    QJsonObject report() const;
    std::unique_ptr<QProcess> startInterruptible(const QString &arguments);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServerProcess> m_server;
};

namespace {

/** What \a statement finds first in the run record \a path. */
QString recorded(const QString &path, const QString &statement)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, path);
    database.setDatabaseName(path);
    QSqlQuery query(database);
    return database.open() && query.exec(statement) && query.next() ? query.value(0).toString()
                                                                    : QString();
}

std::vector<QByteArray> recordedBodies(const QString &path)
{
    std::vector<QByteArray> bodies;
    recorded(path, u"SELECT 1"_s);
    QSqlQuery query(QSqlDatabase::database(path));
    for (query.exec(u"SELECT zlib FROM body"_s); query.next();)
        bodies.push_back(qUncompress(query.value(0).toByteArray()));
    return bodies;
}

} // namespace

void TestCliRun::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<DemoServerProcess>();
    QVERIFY(m_server->start({u"--workers"_s, u"64"_s, u"--service"_s, u"2ms"_s}));
    QVERIFY(writeFile(path(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo:\n  name: T\n"));
}

bool TestCliRun::addRequest(const QString &name, const QByteArray &target, const QByteArray &rest)
{
    return writeFile(path(name + ".yml"_L1),
                     "info:\n  name: " + name.toUtf8() + "\n  type: http\nhttp:\n  method: GET\n"
                         + "  url: " + m_server->url().toUtf8() + target + "\n" + rest);
}

CliResult TestCliRun::run(const QString &arguments)
{
    return runCli(QStringList{u"run"_s, m_folder->path(), u"--report-json"_s, path(u"r.json"_s)}
                  + arguments.split(u' ', Qt::SkipEmptyParts));
}

QJsonObject TestCliRun::report() const
{
    return QJsonDocument::fromJson(readFile(path(u"r.json"_s))).object();
}

void TestCliRun::limitHolds_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<int>("peak");

    QTest::newRow("total") << u"--limit 7"_s << 7;
    QTest::newRow("per host") << u"--limit-per-host 5"_s << 5;
    QTest::newRow("the smaller one") << u"--limit 9 --limit-per-host 4"_s << 4;
    QTest::newRow("host pattern") << u"--host-limit 127.0.0.1=3"_s << 3;
    QTest::newRow("more than one lane") << u"--limit 30"_s << 30;
    QTest::newRow("one") << u"--limit 1"_s << 1;
}

void TestCliRun::limitHolds()
{
    QFETCH(QString, flags);
    QFETCH(int, peak);
    QVERIFY(addRequest(u"A"_s, "/"));
    const CliResult result = run(flags + u" -n 300"_s);
    QVERIFY2(result.status == 0, result.err.constData());
    const QJsonObject seen = m_server->stats();
    QCOMPARE(seen[u"requests"_s].toInt(), 300);
    // On a busy machine the first reply may be there before the last connection is begun.
    QVERIFY(seen[u"peakConnections"_s].toInt() <= peak);
    QVERIFY(seen[u"peakInFlight"_s].toInt() <= peak);
    const QJsonObject concurrency = report()[u"concurrency"_s].toObject();
    QCOMPARE(concurrency[u"peakInFlight"_s].toInt(), peak);
    QCOMPARE(concurrency[u"peakConnections"_s].toInt(), seen[u"peakConnections"_s].toInt());
    QCOMPARE(concurrency[u"connectionsOpened"_s].toInt(), seen[u"connectionsOpened"_s].toInt());
}

void TestCliRun::reportFollowsTheSchema()
{
    QVERIFY(addRequest(u"A"_s, "/"));
    QVERIFY(addRequest(u"B"_s, "/status/404"));
    QCOMPARE(run(u"-n 20 --limit 4"_s).status, 0);
    const QJsonObject json = report();
    QCOMPARE(json[u"schema"_s].toString(), u"sluice.run/1"_s);
    QCOMPARE(json[u"collection"_s].toString(), u"T"_s);
    QCOMPARE(json[u"environment"_s].toString(), QString());
    QVERIFY(json[u"startedAt"_s].toString().endsWith(u'Z'));
    QVERIFY(json[u"durationMs"_s].toDouble() > 0);
    QVERIFY(json[u"throughputPerSecond"_s].toDouble() > 0);
    QCOMPARE(json[u"limits"_s].toObject()[u"total"_s].toInt(), 4);
    const QJsonObject requests = json[u"requests"_s].toObject();
    QCOMPARE(requests[u"planned"_s].toInt(), 40);
    QCOMPARE(requests[u"sent"_s].toInt(), 40);
    QCOMPARE(requests[u"succeeded"_s].toInt(), 40);
    for (const QString &key :
         {u"failed"_s, u"cancelled"_s, u"neverAdmitted"_s, u"retries"_s, u"redirects"_s})
        QCOMPARE(requests[key].toInt(-1), 0);
    QCOMPARE(json[u"status"_s].toObject(), (QJsonObject{{u"200"_s, 20}, {u"404"_s, 20}}));
    QCOMPARE(json[u"assertions"_s].toObject(), (QJsonObject{{u"passed"_s, 0}, {u"failed"_s, 0}}));
    for (const QString &kind : {u"onWire"_s, u"withQueue"_s, u"queued"_s}) {
        const QJsonObject latency = json[u"latencyMs"_s].toObject()[kind].toObject();
        for (const QString &key : {u"mean"_s, u"p50"_s, u"p90"_s, u"p95"_s, u"p99"_s, u"max"_s})
            QVERIFY2(latency[key].isDouble(), qPrintable(kind + u'.' + key));
        QVERIFY(latency[u"p50"_s].toDouble() <= latency[u"max"_s].toDouble());
    }
    const QJsonArray hosts = json[u"hosts"_s].toArray();
    QCOMPARE(hosts.size(), 1);
    QCOMPARE(hosts[0].toObject()[u"host"_s].toString(), m_server->url());
    QCOMPARE(hosts[0].toObject()[u"protocol"_s].toString(), u"h1"_s);
    QCOMPARE(hosts[0].toObject()[u"sent"_s].toInt(), 40);
    QCOMPARE(json[u"epochs"_s].toArray().size(), 1);
    QVERIFY(json[u"errors"_s].toArray().isEmpty());
}

void TestCliRun::samplesHaveOneRowARequest()
{
    QVERIFY(addRequest(u"A, \"quoted\""_s, "/"));
    QCOMPARE(run(u"-n 50 --limit 2 --samples "_s + path(u"s.csv"_s)).status, 0);
    const QList<QByteArray> lines = readFile(path(u"s.csv"_s)).trimmed().split('\n');
    QCOMPARE(lines.size(), 51);
    QCOMPARE(lines.first(),
             QByteArray("seq,request,endpoint,enqueued_us,admitted_us,connect_us,sent_us,"
                        "headers_us,finished_us,status,outcome,bytes_wire,bytes_body,attempt,"
                        "connection,wait_reason"));
    QSet<QByteArray> numbers;
    for (const QByteArray &line : lines.sliced(1)) {
        QByteArray rest = line;
        numbers.insert(rest.left(rest.indexOf(',')));
        QVERIFY2(rest.contains(R"(,"A, ""quoted""",)"), line.constData());
        rest.replace(R"("A, ""quoted""")", "A");
        const QList<QByteArray> fields = rest.split(',');
        QCOMPARE(fields.size(), 16);
        QCOMPARE(fields[2], m_server->url().toUtf8());
        QVERIFY(fields[3].toLongLong() >= 0);
        QVERIFY(fields[4].toLongLong() >= fields[3].toLongLong());
        QVERIFY(fields[6].toLongLong() >= fields[4].toLongLong());
        QVERIFY(fields[8].toLongLong() >= fields[7].toLongLong());
        QCOMPARE(fields[9], QByteArray("200"));
        QCOMPARE(fields[10], QByteArray("ok"));
        QVERIFY(fields[14] == "new" || fields[14] == "reused");
    }
    QCOMPARE(numbers.size(), 50);
}

void TestCliRun::assertionsDecideTheStatus()
{
    QVERIFY(
        addRequest(u"A"_s, "/json",
                   "runtime:\n  assertions:\n"
                   "    - expression: res.status\n      operator: eq\n      value: \"200\"\n"
                   "    - expression: res.body.title\n      operator: eq\n      value: Nope\n"));
    const CliResult result = run(u"-n 2"_s);
    QCOMPARE(result.status, 4);
    QVERIFY2(result.err.contains("A: res.body.title: expected \"Demo\" to equal Nope"),
             result.err.constData());
    QCOMPARE(report()[u"assertions"_s].toObject(),
             (QJsonObject{{u"passed"_s, 2}, {u"failed"_s, 2}}));
}

void TestCliRun::capturesReachLaterRequests()
{
    QVERIFY(addRequest(u"A"_s, "/json",
                       "runtime:\n  actions:\n"
                       "    - type: set-variable\n      phase: after-response\n"
                       "      selector: { expression: res.body.title, method: jsonq }\n"
                       "      variable: { name: title, scope: runtime }\n"));
    QVERIFY(
        addRequest(u"B"_s, "/anything/{{title}}",
                   "runtime:\n  assertions:\n"
                   "    - expression: res.url\n      operator: endsWith\n      value: /Demo\n"));
    const CliResult result = run(u"-n 5 --limit 4"_s);
    QVERIFY2(result.status == 0, result.err.constData());
    QCOMPARE(report()[u"assertions"_s].toObject()[u"passed"_s].toInt(), 5);
}

void TestCliRun::environmentsAndOverrides()
{
    QVERIFY(writeFile(path(u"environments/test.yml"_s),
                      "name: test\nvariables:\n  - name: code\n    value: \"204\"\n"));
    QVERIFY(addRequest(u"A"_s, "/status/{{code}}"));
    QCOMPARE(run({}).status, 3);
    QCOMPARE(run(u"-e test"_s).status, 0);
    QVERIFY(report()[u"status"_s].toObject().contains(u"204"_s));
    QCOMPARE(report()[u"environment"_s].toString(), u"test"_s);
    QCOMPARE(run(u"-e test --env-var code=418"_s).status, 0);
    QVERIFY(report()[u"status"_s].toObject().contains(u"418"_s));
}

void TestCliRun::dataFileGivesOneRowAnIteration()
{
    QVERIFY(addRequest(u"A"_s, "/status/{{code}}"));
    QVERIFY(writeFile(path(u"d.csv"_s), "code,\"the, name\"\n200,a\n201,\"b\nc\"\n204,d\n"));
    QCOMPARE(run(u"-d "_s + path(u"d.csv"_s)).status, 0);
    QCOMPARE(report()[u"status"_s].toObject(),
             (QJsonObject{{u"200"_s, 1}, {u"201"_s, 1}, {u"204"_s, 1}}));
    QVERIFY(writeFile(path(u"d.ndjson"_s), "{\"code\": 200}\n{\"code\": \"201\"}\n"));
    QCOMPARE(run(u"-n 5 -d "_s + path(u"d.ndjson"_s)).status, 0);
    QCOMPARE(report()[u"status"_s].toObject(), (QJsonObject{{u"200"_s, 3}, {u"201"_s, 2}}));
    QVERIFY(writeFile(path(u"d.csv"_s), "code\n200,1\n"));
    const CliResult broken = run(u"-d "_s + path(u"d.csv"_s));
    QCOMPARE(broken.status, 2);
    QVERIFY2(broken.err.contains("d.csv:2: "), broken.err.constData());
}

void TestCliRun::junitReportNamesTheFailures()
{
    QVERIFY(addRequest(u"A"_s, "/status/404",
                       "runtime:\n  assertions:\n"
                       "    - expression: res.status\n      operator: eq\n      value: \"200\"\n"));
    QVERIFY(addRequest(u"B"_s, "/{{nope}}"));
    QCOMPARE(run(u"-n 3 --report-junit "_s + path(u"j.xml"_s)).status, 4);
    const QByteArray xml = readFile(path(u"j.xml"_s));
    QVERIFY2(xml.contains(R"(<testsuite name="A" tests="2" failures="1")"), xml.constData());
    QVERIFY2(xml.contains(R"(<testsuite name="B" tests="1" failures="1")"), xml.constData());
    QVERIFY2(xml.contains(R"(<failure message="expected 404 to equal 200">failed in 3 of 3)"),
             xml.constData());
}

void TestCliRun::secretsAreNowhere()
{
    QVERIFY(
        addRequest(u"A"_s, "/?key={{key}}",
                   "  auth:\n    type: basic\n    username: me\n    password: \"{{key}}\"\n"
                   "runtime:\n  assertions:\n"
                   "    - expression: res.url\n      operator: eq\n      value: \"{{key}}\"\n"));
    QVERIFY(addRequest(u"B"_s, "/{{nope}}?key={{key}}"));
    QVERIFY(addRequest(u"C"_s, "", "  headers:\n    - name: \"a {{key}}\"\n      value: x\n"));
    const CliResult result =
        run(u"--secret key=s3/cr+t --report-junit "_s + path(u"j.xml"_s) + u" --samples "_s
            + path(u"s.csv"_s) + u" --report-html "_s + path(u"r.html"_s) + u" --har "_s
            + path(u"r.har"_s) + u" --record "_s + path(u"r.sluicerun"_s));
    QCOMPARE(result.status, 4);
    QByteArray all = result.out + result.err;
    for (const char *name : {"r.json", "s.csv", "j.xml", "r.html", "r.har", "r.sluicerun"}) {
        const QByteArray text = readFile(path(QLatin1StringView(name)));
        QVERIFY2(!text.isEmpty(), name);
        all += text;
    }
    for (const QByteArray &body : recordedBodies(path(u"r.sluicerun"_s)))
        all += body;
    QVERIFY(all.contains("********"));
    for (const QByteArray &form :
         {QByteArray("s3/cr+t"), QByteArray("s3%2Fcr%2Bt"), QByteArray("s3\\/cr+t"),
          QByteArray("s3/cr+t").toBase64(), QByteArray("me:s3/cr+t").toBase64()})
        QVERIFY2(!all.contains(form), (form + '\n' + all).constData());
}

void TestCliRun::htmlReportNeedsNoOtherFile()
{
    QVERIFY(addRequest(u"A"_s, "/",
                       "runtime:\n  assertions:\n    - expression: res.status\n"
                       "      operator: eq\n      value: \"404\"\n"));
    QCOMPARE(run(u"-n 20 --report-html "_s + path(u"r.html"_s)).status, 4);
    const QString page = QString::fromUtf8(readFile(path(u"r.html"_s)));
    for (const char *text : {"<svg", "prefers-color-scheme: dark", "Little", "coordinated omission",
                             "20 checks failed", "with queue", "res.status: expected 200"})
        QVERIFY2(page.contains(QLatin1StringView(text)), text);
    for (const char *text : {"<script", "<link", "src=", "@import", "{{"})
        QVERIFY2(!page.contains(QLatin1StringView(text)), text);
}

void TestCliRun::harHasOneEntryARequest()
{
    QVERIFY(addRequest(u"A"_s, "/json?a=b"));
    QCOMPARE(run(u"-n 12 --limit 2 --har "_s + path(u"r.har"_s)).status, 0);
    const QJsonObject log =
        QJsonDocument::fromJson(readFile(path(u"r.har"_s)))[u"log"_s].toObject();
    QCOMPARE(log[u"version"_s].toString(), u"1.2"_s);
    const QJsonArray entries = log[u"entries"_s].toArray();
    QCOMPARE(entries.size(), 12);
    for (const QJsonValue &entry : entries) {
        QCOMPARE(entry[u"request"_s][u"queryString"_s][0][u"value"_s].toString(), u"b"_s);
        QCOMPARE(entry[u"response"_s][u"status"_s].toInt(), 200);
        double sum = 0;
        for (const char *phase : {"blocked", "connect", "send", "wait", "receive"})
            sum += std::max(0.0, entry[u"timings"_s][QLatin1StringView(phase)].toDouble());
        QVERIFY(std::abs(sum - entry[u"time"_s].toDouble()) < 0.01);
    }
    QVERIFY(entries.last()[u"timings"_s][u"_blocked_queueing"_s].toDouble() > 0);
}

void TestCliRun::recordHasOneRowARequest()
{
    QVERIFY(addRequest(u"A"_s, "/json"));
    const QString file = path(u"r.sluicerun"_s);
    QCOMPARE(run(u"-n 30 --limit 3 --record "_s + file).status, 0);
    QCOMPARE(recorded(file, u"SELECT count(*) FROM sample WHERE status = 200"_s), u"30"_s);
    QCOMPARE(recorded(file, u"SELECT count(*) FROM sample WHERE admitted_us < enqueued_us OR "
                            "finished_us < admitted_us"_s),
             u"0"_s);
    QCOMPARE(recorded(file, u"SELECT name || finished FROM run"_s), u"T1"_s);
    QCOMPARE(recorded(file, u"SELECT count(*) FROM body"_s), u"20"_s);
    QVERIFY(recorded(file, u"SELECT limits FROM transition"_s).contains(u"\"total\":3"_s));
}

void TestCliRun::queueBoundsRefuse_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("kind");

    QTest::newRow("full") << u"--max-queue 5"_s << u"queueFull"_s;
    QTest::newRow("timeout") << u"--queue-timeout 20ms"_s << u"queueTimeout"_s;
}

void TestCliRun::queueBoundsRefuse()
{
    QFETCH(QString, flags);
    QFETCH(QString, kind);
    QVERIFY(addRequest(u"A"_s, "/slow?ms=100"));
    QCOMPARE(run(flags + u" -n 20 --limit 1"_s).status, 5);
    const QJsonObject requests = report()[u"requests"_s].toObject();
    QVERIFY(requests[u"neverAdmitted"_s].toInt() > 0);
    QCOMPARE(requests[u"neverAdmitted"_s].toInt() + requests[u"succeeded"_s].toInt(), 20);
    QCOMPARE(m_server->stats()[u"requests"_s].toInt(), requests[u"succeeded"_s].toInt());
    QCOMPARE(report()[u"errors"_s].toArray()[0].toObject()[u"kind"_s].toString(), kind);
}

void TestCliRun::durationEndsTheRun()
{
    QVERIFY(addRequest(u"A"_s, "/"));
    const CliResult result = run(u"--duration 300ms --limit 4 --max-queue 10"_s);
    QVERIFY2(result.status == 0, result.err.constData());
    const QJsonObject requests = report()[u"requests"_s].toObject();
    QVERIFY(requests[u"succeeded"_s].toInt() > 4);
    QCOMPARE(requests[u"neverAdmitted"_s].toInt(), 0);
    QVERIFY(report()[u"durationMs"_s].toDouble() >= 300);
}

void TestCliRun::bailStopsAtTheFirstFailure()
{
    QVERIFY(addRequest(u"A"_s, "/{{nope}}"));
    QVERIFY(addRequest(u"B"_s, "/"));
    QCOMPARE(run(u"--bail -n 1000 --order sequential"_s).status, 3);
    const QJsonObject requests = report()[u"requests"_s].toObject();
    QCOMPARE(requests[u"failed"_s].toInt(), 1);
    QCOMPARE(requests[u"succeeded"_s].toInt() + requests[u"cancelled"_s].toInt(), 1999);
    QVERIFY(requests[u"succeeded"_s].toInt() <= 1);
}

std::unique_ptr<QProcess> TestCliRun::startInterruptible(const QString &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->start(qEnvironmentVariable("SLUICE_BIN_DIR") + "/sluice-cli"_L1,
                   QStringList{u"run"_s, m_folder->path(), u"--report-json"_s, path(u"r.json"_s),
                               u"--samples"_s, path(u"s.csv"_s)}
                       + arguments.split(u' '));
    const auto isSending = [this] { return m_server->stats()[u"inFlight"_s].toInt() >= 3; };
    return QTest::qWaitFor(isSending, 30'000) ? std::move(process) : nullptr;
}

void TestCliRun::interruptDrainsAndStillReports()
{
    QVERIFY(addRequest(u"A"_s, "/slow?ms=500"));
    const std::unique_ptr<QProcess> process = startInterruptible(u"-n 100 --limit 3"_s);
    QVERIFY(process);
    ::kill(pid_t(process->processId()), SIGINT);
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitCode(), 130);
    const QJsonObject requests = report()[u"requests"_s].toObject();
    QVERIFY(requests[u"succeeded"_s].toInt() >= 3);
    QCOMPARE(requests[u"failed"_s].toInt(), 0);
    QCOMPARE(requests[u"succeeded"_s].toInt() + requests[u"cancelled"_s].toInt(), 100);
    QCOMPARE(readFile(path(u"s.csv"_s)).count('\n'), 101);
}

void TestCliRun::secondInterruptAborts()
{
    QVERIFY(addRequest(u"A"_s, "/slow?ms=60000"));
    const std::unique_ptr<QProcess> process = startInterruptible(u"-n 5 --limit 3"_s);
    QVERIFY(process);
    ::kill(pid_t(process->processId()), SIGINT);
    const auto isDraining = [&process] {
        return process->readAllStandardError().contains("Interrupted");
    };
    QVERIFY(QTest::qWaitFor(isDraining, 30'000));
    ::kill(pid_t(process->processId()), SIGINT);
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitCode(), 130);
    QCOMPARE(report()[u"requests"_s].toObject()[u"cancelled"_s].toInt(), 5);
}

void TestCliRun::quietWithoutTerminal()
{
    QVERIFY(addRequest(u"A"_s, "/slow?ms=1200"));
    const CliResult quiet = run({});
    QCOMPARE(quiet.status, 0);
    QCOMPARE(quiet.err, QByteArray());
    QVERIFY(quiet.out.contains("1 answered"));
    QVERIFY(run(u"--progress plain"_s).err.contains("in flight 1"));
}

void TestCliRun::sendPrintsTheReply()
{
    QVERIFY(addRequest(u"A"_s, "/json"));
    CliResult result = runCli({u"send"_s, m_server->url(u"/json"_s)});
    QCOMPARE(result.status, 0);
    const QByteArray body = result.out;
    QCOMPARE(QJsonDocument::fromJson(body).object()[u"title"_s].toString(), u"Demo"_s);
    QCOMPARE(runCli({u"send"_s, path(u"A.yml"_s)}).out, body);
    result = runCli({u"send"_s, u"-i"_s, m_server->url(u"/json"_s)});
    QVERIFY(result.out.startsWith("HTTP/1.1 200 OK\n"));
    QVERIFY(result.out.endsWith("\n\n" + body));
    result = runCli({u"send"_s, u"--timings"_s, m_server->url(u"/json"_s)});
    const QJsonObject timings = QJsonDocument::fromJson(result.out).object();
    QCOMPARE(timings[u"status"_s].toInt(), 200);
    QVERIFY(timings[u"totalMs"_s].toDouble() >= timings[u"waitingMs"_s].toDouble());
    QCOMPARE(timings[u"connection"_s].toString(), u"new"_s);
}

QTEST_GUILESS_MAIN(TestCliRun)
#include "tst_cli_run.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Whole collections under sluice-cli: every kind of request, scopes of actions, and secrets of
// every origin that are in none of the files which a run leaves.
#include "tests/support/cliprocess.h"
#include "tests/support/loopbackserver.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

/** Longer than what is shown of a value in a message. */
constexpr char GivenToken[] =
    "given: \"by\" the/server 0123456789 abcdefghij klmnopqrst uvwxyzABCD EFGHIJKLMN OPQRSTUVWX "
    "YZ0123456789 abcdefghij klmnopqrst uvwxyzABCD";

/** Every usual way to write \a secret. */
QByteArrayList formsOf(const QByteArray &secret)
{
    const QByteArray percent = QUrl::toPercentEncoding(QString::fromUtf8(secret));
    const QByteArray json =
        QJsonDocument(QJsonArray{QString::fromUtf8(secret)}).toJson(QJsonDocument::Compact);
    QUrl url;
    url.setQuery(QString::fromUtf8(secret));
    QByteArrayList forms{secret,
                         url.query(QUrl::FullyEncoded).toUtf8(),
                         percent,
                         percent.toLower(),
                         QByteArray(percent).replace("%20", "+"),
                         json.sliced(2, json.size() - 4),
                         QString::fromUtf8(secret).toHtmlEscaped().toUtf8(),
                         secret.toHex(),
                         secret.toHex().toUpper()};
    for (const QByteArray &user : {QByteArray(), QByteArray("me:"), QByteArray("u:")}) {
        // The last group of three may hold what follows.
        for (const auto kind : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray encoded =
                (user + secret).toBase64(kind | QByteArray::OmitTrailingEquals);
            forms.append(encoded.first(encoded.size() / 4 * 4));
        }
    }
    if (secret.size() > 60)
        forms.append(secret.first(60));
    return forms;
}

/** The bodies of a run record, unpacked; they are compressed in the file. */
QByteArray recordedBodies(const QString &path)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, path);
    database.setDatabaseName(path);
    QByteArray bodies;
    if (!database.open())
        return bodies;
    QSqlQuery query(database);
    for (query.exec(u"SELECT zlib FROM body"_s); query.next();)
        bodies += qUncompress(query.value(0).toByteArray());
    return bodies;
}

QByteArray http(const QByteArray &name, int seq, const QByteArray &rest)
{
    return "info: {name: " + name + ", type: http, seq: " + QByteArray::number(seq) + "}\n" + rest;
}

} // namespace

class TestCliCollections final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void kindsThatCannotRunAreSkippedWithAReason();
    void aBundleSkipsThemAsWell();
    void jsonAndGraphQlAreSentAsTheyAreWritten();
    void actionsActBeforeAndAfter();
    void theCollectionsLimitsHoldUnlessAFlagSaysElse_data();
    void theCollectionsLimitsHoldUnlessAFlagSaysElse();
    void secretsOfEveryOriginAreNowhere();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    bool write(const QString &name, const QByteArray &text)
    {
        return writeFile(path(u"c/"_s + name), text);
    }
    CliResult run(const QStringList &arguments = {}, const QString &what = u"c"_s)
    {
        return runCli(QStringList{u"run"_s, path(what), u"--report-json"_s, path(u"out/r.json"_s),
                                  u"--env-var"_s, u"base="_s + m_server->url({}).toString()}
                      + arguments);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LoopbackServer> m_server;
};

void TestCliCollections::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<LoopbackServer>([](const ReceivedRequest &request) {
        QJsonObject body{{u"echo"_s, QString::fromLatin1(request.target)}};
        if (request.target == "/login")
            body.insert(u"token"_s, QString::fromLatin1(GivenToken));
        return ScriptedReply::of("200 OK", QJsonDocument(body).toJson(QJsonDocument::Compact),
                                 "Content-Type: application/json\r\n");
    });
    QVERIFY(QDir(m_folder->path()).mkpath(u"out"_s));
    QVERIFY(write(u"opencollection.yml"_s, "opencollection: 1.0.0\ninfo:\n  name: T\n"));
}

void TestCliCollections::kindsThatCannotRunAreSkippedWithAReason()
{
    const QByteArray grpc = "info: {name: Prices, type: grpc}\ngrpc:\n  url: x # kept\n";
    const QByteArray chat = "info: {name: Chat, type: websocket}\nwebsocket: {url: 'ws://x'}\n";
    QVERIFY(write(u"ok.yml"_s, http("Ok", 1, "http: {url: \"{{base}}/ok\"}\n")));
    QVERIFY(write(u"live/prices.yml"_s, grpc));
    QVERIFY(write(u"live/chat.yml"_s, chat));
    const CliResult result =
        run({u"--report-junit"_s, path(u"out/r.xml"_s), u"--report-html"_s, path(u"out/r.html"_s)});
    QVERIFY2(result.status == 0, result.err.constData());
    QVERIFY2(result.err.contains("Skipped: live/Prices: gRPC is not supported"),
             result.err.constData());
    QVERIFY2(result.err.contains("Skipped: live/Chat: WebSocket is not supported"),
             result.err.constData());
    const QJsonObject report = QJsonDocument::fromJson(readFile(path(u"out/r.json"_s))).object();
    QCOMPARE(report[u"requests"_s][u"planned"_s].toInt(), 1);
    const QJsonArray skipped = report[u"skipped"_s].toArray();
    QCOMPARE(skipped.size(), 2);
    QCOMPARE(skipped[0][u"request"_s].toString(), u"live/Chat"_s);
    QCOMPARE(skipped[0][u"reason"_s].toString(), u"WebSocket is not supported"_s);
    const QByteArray xml = readFile(path(u"out/r.xml"_s));
    QVERIFY2(xml.contains(R"(<testsuite name="Ok" tests="1" failures="0" errors="0" skipped="0")"),
             xml.constData());
    QVERIFY2(xml.contains(
                 R"(<testsuite name="live/Chat" tests="1" failures="0" errors="0" skipped="1")"),
             xml.constData());
    QVERIFY2(xml.contains(R"(<skipped message="gRPC is not supported"/>)"), xml.constData());
    const QByteArray page = readFile(path(u"out/r.html"_s));
    QVERIFY2(page.contains("<h2>Skipped</h2>") && page.contains("live/Prices")
                 && page.contains("gRPC is not supported"),
             page.constData());
    QCOMPARE(readFile(path(u"c/live/prices.yml"_s)), grpc);
    QCOMPARE(readFile(path(u"c/live/chat.yml"_s)), chat);

    const CliResult alone = run({}, u"c/live"_s);
    QCOMPARE(alone.status, 2);
    QVERIFY2(alone.err.contains("Skipped: "), alone.err.constData());
    QCOMPARE(run({}, u"c/live/chat.yml"_s).status, 2);
    QCOMPARE(runCli({u"check"_s, path(u"c"_s)}).status, 0);
}

void TestCliCollections::aBundleSkipsThemAsWell()
{
    QVERIFY(writeFile(path(u"all.yml"_s),
                      "opencollection: 1.0.0\nbundled: true\ninfo: {name: T}\nitems:\n"
                      "  - info: {name: Chat, type: websocket}\n    websocket: {url: 'ws://x'}\n"
                      "  - info: {name: Ok, type: http}\n    http: {url: \"{{base}}/ok\"}\n"));
    const CliResult result = run({}, u"all.yml"_s);
    QVERIFY2(result.status == 0, result.err.constData());
    QVERIFY2(result.err.contains("Skipped: Chat: WebSocket is not supported"),
             result.err.constData());
    QCOMPARE(m_server->requests().size(), std::size_t(1));
}

void TestCliCollections::jsonAndGraphQlAreSentAsTheyAreWritten()
{
    QVERIFY(write(u"json.yml"_s,
                  http("Json", 1,
                       "http:\n  method: POST\n  url: \"{{base}}/json\"\n  body:\n    type: json\n"
                       "    data: |-\n      {\"id\": 9007199254740993, \"price\": 1.10}\n")));
    QVERIFY(write(u"graph.yml"_s,
                  "info: {name: Graph, type: graphql, seq: 2}\n"
                  "graphql:\n  url: \"{{base}}/graph\"\n  body:\n    query: \"{ me { id } }\"\n"
                  "    variables: '{\"id\": 9007199254740993}'\n"));
    const CliResult result = run({u"--order"_s, u"sequential"_s});
    QVERIFY2(result.status == 0, result.err.constData());
    const std::vector<ReceivedRequest> requests = m_server->requests();
    QCOMPARE(requests.size(), std::size_t(2));
    QCOMPARE(requests[0].body, QByteArray("{\"id\": 9007199254740993, \"price\": 1.10}"));
    QCOMPARE(requests[1].method, QByteArray("POST"));
    QVERIFY2(requests[1].body.contains("9007199254740993"), requests[1].body.constData());
    QVERIFY2(requests[1].body.contains("{ me { id } }"), requests[1].body.constData());
}

void TestCliCollections::actionsActBeforeAndAfter()
{
    QVERIFY(write(u"opencollection.yml"_s,
                  "opencollection: 1.0.0\ninfo:\n  name: T\nrequest:\n  actions:\n"
                  "    - {type: set-variable, phase: before-request,"
                  " selector: {expression: \"'all'\"}, variable: {name: who, scope: request}}\n"));
    QVERIFY(write(u"users/folder.yml"_s,
                  "info: {name: users, type: folder, seq: 1}\nrequest:\n  actions:\n"
                  "    - {type: set-variable, phase: after-response,"
                  " selector: {expression: res.status}, variable: {name: seen, scope: folder}}\n"));
    const QByteArray shows = "http: {url: \"{{base}}/{{who}}-{{seen}}\"}\n"
                             "runtime: {variables: [{name: unused, value: x}]}\n";
    QVERIFY(write(u"users/1.yml"_s, http("One", 1, "http: {url: \"{{base}}/{{who}}\"}\n")));
    QVERIFY(write(u"users/2.yml"_s, http("Two", 2, shows)));
    QVERIFY(write(u"3.yml"_s, http("Three", 3, shows)));
    const CliResult result = run();
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.contains("\"seen\""), result.err.constData());
    QStringList targets;
    for (const ReceivedRequest &request : m_server->requests())
        targets.append(QString::fromUtf8(request.target));
    QCOMPARE(targets, (QStringList{u"/all"_s, u"/all-200"_s}));
}

void TestCliCollections::theCollectionsLimitsHoldUnlessAFlagSaysElse_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<int>("peak");

    QTest::newRow("the collection's") << QStringList() << 2;
    QTest::newRow("a flag's, higher") << QStringList{u"--limit"_s, u"5"_s} << 5;
    QTest::newRow("a flag's, lower") << QStringList{u"--limit"_s, u"1"_s} << 1;
    QTest::newRow("another one's flag") << QStringList{u"--limit-per-host"_s, u"9"_s} << 2;
}

void TestCliCollections::theCollectionsLimitsHoldUnlessAFlagSaysElse()
{
    QFETCH(QStringList, flags);
    m_server = std::make_unique<LoopbackServer>([](const ReceivedRequest &) {
        ScriptedReply reply = ScriptedReply::of("200 OK", "{}");
        reply.delayMs = 20;
        return reply;
    });
    QVERIFY(write(u"opencollection.yml"_s, "opencollection: 1.0.0\ninfo:\n  name: T\n"
                                           "extensions: {sluice: {limits: {total: 2}}}\n"));
    QVERIFY(write(u"ok.yml"_s, http("Ok", 1, "http: {url: \"{{base}}/ok\"}\n")));
    const CliResult result = run(QStringList{u"-n"_s, u"20"_s} + flags);
    QVERIFY2(result.status == 0, result.err.constData());
    const QJsonObject report = QJsonDocument::fromJson(readFile(path(u"out/r.json"_s))).object();
    QTEST(report[u"concurrency"_s][u"peakInFlight"_s].toInt(), "peak");
}

void TestCliCollections::secretsOfEveryOriginAreNowhere()
{
    const QByteArray fromFile = "dot: \"env\" file/1+ä";
    const QByteArray fromProcess = "of the process & <more>/2";
    const QByteArray fromFlag = "flag's/3+\"x\"";
    const QByteArray fromServer = GivenToken;
    QVERIFY(write(u".env"_s, "inFile=\"" + QByteArray(fromFile).replace("\"", "\\\"") + "\"\n"));
    QVERIFY(write(u"environments/local.yml"_s,
                  "name: local\nvariables:\n  - {secret: true, name: inFile}\n"
                  "  - {secret: true, name: inProcess}\n  - {secret: true, name: token}\n"));
    const QByteArray uses =
        "http:\n  method: POST\n  url: \"{{base}}/u?a={{inFile}}&b={{inProcess}}&c={{flag}}\"\n"
        "  headers:\n    - {name: X-Key, value: \"{{inProcess}}\"}\n"
        "  body: {type: json, data: \"{\\\"k\\\": \\\"{{flag}}\\\"}\"}\n"
        "  auth: {type: basic, username: me, password: \"{{inFile}}\"}\n"
        "runtime:\n  assertions:\n    - {expression: res.body.echo, operator: eq,"
        " value: \"{{inProcess}}{{flag}}\"}\n";
    QVERIFY(write(u"1.yml"_s, http("Uses", 1, uses)));
    QVERIFY(
        write(u"2.yml"_s,
              http("Login", 2,
                   "http: {url: \"{{base}}/login\"}\nruntime:\n  actions:\n"
                   "    - {type: set-variable, phase: after-response, selector:"
                   " {expression: res.body.token}, variable: {name: token, scope: runtime}}\n")));
    QVERIFY(
        write(u"3.yml"_s, http("Has token", 3,
                               "http:\n  url: \"{{base}}/t?t={{token}}\"\n"
                               "  auth: {type: bearer, token: \"{{token}}\"}\n"
                               "runtime:\n  assertions:\n    - {expression: token, operator: eq,"
                               " value: \"other\"}\n")));
    QVERIFY(write(u"4.yml"_s, http("Broken", 4, "http: {url: \"{{base}}/{{nope}}?{{flag}}\"}\n")));
    qputenv("inProcess", fromProcess);
    QStringList outputs;
    for (const auto &[option, name] :
         {std::pair("--report-junit", "j.xml"), std::pair("--report-html", "r.html"),
          std::pair("--har", "r.har"), std::pair("--samples", "s.csv"),
          std::pair("--record", "r.sluicerun")}) {
        outputs << QString::fromLatin1(option) << path(u"out/"_s + QString::fromLatin1(name));
    }
    const CliResult result = run(QStringList{u"--env"_s, u"local"_s, u"--secret"_s,
                                             u"flag="_s + QString::fromUtf8(fromFlag), u"-n"_s,
                                             u"2"_s, u"--order"_s, u"sequential"_s}
                                 + outputs);
    qunsetenv("inProcess");
    QCOMPARE(result.status, 4);
    QCOMPARE(m_server->requests().size(), std::size_t(6));
    QVERIFY(m_server->requests().back().target.contains("/t?t=given"));

    QMap<QString, QByteArray> left{{u"standard output"_s, result.out},
                                   {u"standard error"_s, result.err},
                                   {u"bodies"_s, recordedBodies(path(u"out/r.sluicerun"_s))}};
    QDirIterator files(path(u"out"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        left.insert(file, readFile(file));
    }
    QVERIFY(left.size() >= 9);
    for (auto it = left.cbegin(); it != left.cend(); ++it) {
        QVERIFY2(!it->isEmpty(), qPrintable(it.key()));
        for (const QByteArray &secret : {fromFile, fromProcess, fromFlag, fromServer}) {
            for (const QByteArray &form : formsOf(secret))
                QVERIFY2(!it->contains(form),
                         qPrintable(it.key() + u": "_s + QString::fromUtf8(form + '\n' + *it)));
        }
    }
    QVERIFY(left[path(u"out/r.har"_s)].contains("********"));
}

QTEST_GUILESS_MAIN(TestCliCollections)
#include "tst_cli_collections.moc"

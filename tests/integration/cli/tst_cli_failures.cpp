// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"
#include "tests/support/loopbackserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

/** A port of 127.0.0.1 where nobody listens. */
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

ScriptedReply answer(const ReceivedRequest &request)
{
    if (request.target == "/garbage")
        return {"\x01\x02 this is not HTTP\r\n\r\n", 0, true, false};
    if (request.target == "/never")
        return {{}, 0, false, true};
    if (request.target == "/cut")
        return {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", 0, true, false};
    if (request.target == "/loop")
        return ScriptedReply::of("302 Found", {}, "Location: /loop\r\n");
    return ScriptedReply::of("200 OK", "fine");
}

} // namespace

/** One request that goes wrong beside others that do not. */
class TestCliFailures final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void othersGoOn_data();
    void othersGoOn();
    void sendTells_data();
    void sendTells();
    void highestStatusWins();
    void anEndlessScriptIsStopped();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    bool addRequest(const QByteArray &name, const QByteArray &rest);
    QJsonObject report() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LoopbackServer> m_server;
};

void TestCliFailures::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<LoopbackServer>(answer);
    QVERIFY(writeFile(path(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo: { name: T }\n"));
    QVERIFY(addRequest("good", "  url: " + m_server->url().toEncoded() + "\n"));
}

bool TestCliFailures::addRequest(const QByteArray &name, const QByteArray &rest)
{
    return writeFile(path(QString::fromUtf8(name) + ".yml"_L1),
                     "info:\n  name: " + name + "\n  type: http\nhttp:\n  method: GET\n" + rest);
}

QJsonObject TestCliFailures::report() const
{
    return QJsonDocument::fromJson(readFile(path(u"r.json"_s))).object();
}

void TestCliFailures::othersGoOn_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("says");

    const auto row = [](const char *name, const QByteArray &request, const char *kind,
                        const char *says) {
        QTest::newRow(name) << request << QString::fromLatin1(kind) << QByteArray(says);
    };
    const auto url = [](const char *text) { return QByteArray("  url: ") + text + '\n'; };
    row("unknown variable", url("http://127.0.0.1/{{nowhere}}"), "unknownVariable", "nowhere");
    row("invalid URL", url("\"http://bad host/\""), "invalidUrl", "http://bad host/");
    row("invalid URL by a variable", url("\"http://{{who}}/\""), "invalidUrl", "http://a b/");
    row("no host", url("http://"), "invalidUrl", "http://");
    row("other scheme", url("ftp://127.0.0.1/"), "invalidUrl", "only http and https");
    row("refused", url("http://127.0.0.1:FREE/"), "connectionRefused", "refused");
    row("never answers", url("SERVER/never"), "totalTimeout", "300 ms");
    row("garbage", url("SERVER/garbage"), "connectionClosed", "not HTTP");
    row("cut off", url("SERVER/cut"), "connectionClosed", "bad");
    row("redirects for ever", url("SERVER/loop"), "tooManyRedirects", "redirect");
    row("missing body file",
        url("SERVER/")
            + "  body:\n    type: file\n    data:\n      - filePath: nowhere.bin\n"
              "        selected: true\n",
        "fileNotFound", "nowhere.bin");
    row("body file outside",
        url("SERVER/")
            + "  body:\n    type: file\n    data:\n      - filePath: /etc/hostname\n"
              "        selected: true\n",
        "usage", "--allow-outside-files");
    row("unknown authentication", url("SERVER/") + "  auth:\n    type: hawk\n", "unsupported",
        "hawk");
}

void TestCliFailures::othersGoOn()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, says);
    request.replace("SERVER", m_server->url(QString()).toEncoded());
    request.replace("FREE", QByteArray::number(freePort()));
    QVERIFY(addRequest("bad", request));
    const CliResult result =
        runCli({u"run"_s, m_folder->path(), u"-n"_s, u"3"_s, u"--timeout"_s, u"300ms"_s,
                u"--env-var"_s, u"who=a b"_s, u"--report-json"_s, path(u"r.json"_s)});
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.startsWith("bad: ") && result.err.contains(says), result.err.constData());
    QCOMPARE(result.err.count('\n'), 1); // One clear sentence, once.
    const QJsonObject requests = report()[u"requests"_s].toObject();
    QCOMPARE(requests[u"succeeded"_s].toInt(), 3);
    QCOMPARE(requests[u"failed"_s].toInt(), 3);
    const QJsonArray errors = report()[u"errors"_s].toArray();
    QCOMPARE(errors.size(), 1);
    QTEST(errors[0].toObject()[u"kind"_s].toString(), "kind");
    QCOMPARE(errors[0].toObject()[u"count"_s].toInt(), 3);
    QVERIFY(!errors[0].toObject()[u"example"_s].toString().isEmpty());
}

void TestCliFailures::sendTells_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QByteArray>("says");

    QTest::newRow("invalid URL") << u"http://a b/"_s << QByteArray("http://a b/");
    QTest::newRow("unknown variable") << u"http://{{x}}/"_s << QByteArray("x");
    QTest::newRow("refused") << u"http://127.0.0.1:FREE/"_s << QByteArray("refused");
    QTest::newRow("never answers") << u"SERVER/never"_s << QByteArray("300 ms");
    QTest::newRow("garbage") << u"SERVER/garbage"_s << QByteArray("HTTP");
}

void TestCliFailures::sendTells()
{
    QFETCH(QString, target);
    QFETCH(QByteArray, says);
    target.replace(u"SERVER"_s, m_server->url(QString()).toString());
    target.replace(u"FREE"_s, QString::number(freePort()));
    const CliResult result = runCli({u"send"_s, target, u"--timeout"_s, u"300ms"_s});
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.contains(says), result.err.constData());
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY(result.out.isEmpty());
}

void TestCliFailures::highestStatusWins()
{
    QVERIFY(addRequest("bad", "  url: http://{{nowhere}}/\n"));
    QVERIFY(addRequest("wrong", "  url: " + m_server->url().toEncoded()
                                    + "\nruntime:\n  assertions:\n    - expression: res.status\n"
                                      "      operator: eq\n      value: \"500\"\n"));
    QCOMPARE(runCli({u"run"_s, m_folder->path()}).status, 4);
    QCOMPARE(runCli({u"run"_s, m_folder->path(), u"-n"_s, u"50"_s, u"--limit"_s, u"1"_s,
                     u"--max-queue"_s, u"1"_s})
                 .status,
             5);
}

void TestCliFailures::anEndlessScriptIsStopped()
{
    QVERIFY(addRequest("endless", "  url: " + m_server->url().toEncoded()
                                      + "\nruntime:\n  assertions:\n"
                                        "    - expression: (() => { for (;;); })()\n"
                                        "      operator: eq\n      value: \"1\"\n"));
    const CliResult result = runCli({u"run"_s, m_folder->path()});
    QCOMPARE(result.status, 4);
    QVERIFY2((result.out + result.err).contains("ran longer than 5000 ms and was stopped"),
             (result.out + result.err).constData());
}

QTEST_GUILESS_MAIN(TestCliFailures)
#include "tst_cli_failures.moc"

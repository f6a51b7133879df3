// SPDX-License-Identifier: GPL-3.0-or-later
// 84 folders with every operator of Bruno over every kind of value: both programs give the same
// verdict on each of their assertions, count the same and agree about the exit.
//
// Known differences, kept out of the table: bru reads 1e3 as 1 and 0x10 as 0, its res.url has no
// port, its res('..x') fails when the body holds a null, and a large integer never equals itself.
// It ignores the scope of an action and every action before the request, on which Sluice acts.
#include "core/collection/collectionedit.h"
#include "core/collection/formatnames.h"
#include "core/collection/requestdocument.h"
#include "tests/integration/bruno/brunoprocess.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/testresult.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr char Body[] =
    "{\"s\":\"abc\",\"n\":36,\"t\":true,\"f\":false,\"nul\":null,\"e\":[],\"o\":{},\"blank\":\"\","
    "\"arr\":[\"x\",\"y\",3],\"obj\":{\"a\":1},\"list\":[{\"id\":7},{\"id\":8}],\"digits\":\"36\"}";

/** The left-hand sides of the three folders that each operator has. */
const QList<QStringList> &leftSides()
{
    static const QList<QStringList> sides{
        {u"res.body.s"_s, u"res.body.n"_s, u"res.body.t"_s, u"res.body.nul"_s, u"res.body.nope"_s},
        {u"res.body.arr"_s, u"res.body.obj"_s, u"res.body.e"_s, u"res.body.o"_s,
         u"res.body.blank"_s},
        {u"res.status"_s, u"res.headers['x-count']"_s, u"res('list.id')"_s, u"five"_s,
         u"res.body.nope.deep"_s},
    };
    return sides;
}

/** The right-hand sides for \a op: each left-hand side meets two of them. */
QStringList rightSides(const QString &op)
{
    static const QStringList literals{u"abc"_s,       u"36"_s,  u"true"_s, u"null"_s,
                                      u"undefined"_s, u"x"_s,   u"0"_s,    u"\"36\""_s,
                                      u"''"_s,        u"200"_s, u"'abc'"_s};
    static const QMap<QString, QStringList> own{
        {u"in"_s, {u"abc, 36, 5"_s, u"[200, true]"_s, u"null,undefined"_s, u"\"3\""_s}},
        {u"notIn"_s, {u"abc, 36, 5"_s, u"[200, true]"_s, u"null,undefined"_s, u"\"3\""_s}},
        {u"between"_s, {u"1,40"_s, u"200, 299"_s, u"a,z"_s, u"40,1"_s, u"{{five}},5"_s}},
        {u"matches"_s, {u"^a"_s, u"/^\\d+$/"_s, u"null"_s, u"("_s, u"."_s}},
        {u"notMatches"_s, {u"^a"_s, u"/^\\d+$/"_s, u"null"_s, u"("_s, u"."_s}},
        {u"length"_s, {u"3"_s, u"0"_s, u"2"_s, u"\"1\""_s}},
        {u"startsWith"_s, {u"a"_s, u"3"_s, u"\"3\""_s, u"''"_s}},
        {u"endsWith"_s, {u"c"_s, u"6"_s, u"\"3\""_s, u"''"_s}},
        {u"contains"_s, {u"b"_s, u"x"_s, u"3"_s, u"a"_s, u"8"_s, u"\"3\""_s}},
        {u"notContains"_s, {u"b"_s, u"x"_s, u"3"_s, u"a"_s, u"8"_s, u"\"3\""_s}},
        {u"gt"_s, {u"4.5"_s, u"5"_s, u"abc"_s, u"-1"_s, u"{{five}}"_s}},
        {u"gte"_s, {u"36"_s, u"5"_s, u"abc"_s, u"200"_s, u"{{five}}"_s}},
        {u"lt"_s, {u"36"_s, u"201"_s, u"abc"_s, u"5.5"_s, u"{{five}}"_s}},
        {u"lte"_s, {u"36"_s, u"5"_s, u"200"_s, u"abc"_s, u"{{five}}"_s}},
    };
    return own.value(op, literals);
}

std::vector<AssertionSpec> assertionsOf(const QString &op, qsizetype side)
{
    std::vector<AssertionSpec> result;
    const bool isUnary = op.startsWith("is"_L1);
    const QStringList values = isUnary ? QStringList{QString()} : rightSides(op);
    qsizetype next = side;
    for (const QString &left : leftSides()[side]) {
        for (int i = 0; i < (isUnary ? 1 : 2); ++i)
            result.push_back({left, op, values[next++ % values.size()], true});
    }
    return result;
}

RequestSpec requestWith(const QString &name, std::vector<AssertionSpec> assertions)
{
    RequestSpec spec;
    spec.name = name;
    spec.url = u"{{base}}/verdict"_s;
    NameValue five{u"five"_s, u"5"_s, {}, true};
    five.type = ValueType::Number;
    spec.variables = {five};
    spec.assertions = std::move(assertions);
    return spec;
}

/** Bruno's sandbox loads while the first request is under way; a script waits for it. */
void addWarmUp(const QString &root)
{
    const Result<QString> folder = createFolder(root, u"0 warm-up"_s);
    VERIFY_RESULT(folder);
    RequestSpec spec = requestWith(u"warm"_s, {});
    spec.scripts = {{u"before-request"_s, u"const ready = true;"_s}};
    VERIFY_RESULT(createRequest(*folder, spec));
}

using Verdicts = QMap<QString, QList<bool>>; ///< By folder, in the order of the file.

Verdicts brunoVerdicts(const QString &report)
{
    QFile file(report);
    Verdicts verdicts;
    if (!file.open(QIODevice::ReadOnly))
        return verdicts;
    const QJsonArray runs = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue result : runs.at(0)[u"results"].toArray()) {
        const QString folder = result[u"path"].toString().section(u'/', 0, 0);
        for (const QJsonValue verdict : result[u"assertionResults"].toArray())
            verdicts[folder].append(verdict[u"status"] == "pass"_L1);
    }
    return verdicts;
}

Verdicts ourVerdicts(const QString &report)
{
    QFile file(report);
    Verdicts verdicts;
    if (!file.open(QIODevice::ReadOnly))
        return verdicts;
    QXmlStreamReader reader(&file);
    QString folder;
    bool isSending = false; // The first case of a suite is about the sending.
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        if (reader.name() == "testsuite"_L1) {
            folder = reader.attributes().value(u"name"_s).toString().section(u'/', 0, 0);
            isSending = true;
        } else if (reader.name() == "testcase"_L1) {
            if (!isSending)
                verdicts[folder].append(true);
            isSending = false;
        } else if (reader.name() == "failure"_L1 && !verdicts[folder].isEmpty()) {
            verdicts[folder].back() = false;
        }
    }
    return verdicts;
}

struct Run
{
    ProcessResult process;
    Verdicts verdicts;
};

LoopbackServer::Script answerAll()
{
    return [](const ReceivedRequest &) {
        return ScriptedReply::of("200 OK", Body,
                                 "Content-Type: application/json\r\nX-Count: 3\r\n");
    };
}

Run runBruno(const QString &folder)
{
    LoopbackServer server(answerAll());
    const QTemporaryDir reports;
    const QString report = reports.filePath(u"report.json"_s);
    Run run;
    run.process = runProcess(brunoProgram(),
                             {u"run"_s, u"-r"_s, u"--noproxy"_s, u"--reporter-json"_s, report,
                              u"--env-var"_s, u"base="_s + server.url(QString()).toString()},
                             folder);
    run.verdicts = brunoVerdicts(report);
    return run;
}

Run runSluice(const QString &folder)
{
    LoopbackServer server(answerAll());
    const QTemporaryDir reports;
    const QString report = reports.filePath(u"report.xml"_s);
    Run run;
    run.process =
        runProcess(qEnvironmentVariable("SLUICE_BIN_DIR") + u"/sluice-cli"_s,
                   {u"run"_s, folder, u"--progress"_s, u"none"_s, u"--report-junit"_s, report,
                    u"--env-var"_s, u"base="_s + server.url(QString()).toString()},
                   folder);
    run.verdicts = ourVerdicts(report);
    return run;
}

/** A collection with a folder for each entry of \a folders; bru lists them by name. */
void makeCollection(const QString &root, const QMap<QString, std::vector<AssertionSpec>> &folders)
{
    VERIFY_RESULT(createCollection(root, u"Verdicts"_s));
    addWarmUp(root);
    for (auto it = folders.cbegin(); it != folders.cend(); ++it) {
        const Result<QString> folder = createFolder(root, it.key());
        VERIFY_RESULT(folder);
        VERIFY_RESULT(createRequest(*folder, requestWith(u"r"_s, it.value())));
    }
}

} // namespace

class TestBrunoVerdicts final : public QObject
{
    Q_OBJECT

private slots:
    void sameVerdicts();
};

void TestBrunoVerdicts::sameVerdicts()
{
    if (brunoProgram().isEmpty()) {
        qWarning(
            "Bruno's program is not here (SLUICE_NPM_DIR): npm was unreachable, nothing shown");
        return;
    }
    QMap<QString, std::vector<AssertionSpec>> folders;
    const QStringList operators = assertionOperators();
    for (const QString &op : operators) {
        for (qsizetype side = 0; side < leftSides().size(); ++side)
            folders.insert(u"%1-%2"_s.arg(op.toLower()).arg(side), assertionsOf(op, side));
    }
    QCOMPARE(folders.size(), 84);

    const QTemporaryDir temporary;
    const QString all = temporary.filePath(u"all"_s);
    makeCollection(all, folders);
    const Run bruno = runBruno(all);
    const Run ours = runSluice(all);
    QVERIFY2(bruno.verdicts.size() == folders.size(), qPrintable(bruno.process.output));
    QVERIFY2(ours.verdicts.size() == folders.size(), qPrintable(ours.process.output));
    QStringList different;
    qsizetype passed = 0;
    QMap<QString, std::vector<AssertionSpec>> passing;
    for (auto it = folders.cbegin(); it != folders.cend(); ++it) {
        const QList<bool> theirs = bruno.verdicts.value(it.key());
        const QList<bool> mine = ours.verdicts.value(it.key());
        QCOMPARE(mine.size(), theirs.size());
        QCOMPARE(std::size_t(mine.size()), it->size());
        for (qsizetype i = 0; i < mine.size(); ++i) {
            const AssertionSpec &assertion = (*it)[std::size_t(i)];
            passed += theirs[i];
            if (theirs[i])
                passing[it.key()].push_back(assertion);
            if (mine[i] != theirs[i]) {
                different.append(u"%1 %2 %3: bru %4"_s.arg(assertion.expression, assertion.op,
                                                           assertion.value,
                                                           theirs[i] ? u"passes"_s : u"fails"_s));
            }
        }
    }
    QVERIFY2(different.isEmpty(), qPrintable(different.join(u'\n')));
    QVERIFY2(ours.process.output.contains(u"%1 passed"_s.arg(passed)),
             qPrintable(ours.process.output));
    QCOMPARE(bruno.process.exitCode, 1);
    QCOMPARE(ours.process.exitCode, 4);

    // What passes, by itself: both are content.
    const QString good = temporary.filePath(u"good"_s);
    makeCollection(good, passing);
    const Run brunoGood = runBruno(good);
    const Run oursGood = runSluice(good);
    QVERIFY2(brunoGood.process.exitCode == 0, qPrintable(brunoGood.process.output));
    QVERIFY2(oursGood.process.exitCode == 0, qPrintable(oursGood.process.output));
    QCOMPARE(oursGood.verdicts, brunoGood.verdicts);
}

QTEST_GUILESS_MAIN(TestBrunoVerdicts)
#include "tst_brunoverdicts.moc"

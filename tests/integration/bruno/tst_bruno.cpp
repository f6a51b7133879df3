// SPDX-License-Identifier: GPL-3.0-or-later
// Folders that Sluice makes and edits run under Bruno's own command line, and Bruno's under Sluice:
// both send the same requests and see the same statuses.
#include "core/collection/collectionedit.h"
#include "core/collection/requestdocument.h"
#include "tests/integration/bruno/brunoprocess.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/testresult.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

ScriptedReply answer(const ReceivedRequest &request)
{
    const QByteArray target = request.target;
    if (target.startsWith("/missing"))
        return ScriptedReply::of("404 Not Found", "{}", "Content-Type: application/json\r\n");
    if (request.method == "POST")
        return ScriptedReply::of("201 Created", "{\"id\": 7}",
                                 "Content-Type: application/json\r\n");
    return ScriptedReply::of("200 OK", "{\"id\": 7}", "Content-Type: application/json\r\n");
}

/** `METHOD target X-headers body` of each request, sorted: folders may run in any order. */
QStringList sent(const std::vector<ReceivedRequest> &requests)
{
    QStringList rows;
    for (const ReceivedRequest &request : requests) {
        QByteArrayList headers;
        for (const Header &header : request.headers) {
            const QByteArray name = header.name.toLower();
            if (name.startsWith("x-") || name == "authorization")
                headers.append(name + '=' + header.value);
        }
        std::ranges::sort(headers);
        rows.append(QString::fromUtf8(request.method + ' ' + request.target + ' '
                                      + headers.join(',') + ' ' + request.body));
    }
    rows.sort();
    return rows;
}

/** `PATH STATUS` from Bruno's report. */
QStringList brunoStatuses(const QString &report)
{
    QFile file(report);
    QStringList rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    const QJsonArray runs = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue result : runs.at(0)[u"results"].toArray()) {
        rows.append(
            u"%1 %2"_s.arg(result[u"path"].toString()).arg(result[u"response"][u"status"].toInt()));
    }
    rows.sort();
    return rows;
}

struct RunResult
{
    int exitCode = -1;
    QString output;
    QStringList sent;
    QStringList statuses;
};

RunResult run(const QString &program, const QStringList &arguments, const QString &folder)
{
    const ProcessResult process = runProcess(program, arguments, folder);
    RunResult result;
    result.exitCode = process.exitCode;
    result.output = process.output;
    return result;
}

RunResult runBruno(const QString &folder, const QStringList &arguments)
{
    LoopbackServer server(&answer);
    const QTemporaryDir reports;
    const QString report = reports.filePath(u"report.json"_s);
    RunResult result =
        run(brunoProgram(),
            QStringList{u"run"_s, u"-r"_s, u"--noproxy"_s, u"--reporter-json"_s, report,
                        u"--env-var"_s, u"base="_s + server.url(QString()).toString()}
                + arguments,
            folder);
    result.sent = sent(server.requests());
    result.statuses = brunoStatuses(report);
    return result;
}

RunResult runSluice(const QString &folder, const QStringList &arguments)
{
    LoopbackServer server(&answer);
    RunResult result =
        run(qEnvironmentVariable("SLUICE_BIN_DIR") + u"/sluice-cli"_s,
            QStringList{u"run"_s, folder, u"--env-var"_s,
                        u"base="_s + server.url(QString()).toString(), u"--progress"_s, u"none"_s}
                + arguments,
            folder);
    result.sent = sent(server.requests());
    return result;
}

RequestSpec simple(const QString &name, const QString &method, const QString &url)
{
    RequestSpec spec;
    spec.name = name;
    spec.method = method;
    spec.url = url;
    spec.auth.type = u"inherit"_s;
    return spec;
}

/** A collection with what Bruno's program can run, made by our code only. */
void makeCollection(const QString &root)
{
    VERIFY_RESULT(createCollection(root, u"Both ways"_s));
    Result<FolderDocument> collection = FolderDocument::read(root + u"/opencollection.yml"_s);
    VERIFY_RESULT(collection);
    FolderSpec spec = collection->spec();
    spec.defaults.headers = {{u"X-All"_s, u"{{who}}"_s, {}, true}, {u"X-Off"_s, u"1"_s, {}, false}};
    spec.defaults.auth = {u"bearer"_s, {{u"token"_s, u"t-{{who}}"_s}}};
    spec.limits = Limits();
    spec.limits->total = 4;
    VERIFY_RESULT(collection->setSpec(spec));
    VERIFY_RESULT(collection->save());

    EnvironmentSpec local;
    local.name = u"local"_s;
    local.variables = {{u"who"_s, u"ann: \"a\" #1"_s, true, false, {}}};
    VERIFY_RESULT(createEnvironment(root, local));

    RequestSpec get = simple(u"Get: a thing"_s, u"GET"_s, u"{{base}}/things/:id?page=1"_s);
    get.params = {{{u"page"_s, u"1"_s, {}, true}, false},
                  {{u"id"_s, u"{{number}}"_s, {}, true}, true}};
    get.variables = {{u"number"_s, u"0042"_s, {}, true}};
    get.assertions = {{u"res.status"_s, u"eq"_s, u"200"_s, true},
                      {u"res.body.id"_s, u"eq"_s, u"7"_s, true}};
    VERIFY_RESULT(createRequest(root, get));
    VERIFY_RESULT(createRequest(root, simple(u"Missing"_s, u"DELETE"_s, u"{{base}}/missing"_s)));

    const Result<QString> folder = createFolder(root, u"Orders & more"_s);
    VERIFY_RESULT(folder);
    RequestSpec json = simple(u"Create"_s, u"POST"_s, u"{{base}}/orders"_s);
    json.body.kind = BodySpec::Kind::Json;
    json.body.text = u"{\n  \"name\": \"it's: {{who}}\",\n  \"big\": 1\n}"_s;
    json.body.text.replace(u"{{who}}"_s, u"x"_s);
    json.headers = {{u"X-Text"_s, u"5"_s, {}, true}, {u"X-Flag"_s, u"true"_s, {}, true}};
    VERIFY_RESULT(createRequest(*folder, json));
    RequestSpec form = simple(u"Form"_s, u"POST"_s, u"{{base}}/form"_s);
    form.body.kind = BodySpec::Kind::FormUrlEncoded;
    form.body.fields = {FormField{{u"a"_s, u"two words"_s, {}, true}, false, {}},
                        FormField{{u"off"_s, u"x"_s, {}, false}, false, {}}};
    form.auth = {u"basic"_s, {{u"username"_s, u"ann"_s}, {u"password"_s, u"p w"_s}}};
    VERIFY_RESULT(createRequest(*folder, form));
    RequestSpec plain = simple(u"Text"_s, u"PUT"_s, u"{{base}}/text"_s);
    plain.body.kind = BodySpec::Kind::Text;
    plain.body.text = u"- not yaml\n  but: text\n"_s;
    plain.auth = {};
    VERIFY_RESULT(createRequest(*folder, plain));
}

/** The edits of an afternoon, by our code only. */
void editCollection(const QString &root)
{
    Result<RequestDocument> get = RequestDocument::read(root + u"/get-a-thing.yml"_s);
    VERIFY_RESULT(get);
    RequestSpec spec = get->spec();
    spec.headers.push_back({u"X-New"_s, u"{{number}}"_s, {}, true});
    spec.variables[0].value = u"43"_s;
    spec.tags = {u"smoke"_s};
    VERIFY_RESULT(get->setSpec(spec));
    VERIFY_RESULT(get->save());
    VERIFY_RESULT(renameItem(root + u"/missing.yml"_s, u"Still missing"_s));
    VERIFY_RESULT(moveItem(root + u"/orders-more/text.yml"_s, root, 0));
    VERIFY_RESULT(duplicateItem(root + u"/orders-more/create.yml"_s));
    VERIFY_RESULT(removeItem(root + u"/orders-more/form.yml"_s));
}

void copyFolder(const QString &from, const QString &to)
{
    QVERIFY(QDir().mkpath(to));
    QDirIterator entries(from, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString file = entries.next();
        const QString target = to + u'/' + QDir(from).relativeFilePath(file);
        QVERIFY(QDir().mkpath(QFileInfo(target).absolutePath()));
        QVERIFY(QFile::copy(file, target));
    }
}

} // namespace

class TestBruno final : public QObject
{
    Q_OBJECT

private slots:
    void ourFolderRunsUnderBoth();
    void brunosFolderRunsUnderBoth();
};

void TestBruno::ourFolderRunsUnderBoth()
{
    if (brunoProgram().isEmpty()) {
        qWarning(
            "Bruno's program is not here (SLUICE_NPM_DIR): npm was unreachable, nothing shown");
        return;
    }
    const QTemporaryDir folder;
    const QString root = folder.filePath(u"c"_s);
    makeCollection(root);
    const QStringList environment{u"--env"_s, u"local"_s};

    const RunResult first = runBruno(root, environment);
    QVERIFY2(first.exitCode == 0, qPrintable(first.output));
    QCOMPARE(first.statuses,
             (QStringList{u"get-a-thing.yml 200"_s, u"missing.yml 404"_s,
                          u"orders-more/create.yml 201"_s, u"orders-more/form.yml 201"_s,
                          u"orders-more/text.yml 200"_s}));
    const RunResult ours = runSluice(root, environment);
    QCOMPARE(ours.sent, first.sent);
    QVERIFY2(ours.exitCode == 0, qPrintable(ours.output));

    editCollection(root);
    QVERIFY(checkCollection(root).empty());
    const RunResult second = runBruno(root, environment);
    QVERIFY2(second.exitCode == 0, qPrintable(second.output));
    QCOMPARE(second.statuses,
             (QStringList{u"get-a-thing.yml 200"_s, u"orders-more/create-copy.yml 201"_s,
                          u"orders-more/create.yml 201"_s, u"still-missing.yml 404"_s,
                          u"text.yml 200"_s}));
    QVERIFY(second.sent.join(u'\n').contains(u"x-new=43"_s));
    const RunResult oursAgain = runSluice(root, environment);
    QCOMPARE(oursAgain.sent, second.sent);
}

void TestBruno::brunosFolderRunsUnderBoth()
{
    const QTemporaryDir folder;
    const QString root = folder.filePath(u"c"_s);
    copyFolder(qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/data/collection/bruno"_s, root);
    QVERIFY(checkCollection(root).empty());
    const QString file = root + u"/pets/Add a pet.yml"_s;
    Result<RequestDocument> document = RequestDocument::read(file);
    VERIFY_RESULT(document);
    RequestSpec spec = document->spec();
    spec.headers.push_back({u"X-New"_s, u"yes"_s, {}, true});
    VERIFY_RESULT(document->setSpec(spec));
    VERIFY_RESULT(document->save());
    if (brunoProgram().isEmpty()) {
        qWarning(
            "Bruno's program is not here (SLUICE_NPM_DIR): npm was unreachable, nothing shown");
        return;
    }
    Result<EnvironmentDocument> environment =
        EnvironmentDocument::read(root + u"/environments/Environment 1.yml"_s);
    VERIFY_RESULT(environment);
    VERIFY_RESULT(environment->setValue(u"variables[0].value"_s, u"{{base}}"_s));
    VERIFY_RESULT(environment->save());

    const QStringList arguments{u"--env"_s, u"Environment 1"_s};
    const RunResult bruno = runBruno(root, arguments);
    QVERIFY2(bruno.exitCode == 0, qPrintable(bruno.output));
    QCOMPARE(bruno.statuses,
             (QStringList{u"pets/Add a pet.yml 201"_s, u"pets/List pets.yml 200"_s}));
    QVERIFY(bruno.sent.join(u'\n').contains(u"x-new=yes"_s));
    // Bruno's program sends a query parameter only when the URL has it too, which its own import
    // forgets; Sluice sends what the table says.
    const RunResult ours = runSluice(root, arguments);
    QCOMPARE(QStringList(ours.sent).replaceInStrings(u"?limit=5"_s, QString()), bruno.sent);
}

QTEST_GUILESS_MAIN(TestBruno)
#include "tst_bruno.moc"

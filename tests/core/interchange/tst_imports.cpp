// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collection.h"
#include "core/interchange/curlcommand.h"
#include "core/interchange/importformats.h"
#include "tests/support/testresult.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Sluice;
using namespace Qt::StringLiterals;

/** Files and commands of other programs, as collections. */
class TestImports final : public QObject
{
    Q_OBJECT

private slots:
    void readsCurl_data();
    void readsCurl();
    void namesWhatCurlLoses_data();
    void namesWhatCurlLoses();
    void readsFormats_data();
    void readsFormats();
    void namesPlaces_data();
    void namesPlaces();
    void refuses_data();
    void refuses();
    void holdsSecretsBack();
    void writesACollection();
    void takesNoFullFolder();
};

namespace {

QByteArray data(const char *name)
{
    QFile file(qEnvironmentVariable("SLUICE_SOURCE_DIR") + "/tests/data/imports/"_L1
               + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/** A request on a few lines, to compare with. */
QString summary(const RequestSpec &spec)
{
    QStringList lines{spec.method + u' ' + spec.url};
    for (const Param &param : spec.params) {
        if (param.isPath)
            lines += u":%1=%2"_s.arg(param.name, param.value);
    }
    for (const NameValue &header : spec.headers)
        lines += u"%1%2: %3"_s.arg(header.enabled ? u""_s : u"~"_s, header.name, header.value);
    if (!spec.auth.type.isEmpty()) {
        QString auth = spec.auth.type;
        for (auto it = spec.auth.params.cbegin(); it != spec.auth.params.cend(); ++it)
            auth += u" %1=%2"_s.arg(it.key(), it.value());
        lines += auth;
    }
    if (!spec.body.text.isEmpty())
        lines += u"body "_s + spec.body.text;
    for (const FormField &field : spec.body.fields)
        lines += u"%1%2=%3"_s.arg(field.isFile ? u"@"_s : u""_s, field.name, field.value);
    if (!spec.body.filePath.isEmpty())
        lines += u"file "_s + spec.body.filePath;
    for (const AssertionSpec &assertion : spec.assertions)
        lines += u"%1 %2 %3"_s.arg(assertion.expression, assertion.op, assertion.value);
    return lines.join(u'\n');
}

QString outline(const std::vector<ImportedItem> &items)
{
    QStringList names;
    for (const ImportedItem &item : items) {
        names += item.isFolder ? u"%1(%2)"_s.arg(item.folder.name, outline(item.children))
                               : item.request.name;
    }
    return names.join(u", "_s);
}

const RequestSpec &firstRequest(const std::vector<ImportedItem> &items)
{
    return items.front().isFolder ? firstRequest(items.front().children) : items.front().request;
}

} // namespace

void TestImports::readsCurl_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("request");

    const auto row = [](const char *name, const char *command, const char *request) {
        QTest::newRow(name) << QString::fromUtf8(command) << QString::fromUtf8(request);
    };
    row("a URL", "curl 127.0.0.1:1/x", "GET http://127.0.0.1:1/x");
    row("a prompt before it", "$ curl http://h/", "GET http://h/");
    row("method and header", "curl -XPUT -H 'A: b' http://h/", "PUT http://h/\nA: b");
    row("options in one word", "curl -sSLk http://h/", "GET http://h/");
    row("a header without a value", "curl -H 'A;' http://h/", "GET http://h/\nA: ");
    row("a header taken away", "curl -H 'Accept:' http://h/", "GET http://h/");
    row("lines go on", "curl http://h/ \\\n  -H 'A: b' \\\r\n  -I", "HEAD http://h/\nA: b");
    row("quotes of C", "curl http://h/ --data-raw $'a\\nb\\x41\\u00e9\\''",
        "POST http://h/\nContent-Type: application/x-www-form-urlencoded\nbody a\nbA\u00e9'");
    row("form data", "curl http://h/ -d a=1 -d b=x%20y",
        "POST http://h/\nContent-Type: "
        "application/x-www-form-urlencoded\nbody a=1&b=x%20y");
    row("form data as fields", "curl http://h/ -d a=1 -d b=x+y", "POST http://h/\na=1\nb=x y");
    row("encoded data", "curl http://h/ --data-urlencode 'a=b c&d'",
        "POST http://h/\nContent-Type: application/x-www-form-urlencoded\nbody a=b%20c%26d");
    row("JSON", "curl http://h/ -H 'content-type: application/json' -d '{\"a\":1}'",
        "POST http://h/\ncontent-type: application/json\nbody {\"a\":1}");
    row("--json", "curl http://h/ --json '{}'",
        "POST http://h/\nAccept: application/json\nContent-Type: application/json\nbody {}");
    row("data in the URL", "curl -G http://h/?z -d a=1 --url-query 'q=x y'",
        "GET http://h/?z&q=x+y&a=1");
    row("a form", "curl http://h/ -F a=b -F 'f=@x.png;type=image/png'",
        "POST http://h/\na=b\n@f=x.png");
    row("an upload", "curl -T dir/x.txt http://h", "PUT http://h/x.txt\nfile dir/x.txt");
    row("a file", "curl http://h/ --data-binary @x.bin", "POST http://h/\nfile x.bin");
    row("a here-document",
        "curl http://h/ --data-binary @- -H 'Content-Type: text/plain' <<END\na\nb\nEND\n",
        "POST http://h/\nContent-Type: text/plain\nbody a\nb\n");
    row("basic", "curl -u me:pw http://h/", "GET http://h/\nbasic password=pw username=me");
    row("digest", "curl --digest -u me:pw http://h/",
        "GET http://h/\ndigest password=pw username=me");
    row("a token", "curl --oauth2-bearer t http://h/", "GET http://h/\nbearer token=t");
    row("cookies", "curl -b a=1 http://h/", "GET http://h/\nCookie: a=1");
    row("the shell's variables", "curl \"http://h/$A\" -H \"B: ${C}\" -H 'D: $E'",
        "GET http://h/{{process.env.A}}\nB: {{process.env.C}}\nD: $E");
    row("abbreviated", "curl --sil --head http://h/", "HEAD http://h/");
    row("a pipe behind it", "curl -s http://h/ | jq .", "GET http://h/");
    row("Windows", "curl ^\"http://h/?a=1^&b=^%^20^\" ^\n  -H ^\"A: ^\\^\"b^\\^\"^\"",
        "GET http://h/?a=1&b=%20\nA: \"b\"");
}

void TestImports::readsCurl()
{
    QFETCH(QString, command);
    QFETCH(QString, request);
    const Result<CurlCommands> commands = readCurl(command);
    VERIFY_RESULT(commands);
    QCOMPARE(commands->requests.size(), std::size_t(1));
    QCOMPARE(summary(commands->requests.front().request), request);
}

void TestImports::namesWhatCurlLoses_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("issue");

    const auto row = [](const char *name, const char *command, const char *issue) {
        QTest::newRow(name) << QString::fromUtf8(command) << QString::fromUtf8(issue);
    };
    row("an option without counterpart", "curl http://h/ \\\n --interface eth0",
        "2:2: --interface has no counterpart in Sluice");
    row("an unknown option", "curl --frobnicate http://h/",
        "1:6: --frobnicate is no option of curl that Sluice knows");
    row("a cookie file", "curl -b jar.txt http://h/",
        "1:6: --cookie jar.txt names a file of cookies, which is not read");
    row("a pattern", "curl http://h/[1-3]",
        "1:6: curl would expand the pattern in 'http://h/[1-3]'; it is taken as it is");
    row("a substitution", "curl http://h/ -d $(date)",
        "1:19: $(date) is the shell's and is not done");
    row("a redirection", "curl http://h/ < x", "1:16: < x is the shell's and is not done");
    row("standard input", "curl http://h/ -d @-",
        "1:16: the body comes from standard input, which is not read");
    row("no URL", "curl -d a=b", "1:1: this curl command has no URL");
    row("another program", "echo a | curl http://h/",
        "1:1: 'echo' is no curl command and is left out");
}

void TestImports::namesWhatCurlLoses()
{
    QFETCH(QString, command);
    QFETCH(QString, issue);
    const Result<CurlCommands> commands = readCurl(command);
    VERIFY_RESULT(commands);
    QStringList found;
    for (const Error &each : commands->issues)
        found += u"%1:%2: %3"_s.arg(each.line).arg(each.column).arg(each.message);
    QCOMPARE(found, QStringList{issue});
}

void TestImports::readsFormats_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("tree");
    QTest::addColumn<QString>("request");

    QTest::newRow("Postman") << data("postman.json") << u"Shop 🐟: Orders(Place), Plain"_s
                             << u"POST http://{{host}}/o/:id?a=1\n:id=7\nA: 1\n~B: 2\ninherit\n"
                                "body {\"n\": 9007199254740993}"_s;
    QTest::newRow("Postman with a mark")
        << "\xef\xbb\xbf" + data("postman.json") << u"Shop 🐟: Orders(Place), Plain"_s << QString();
    QTest::newRow("OpenAPI") << data("openapi.yml") << u"Pets: pets(Replace a pet)"_s
                             << u"PUT {{baseUrl}}/pets/:id\n:id=7\ninherit\nbody {\n  \"name\": "
                                "\"Rex\",\n  \"parent\": {}\n}"_s;
    QTest::newRow("HAR") << data("archive.har") << u"in: POST login"_s
                         << u"POST https://h/login?x=1\nX-A: b\nu=a b"_s;
    const QString insomnia = u"POST {{base}}/a\nA: 1\nbasic password={{pw}} username=u\nbody {}"_s;
    QTest::newRow("Insomnia 4") << data("insomnia4.json") << u"Ins: F(First, Second)"_s << insomnia;
    QTest::newRow("Insomnia 5") << data("insomnia5.yml") << u"Ins: F(First)"_s << insomnia;
    QTest::newRow("Bruno") << data("bruno.json") << u"Br: F(First)"_s
                           << u"POST http://h/a\nA: 1\nbearer token={{t}}\nbody {}\n"
                              "res.status eq 200"_s;
    QTest::newRow("curl") << QByteArray("#!/bin/sh\ncurl http://h/a\ncurl -X DELETE http://h/b\n")
                          << u"in: GET a, DELETE b"_s << QString();
}

void TestImports::readsFormats()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, tree);
    QFETCH(QString, request);
    const Result<ImportedCollection> collection = importText(text, u"/x/in.file"_s);
    VERIFY_RESULT(collection);
    QCOMPARE(collection->root.name + u": "_s + outline(collection->items), tree);
    if (!request.isEmpty())
        QCOMPARE(summary(firstRequest(collection->items)), request);
}

void TestImports::namesPlaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("issue");

    QTest::newRow("a script of Postman") << data("postman.json") << u"in.json:7:"_s;
    QTest::newRow("an entry of a HAR")
        << data("archive.har") << u"in.json:6:3: 'data:text/plain,x'"_s;
    QTest::newRow("a tag of Insomnia")
        << QByteArray("type: collection.insomnia.rest/5.0\ncollection:\n"
                      "  - { name: A, method: GET, url: \"{% now %}\" }\n")
        << u"in.json:3:5: the tag in '{% now %}'"_s;
}

void TestImports::namesPlaces()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, issue);
    const Result<ImportedCollection> collection = importText(text, u"in.json"_s);
    VERIFY_RESULT(collection);
    QVERIFY(!collection->issues.empty());
    const QString first = collection->issues.front().toString();
    QVERIFY2(first.startsWith(issue), qPrintable(first));
}

void TestImports::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");

    QTest::newRow("broken JSON") << QByteArray("{\n  \"info\": [1,\n}") << u"in.json:3:"_s;
    QTest::newRow("another format")
        << QByteArray("{\"a\": 1}") << u"in.json: This file is none of"_s;
    QTest::newRow("an open quote") << QByteArray("curl 'http://h/") << u"in.json:1:6: A quote"_s;
    QTest::newRow("nothing") << QByteArray() << u"in.json: This file is none of"_s;
}

void TestImports::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const Result<ImportedCollection> collection = importText(text, u"in.json"_s);
    QVERIFY(!collection);
    QCOMPARE(collection.error().code, ErrorCode::Parse);
    QVERIFY2(collection.error().toString().startsWith(error),
             qPrintable(collection.error().toString()));
}

void TestImports::holdsSecretsBack()
{
    const QByteArray text = "curl -u me:s3cret http://h/a\n"
                            "curl -H 'Authorization: Bearer s3cret' http://h/b\n"
                            "curl -u you:s3cret http://h/c\n";
    const Result<ImportedCollection> held = importText(text, u"in.sh"_s);
    VERIFY_RESULT(held);
    QCOMPARE(held->items[0].request.auth.params[u"password"_s], u"{{basicPassword}}"_s);
    QCOMPARE(held->items[1].request.headers[0].value, u"{{authorization}}"_s);
    QCOMPARE(held->items[2].request.auth.params[u"password"_s], u"{{basicPassword}}"_s);
    QCOMPARE(held->environments.size(), std::size_t(1));
    QCOMPARE(held->environments[0].variables.size(), std::size_t(2));
    QVERIFY(held->environments[0].variables[0].secret);
    QVERIFY(held->environments[0].variables[0].value.isEmpty());
    QCOMPARE(held->issues.size(), std::size_t(3));

    const Result<ImportedCollection> inUrl = importText(
        "curl https://me:s3cret@h/x?api_key=1\ncurl http://h/ -d password=x", u"in.sh"_s);
    VERIFY_RESULT(inUrl);
    QCOMPARE(inUrl->items[0].request.url, u"https://h/x?api_key=1"_s);
    QCOMPARE(inUrl->items[0].request.auth.params[u"password"_s], u"{{basicPassword}}"_s);
    QVERIFY(inUrl->issues.back().message.contains("'password' looks like a secret"_L1));

    const Result<ImportedCollection> kept = importText(text, u"in.sh"_s, ImportedSecrets::Keep);
    VERIFY_RESULT(kept);
    QCOMPARE(kept->items[0].request.auth.params[u"password"_s], u"s3cret"_s);
    QCOMPARE(kept->issues.size(), std::size_t(3));
}

void TestImports::writesACollection()
{
    QTemporaryDir folder;
    const Result<ImportedCollection> collection = importText(data("postman.json"), u"in.json"_s);
    VERIFY_RESULT(collection);
    const QString root = folder.filePath(u"shop"_s);
    VERIFY_RESULT(writeCollection(*collection, root));
    QVERIFY(checkCollection(root).empty());
    const Result<std::vector<RequestInContext>> requests = readRequests(root);
    VERIFY_RESULT(requests);
    QCOMPARE(requests->size(), std::size_t(2));
    const auto place =
        std::ranges::find(*requests, u"Orders/Place"_s, &RequestInContext::displayPath);
    QVERIFY(place != requests->end());
    QCOMPARE(summary(place->request), summary(firstRequest(collection->items)));
    QCOMPARE(place->defaults.front().auth.type, u"bearer"_s);
    QCOMPARE(place->request.scripts.size(), std::size_t(1));
}

void TestImports::takesNoFullFolder()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"x"_s));
    const Result<> written = writeCollection({}, folder.path());
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::Usage);
}

QTEST_GUILESS_MAIN(TestImports)
#include "tst_imports.moc"

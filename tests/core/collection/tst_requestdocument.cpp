// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/requestdocument.h"
#include "core/collection/specfile.h"
#include "tests/support/testresult.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <functional>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

QString dataPath(const QString &name)
{
    return qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/data/collection/"_s + name;
}

using Change = std::function<void(RequestSpec &)>;

/** The lines that differ: `-old` and `+new`, those that both texts begin and end with left out. */
QByteArray difference(const QByteArray &before, const QByteArray &after)
{
    QByteArrayList a = before.split('\n');
    QByteArrayList b = after.split('\n');
    while (!a.isEmpty() && !b.isEmpty() && a.first() == b.first()) {
        a.removeFirst();
        b.removeFirst();
    }
    while (!a.isEmpty() && !b.isEmpty() && a.last() == b.last()) {
        a.removeLast();
        b.removeLast();
    }
    QByteArray text;
    for (const QByteArray &line : a)
        text += '-' + line.trimmed() + '\n';
    for (const QByteArray &line : b)
        text += '+' + line.trimmed() + '\n';
    return text;
}

} // namespace

class TestRequestDocument final : public QObject
{
    Q_OBJECT

private slots:
    void untouchedFilesStayIdentical_data();
    void untouchedFilesStayIdentical();
    void changes_data();
    void changes();
    void whatIsNotShownKeepsItsPlace();
    void changesOfAFolder();
    void createdTextReadsBack_data();
    void createdTextReadsBack();
    void createdTextIsShort();
    void setValue_data();
    void setValue();
    void limitsOfACollection();
    void savesOnlyOverWhatWasRead();
    void newerFormatIsReadOnly();
};

void TestRequestDocument::untouchedFilesStayIdentical_data()
{
    QTest::addColumn<QString>("path");
    // Every file of the tests and of what is delivered, those of the fuzzers too.
    const QString source = qEnvironmentVariable("SLUICE_SOURCE_DIR");
    for (const QString &folder : {u"/tests"_s, u"/resources"_s}) {
        QDirIterator files(source + folder, {u"*.yml"_s, u"*.yaml"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            // Those that cannot be read are not there to be saved.
            if (!path.contains(u"/broken/"_s) && !path.contains(u"/imports/"_s))
                QTest::newRow(qPrintable(path.sliced(source.size() + 1))) << path;
        }
    }
}

void TestRequestDocument::untouchedFilesStayIdentical()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    const auto unchanged = [&](auto document) {
        VERIFY_RESULT(document);
        QVERIFY(!document->isModified());
        VERIFY_RESULT(document->setSpec(document->spec()));
        QCOMPARE(document->text(), before);
        QTemporaryDir folder;
        document->setPath(folder.filePath(u"x.yml"_s));
        VERIFY_RESULT(document->save(IfChanged::Overwrite));
        QFile saved(document->path());
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), before);
    };
    if (path.contains(u"/environments/"_s))
        unchanged(EnvironmentDocument::read(path));
    else if (path.endsWith(u"folder.yml"_s) || path.endsWith(u"opencollection.yml"_s)
             || isBundleFile(path))
        unchanged(FolderDocument::read(path));
    else
        unchanged(RequestDocument::read(path));
}

void TestRequestDocument::changes_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("wanted");

    const auto row = [](const char *name, const char *file, const Change &change,
                        const char *wanted) {
        QTest::newRow(name) << QString::fromLatin1(file) << change << QByteArray(wanted);
    };
    const char *list = "shop/list-products.yml";
    row(
        "a header's name", list, [](RequestSpec &spec) { spec.headers[0].name = u"X-Accept"_s; },
        "-- name: Accept   # what we like best\n+- name: X-Accept   # what we like best\n");
    row(
        "a header's value keeps its quotes", list,
        [](RequestSpec &spec) { spec.headers[1].value = u"no"_s; },
        "-value: 'yes'\n+value: 'no'\n");
    row(
        "a header switched on", list, [](RequestSpec &spec) { spec.headers[1].enabled = true; },
        "-disabled: true\n");
    row(
        "a header switched off", list, [](RequestSpec &spec) { spec.headers[0].enabled = false; },
        "+disabled: true\n");
    row(
        "a header added", list,
        [](RequestSpec &spec) {
            spec.headers.insert(spec.headers.begin() + 1, NameValue{u"X-New"_s, u"5"_s, {}, true});
        },
        "+- name: X-New\n+value: \"5\"\n");
    row(
        "a header removed", list,
        [](RequestSpec &spec) { spec.headers.erase(spec.headers.begin()); },
        "-- name: Accept   # what we like best\n-value: application/json\n");
    row(
        "the URL", list, [](RequestSpec &spec) { spec.url = u"http://x/"_s; },
        "-url: \"{{base}}/products/:id?page=1\"\n+url: \"http://x/\"\n");
    row(
        "the variant of a variable", list,
        [](RequestSpec &spec) { spec.variables[0].value = u"c"_s; }, "-value: b\n+value: c\n");
    row(
        "the method", list, [](RequestSpec &spec) { spec.method = u"HEAD"_s; },
        "-method: GET\n+method: HEAD\n");
    row(
        "auth", list,
        [](RequestSpec &spec) { spec.auth = {u"bearer"_s, {{u"token"_s, u"{{t}}"_s}}}; },
        "-auth: inherit\n+auth:\n+type: bearer\n+token: \"{{t}}\"\n");
    row("no auth", list, [](RequestSpec &spec) { spec.auth = {}; }, "-auth: inherit\n");
    row(
        "one of the nested auth parameters", "shop/create-order.yml",
        [](RequestSpec &spec) { spec.auth.params[u"credentials.clientId"_s] = u"you"_s; },
        "-auth: { type: oauth2, flow: client_credentials, credentials: { clientId: me, "
        "clientSecret: "
        "\"{{secret}}\" }, tokenConfig: { placement: { header: Bearer } } }\n"
        "+auth: { type: oauth2, flow: client_credentials, credentials: { clientId: you, "
        "clientSecret: "
        "\"{{secret}}\" }, tokenConfig: { placement: { header: Bearer } } }\n");
    row(
        "a new setting", "shop/create-order.yml",
        [](RequestSpec &spec) { spec.settings.timeoutMs = 100; }, "+settings:\n+timeout: 100\n");
    row(
        "a setting", list, [](RequestSpec &spec) { spec.settings.maxRedirects = 3; },
        "-maxRedirects: 5\n+maxRedirects: 3\n");
    row(
        "the HTTP version", list,
        [](RequestSpec &spec) { spec.settings.httpVersion = HttpVersion::Http1; },
        "+httpVersion: \"1.1\"\n");
    row(
        "a body's text", "shop/create-order.yml",
        [](RequestSpec &spec) { spec.body.text.replace(u"1.10"_s, u"1.20"_s); },
        "-\"price\": 1.10\n+\"price\": 1.20\n");
    row(
        "no body", "shop/create-order.yml", [](RequestSpec &spec) { spec.body = {}; },
        "-body:\n-type: json\n-data: |-\n-{\n-\"id\": 12345678901234567890,\n-\"price\": "
        "1.10\n-}\n");
    row(
        "the selected file", "shop/orders/archive/upload.yml",
        [](RequestSpec &spec) { spec.body.filePath = u"files/c.bin"_s; },
        "-- filePath: files/b.bin\n+- filePath: files/c.bin\n");
    row(
        "a file among others", "shop/bom.yml",
        [](RequestSpec &spec) { spec.body.fields[1].value = u"a.txt\nc.txt"_s; },
        "-- b.txt\n+- c.txt\n");
    row(
        "a query", "shop/orders/query.yml",
        [](RequestSpec &spec) { spec.body.graphQlVariables = u"{\"first\": 4}"_s; },
        "-variables: '{\"first\": 3}'\n+variables: '{\"first\": 4}'\n");
    row(
        "windows line ends", "shop/windows.yml",
        [](RequestSpec &spec) {
            spec.body.fields.push_back(FormField{{u"c"_s, u"x"_s, {}, true}, false, {}});
        },
        "+- name: c\n+value: x\n");
    row(
        "docs", list, [](RequestSpec &spec) { spec.docs = u"Lists all.\n"_s; },
        "-Lists.\n+Lists all.\n");
    row("tags", list, [](RequestSpec &spec) { spec.tags.append(u"slow"_s); }, "+- slow\n");
    row(
        "an assertion", list, [](RequestSpec &spec) { spec.assertions[0].value = u"201"_s; },
        "-value: \"200\"\n+value: \"201\"\n");
    row("the place", list, [](RequestSpec &spec) { spec.seq = 1.5; }, "-seq: 2\n+seq: 1.5\n");
}

void TestRequestDocument::changes()
{
    QFETCH(QString, file);
    QFETCH(Change, change);
    Result<RequestDocument> document = RequestDocument::read(dataPath(file));
    VERIFY_RESULT(document);
    const QByteArray before = document->text();
    RequestSpec spec = document->spec();
    change(spec);
    const Result<> done = document->setSpec(spec);
    VERIFY_RESULT(done);
    QTEST(difference(before, document->text()), "wanted");
    QVERIFY(document->spec() == spec);
    QVERIFY(document->isModified());
}

/** What a spec does not show keeps its list and its section when the last that it shows goes. */
void TestRequestDocument::whatIsNotShownKeepsItsPlace()
{
    const QByteArray kept = "info: {name: x, type: http}\nhttp: {url: u}\nruntime:\n"
                            "  actions:\n    - {type: x-other, of: [another, kind]}\n"
                            "  x-own: 1\nsettings:\n  x-own: 2 # kept\n";
    Result<RequestDocument> document = RequestDocument::parse(
        QByteArray(kept)
            .replace("  x-own: 1", "  variables:\n    - {name: a, value: b}\n  x-own: 1")
            .replace("  x-own: 2", "  timeout: 5\n  x-own: 2"),
        u"x.yml"_s);
    VERIFY_RESULT(document);
    RequestSpec spec = document->spec();
    spec.variables.clear();
    spec.settings.timeoutMs.reset();
    VERIFY_RESULT(document->setSpec(spec));
    QCOMPARE(document->text(), kept);
    spec.captures = {{u"v"_s, u"res.status"_s, u"runtime"_s, true}};
    VERIFY_RESULT(document->setSpec(spec));
    QVERIFY(document->text().contains("    - {type: x-other, of: [another, kind]}\n"));
    spec.captures.clear();
    VERIFY_RESULT(document->setSpec(spec));
    QCOMPARE(document->text(), kept);
}

void TestRequestDocument::changesOfAFolder()
{
    Result<FolderDocument> folder = FolderDocument::read(dataPath(u"shop/orders/folder.yml"_s));
    VERIFY_RESULT(folder);
    FolderSpec spec = folder->spec();
    spec.defaults.headers.clear();
    spec.name = u"Orders"_s;
    const QByteArray before = folder->text();
    VERIFY_RESULT(folder->setSpec(spec));
    QCOMPARE(difference(before, folder->text()),
             QByteArray("-name: Orders & more\n-type: folder\n-seq: 1\n-request:\n-headers:\n"
                        "-- name: X-Folder\n-value: orders\n"
                        "+name: Orders\n+type: folder\n+seq: 1\n+request:\n"));
}

void TestRequestDocument::createdTextReadsBack_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(dataPath(u"shop"_s), {u"*.yml"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.contains(u"/environments/"_s) && !path.endsWith(u"folder.yml"_s)
            && !path.endsWith(u"opencollection.yml"_s))
            QTest::newRow(qPrintable(path.section(u"/shop/"_s, 1))) << path;
    }
}

void TestRequestDocument::createdTextReadsBack()
{
    QFETCH(QString, path);
    const Result<RequestDocument> read = RequestDocument::read(path);
    VERIFY_RESULT(read);
    const RequestDocument created = RequestDocument::create(read->spec(), u"new.yml"_s);
    const Result<RequestDocument> again = RequestDocument::parse(created.text(), u"new.yml"_s);
    VERIFY_RESULT(again);
    QVERIFY2(again->spec() == read->spec(), created.text().constData());
}

void TestRequestDocument::createdTextIsShort()
{
    RequestSpec spec;
    spec.name = u"Get it"_s;
    spec.url = u"{{base}}/it"_s;
    QCOMPARE(RequestDocument::create(spec, u"get-it.yml"_s).text(),
             QByteArray("info:\n  name: Get it\n  type: http\n\n"
                        "http:\n  method: GET\n  url: \"{{base}}/it\"\n"));
}

void TestRequestDocument::setValue_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("wanted");
    QTest::newRow("text") << u"http.headers[0].value"_s << u"text/html"_s
                          << QByteArray("-value: application/json\n+value: text/html\n");
    QTest::newRow("digits as text")
        << u"http.headers[1].value"_s << u"5"_s << QByteArray("-value: 'yes'\n+value: '5'\n");
    QTest::newRow("number") << u"settings.timeout"_s << u"5000"_s
                            << QByteArray("-timeout: 0\n+timeout: 5000\n");
    QTest::newRow("flag") << u"http.headers[0].disabled"_s << u"true"_s
                          << QByteArray("+disabled: true\n");
    QTest::newRow("unknown key") << u"extensions.other.key"_s << u"x"_s
                                 << QByteArray("+extensions:\n+other:\n+key: x\n+\n");
    QTest::newRow("wrong number") << u"settings.timeout"_s << u"soon"_s << QByteArray("!");
    QTest::newRow("several") << u"http.headers"_s << u"x"_s << QByteArray("!");
    QTest::newRow("no such item") << u"http.headers[9].name"_s << u"x"_s << QByteArray("!");
}

void TestRequestDocument::setValue()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    Result<RequestDocument> document = RequestDocument::read(dataPath(u"shop/list-products.yml"_s));
    VERIFY_RESULT(document);
    const QByteArray before = document->text();
    const Result<> done = document->setValue(key, value);
    QTEST(done ? difference(before, document->text()) : QByteArray("!"), "wanted");
    if (!done)
        QCOMPARE(document->text(), before);
}

void TestRequestDocument::limitsOfACollection()
{
    Result<FolderDocument> document = FolderDocument::read(dataPath(u"shop/opencollection.yml"_s));
    VERIFY_RESULT(document);
    const QByteArray before = document->text();
    FolderSpec spec = document->spec();
    spec.limits->total = 40;
    VERIFY_RESULT(document->setSpec(spec));
    QCOMPARE(difference(before, document->text()),
             QByteArray("-total: 20               # aiohttp: limit\n"
                        "+total: 40               # aiohttp: limit\n"));
    spec.limits->hosts.push_back({u"api.example.com"_s, 3});
    VERIFY_RESULT(document->setSpec(spec));
    QVERIFY(document->text().contains("        - host: api.example.com\n          limit: 3\n"));
    spec.limits->hosts.back() = {u"api.example.com"_s, 0, u"auto"_s};
    VERIFY_RESULT(document->setSpec(spec));
    QVERIFY(document->text().contains("        - host: api.example.com\n          limit: auto\n"));
    QVERIFY(document->spec().limits == spec.limits);
    const Result<> unknown =
        document->setValue(u"extensions.sluice.limits.hosts[0].limit"_s, u"fast"_s);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().message,
             u"\"fast\" is no limit: a number is needed, or one of auto, gradient2, vegas, aimd"_s);
    VERIFY_RESULT(document->setValue(u"extensions.sluice.limits.perHost"_s, u"9"_s));
    QCOMPARE(document->spec().limits->perHost, 9);
    const QByteArray good = document->text();
    const Result<> wrong = document->setValue(u"extensions.sluice.limits.perHost"_s, u"-4"_s);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().message, u"\"perHost\" has to be a whole number from 0 to 100000"_s);
    QCOMPARE(document->text(), good);
    const Result<> tooShort =
        document->setValue(u"extensions.sluice.limits.idleExpiry"_s, u"300ms"_s);
    QVERIFY(!tooShort);
    QCOMPARE(tooShort.error().message, u"\"idleExpiry\" is less than 1s"_s);

    FolderSpec plain;
    plain.name = u"New"_s;
    plain.formatVersion = u"1.0.0"_s;
    FolderDocument created = FolderDocument::create(plain, u"opencollection.yml"_s);
    plain.limits = Limits();
    plain.limits->total = 5;
    plain.limits->idleExpiryUs = 2'000'000;
    VERIFY_RESULT(created.setSpec(plain));
    QCOMPARE(created.text(),
             QByteArray("opencollection: 1.0.0\n\ninfo:\n  name: New\n\nextensions:\n"
                        "  sluice:\n    limits:\n      total: 5\n      perHost: 0\n"
                        "      idleExpiry: 2s\n"));
}

void TestRequestDocument::savesOnlyOverWhatWasRead()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    RequestSpec spec;
    spec.name = u"A"_s;
    RequestDocument document = RequestDocument::create(spec, path);
    VERIFY_RESULT(document.save());
    QVERIFY(!document.isModified());

    Result<RequestDocument> other = RequestDocument::read(path);
    VERIFY_RESULT(other);
    spec.url = u"http://other/"_s;
    VERIFY_RESULT(other->setSpec(spec));
    VERIFY_RESULT(other->save());

    spec.url = u"http://mine/"_s;
    VERIFY_RESULT(document.setSpec(spec));
    const Result<> refused = document.save();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ChangedOnDisk);
    VERIFY_RESULT(document.save(IfChanged::Overwrite));

    QVERIFY(QFile::remove(path));
    const Result<> gone = document.save();
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::ChangedOnDisk);

    RequestDocument fresh = RequestDocument::create(spec, path);
    VERIFY_RESULT(fresh.save());
    RequestDocument second = RequestDocument::create(spec, path);
    QVERIFY(!second.save());
}

void TestRequestDocument::newerFormatIsReadOnly()
{
    QTemporaryDir folder;
    FolderSpec spec;
    spec.name = u"Future"_s;
    spec.formatVersion = u"2.0.0"_s;
    QFile root(folder.filePath(u"opencollection.yml"_s));
    QVERIFY(root.open(QIODevice::WriteOnly));
    root.write("opencollection: 2.0.0\ninfo:\n  name: Future\n");
    root.close();
    RequestDocument document = RequestDocument::create({}, folder.filePath(u"a.yml"_s));
    const Result<> refused = document.save();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
    QVERIFY(!QFile::exists(document.path()));
}

QTEST_GUILESS_MAIN(TestRequestDocument)
#include "tst_requestdocument.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collection.h"
#include "tests/support/testresult.h"
#include "tests/support/textfile.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

QString dataPath(const QString &name)
{
    return qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/data/collection/"_s + name;
}

/** `name [method|note]`, children in brackets. */
QString outline(const TreeItem &item)
{
    QStringList children;
    for (const TreeItem &child : item.children)
        children.append(outline(child));
    QString text = item.name;
    if (!item.method.isEmpty() || !item.note.isEmpty())
        text += u" <%1%2>"_s.arg(item.method, item.note);
    if (item.error)
        text += u" !"_s + QString::number(item.error->line);
    return children.isEmpty() ? text : text + u" ("_s + children.join(u", "_s) + u')';
}

} // namespace

class TestCollection final : public QObject
{
    Q_OBJECT

private slots:
    void tree();
    void request();
    void bodies_data();
    void bodies();
    void inherited();
    void collectionFile();
    void wrongLimitsNameTheirPlace_data();
    void wrongLimitsNameTheirPlace();
    void environments();
    void environmentsExtendOthers();
    void requestsOfAFolder();
    void unreadableFilesStayInTheTree();
    void check();
    void rootIsFound_data();
    void rootIsFound();
};

void TestCollection::tree()
{
    const Result<TreeItem> tree = readTree(dataPath(u"shop"_s));
    VERIFY_RESULT(tree);
    QCOMPARE(outline(*tree),
             u"Shop API (Orders & more (archive (Upload <PUT>), Query <POST>, "
             "Stream <gRPC is not supported>), untitled (get <get>), Create order <POST>, "
             "With a byte order mark <GET>, List products <GET>, Windows file <POST>)"_s);
}

void TestCollection::request()
{
    const Result<RequestInContext> read = readRequest(dataPath(u"shop/list-products.yml"_s));
    VERIFY_RESULT(read);
    const RequestSpec &spec = read->request;
    QCOMPARE(spec.name, u"List products"_s);
    QCOMPARE(spec.seq, 2.0);
    QCOMPARE(spec.tags, (QStringList{u"smoke"_s, u"read"_s}));
    QCOMPARE(spec.url, u"{{base}}/products/:id?page=1"_s);
    QCOMPARE(spec.headers.size(), 2u);
    QCOMPARE(spec.headers[0], (NameValue{u"Accept"_s, u"application/json"_s, {}, true}));
    QCOMPARE(spec.headers[1],
             (NameValue{u"X-Debug"_s, u"yes"_s, u"Only while debugging"_s, false}));
    QCOMPARE(spec.params.size(), 2u);
    QVERIFY(!spec.params[0].isPath);
    QVERIFY(spec.params[1].isPath);
    QCOMPARE(spec.params[1].value, u"42"_s);
    QCOMPARE(spec.auth.type, u"inherit"_s);
    QCOMPARE(spec.variables.at(0).value, u"b"_s);
    QCOMPARE(spec.scripts.at(0).code, u"bru.setVar(\"x\", 1);\n\n// done"_s);
    QCOMPARE(spec.assertions.size(), 2u);
    QCOMPARE(spec.assertions[0], (AssertionSpec{u"res.status"_s, u"eq"_s, u"200"_s, true}));
    QVERIFY(!spec.assertions[1].enabled);
    QCOMPARE(spec.captures.at(0),
             (CaptureSpec{u"firstId"_s, u"res.body.items[0].id"_s, u"runtime"_s, true}));
    QCOMPARE(spec.settings.timeoutMs, std::optional<qint64>(0));
    QCOMPARE(spec.settings.followRedirects, std::optional<bool>(false));
    QCOMPARE(spec.docs, u"Lists.\n"_s);
    QCOMPARE(read->displayPath, u"List products"_s);
    QCOMPARE(read->collectionPath, dataPath(u"shop"_s));
}

void TestCollection::bodies_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<BodySpec>("body");

    BodySpec json;
    json.kind = BodySpec::Kind::Json;
    json.text = u"{\n  \"id\": 12345678901234567890,\n  \"price\": 1.10\n}"_s;
    QTest::newRow("json keeps its numbers") << u"create-order.yml"_s << json;

    BodySpec form;
    form.kind = BodySpec::Kind::FormUrlEncoded;
    form.fields = {FormField{{u"a"_s, u"1"_s, {}, true}, false, {}},
                   FormField{{u"b"_s, u"two words"_s, {}, false}, false, {}}};
    QTest::newRow("form") << u"windows.yml"_s << form;

    BodySpec multipart;
    multipart.kind = BodySpec::Kind::Multipart;
    multipart.fields = {
        FormField{{u"note"_s, u"hi"_s, {}, true}, false, {}},
        FormField{{u"files"_s, u"a.txt\nb.txt"_s, {}, true}, true, u"text/plain"_s}};
    QTest::newRow("multipart") << u"bom.yml"_s << multipart;

    BodySpec file;
    file.kind = BodySpec::Kind::File;
    file.filePath = u"files/b.bin"_s;
    file.contentType = u"image/png"_s;
    QTest::newRow("the selected file") << u"orders/archive/upload.yml"_s << file;

    BodySpec graphQl;
    graphQl.kind = BodySpec::Kind::GraphQl;
    graphQl.text = u"query {\n  orders { id }\n}"_s;
    graphQl.graphQlVariables = u"{\"first\": 3}"_s;
    QTest::newRow("graphql") << u"orders/query.yml"_s << graphQl;
}

void TestCollection::bodies()
{
    QFETCH(QString, file);
    QFETCH(BodySpec, body);
    const Result<RequestInContext> read = readRequest(dataPath(u"shop/"_s + file));
    VERIFY_RESULT(read);
    QVERIFY(read->request.body == body);
}

void TestCollection::inherited()
{
    const Result<RequestInContext> read =
        readRequest(dataPath(u"shop/orders/archive/upload.yml"_s));
    VERIFY_RESULT(read);
    QCOMPARE(read->displayPath, u"Orders & more/archive/Upload"_s);
    QCOMPARE(read->defaults.size(), 3u);
    QCOMPARE(read->defaults[0].auth.type, u"bearer"_s);
    QCOMPARE(read->defaults[0].auth.params.value(u"token"_s), u"{{token}}"_s);
    QCOMPARE(read->defaults[0].variables.at(1).value, u"12345678901234567890"_s);
    QCOMPARE(read->defaults[0].settings.timeoutMs, std::optional<qint64>(5000));
    QCOMPARE(read->defaults[1].auth.params.value(u"username"_s), u"ann"_s);
    QCOMPARE(read->defaults[1].captures.at(0).variable, u"last"_s);
    QVERIFY(read->defaults[2] == RequestDefaults());
}

void TestCollection::collectionFile()
{
    const Result<FolderSpec> spec = readFolder(dataPath(u"shop"_s));
    VERIFY_RESULT(spec);
    QCOMPARE(spec->name, u"Shop API"_s);
    QCOMPARE(spec->formatVersion, u"1.0.0"_s);
    QVERIFY(!spec->readOnly);
    QCOMPARE(spec->docs, u"# Shop\n\nAll the calls."_s);
    Limits limits;
    limits.total = 20;
    limits.perHost = 6;
    limits.hosts = {{u"*.cdn.example.com"_s, 12}};
    limits.streamsPerConnection = 50;
    limits.idleExpiryUs = 20'000'000;
    limits.rate.perSecond = 50;
    limits.ratePerHost.perSecond = 10;
    limits.queueMax = 10000;
    limits.queueTimeoutUs = 30'000'000;
    QVERIFY(spec->limits == limits);
}

void TestCollection::wrongLimitsNameTheirPlace_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<int>("column");

    const auto row = [](const char *limit, int column) {
        QTest::newRow(limit) << QByteArray(limit) << column;
    };
    row("perHost: -1", 16);
    row("perHost: many", 16);
    row("perHost: 1.5", 16);
    row("perHost: 99999999999999999999", 16);
    row("perHost: [4]", 16);
    row("perhost: 4", 7);
    row("streamsPerConnection: 0", 29);
    row("idleExpiry: 300ms", 19);
    row("idleExpiry: forever", 19);
    row("idleExpiry: 400h", 19);
    row("queue: {max: -5}", 20);
    row("queue: {timeout: 30 parsecs}", 24);
    row("rate: {perSecond: -2}", 25);
    row("rate: {perSecond: fast}", 25);
    row("rate: {perSecond: 1e300}", 25);
    row("rate: {burst: 0}", 21);
    row("onHold: {statuses: [99]}", 27);
    row("onHold: {maxWait: -1s}", 25);
    row("hosts: [{limit: 3}]", 15);
    row("hosts: [{host: a}]", 15);
    row("hosts: [{host: a, limit: fast}]", 32);
    row("hosts: [{host: a, limit: -3}]", 32);
}

void TestCollection::wrongLimitsNameTheirPlace()
{
    QFETCH(QByteArray, limit);
    QFETCH(int, column);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"opencollection.yml"_s);
    Test::writeText(path, "opencollection: 1.0.0\ninfo: {name: T}\nextensions:\n  sluice:\n"
                          "    limits:\n      total: 3\n      "
                              + limit + "\n");
    const Result<FolderSpec> spec = readFolder(folder.path());
    QVERIFY(!spec);
    QCOMPARE(spec.error().file, path);
    QCOMPARE(spec.error().line, 7);
    QVERIFY2(spec.error().column == column, qPrintable(spec.error().toString()));
    QVERIFY(!spec.error().message.isEmpty());
}

void TestCollection::environments()
{
    const auto environments = readEnvironments(dataPath(u"shop"_s));
    VERIFY_RESULT(environments);
    QCOMPARE(environments->size(), 2u);
    const EnvironmentSpec &local = environments->at(0);
    QCOMPARE(local.name, u"local"_s);
    QCOMPARE(local.variables.at(0),
             (EnvironmentVariable{u"base"_s, u"http://127.0.0.1:9999"_s, true, false, {}}));
    QCOMPARE(local.variables.at(1), (EnvironmentVariable{u"token"_s, {}, true, true, {}}));
    QVERIFY(!local.variables.at(2).enabled);
    QCOMPARE(local.variables.at(3).value, u"8080"_s);
    QCOMPARE(environments->at(1).extends, u"local"_s);
    QCOMPARE(environments->at(1).dotEnvFile, u"staging.env"_s);
}

void TestCollection::environmentsExtendOthers()
{
    const auto staging = readEnvironment(dataPath(u"shop"_s), u"staging"_s);
    VERIFY_RESULT(staging);
    QStringList rows;
    for (const EnvironmentVariable &variable : staging->variables)
        rows.append(variable.name + u'=' + variable.value);
    QCOMPARE(rows, (QStringList{u"base=https://staging.example.com"_s, u"token="_s, u"old=gone"_s,
                                u"port=8080"_s}));

    const auto missing = readEnvironment(dataPath(u"shop"_s), u"live"_s);
    QVERIFY(!missing);
    QCOMPARE(missing.error().message,
             u"There is no environment \"live\"; the collection has: local, staging"_s);
}

void TestCollection::requestsOfAFolder()
{
    const auto requests = readRequests(dataPath(u"shop/orders"_s));
    VERIFY_RESULT(requests);
    QCOMPARE(requests->size(), 2u);
    QCOMPARE(requests->at(0).displayPath, u"Orders & more/archive/Upload"_s);
    QCOMPARE(requests->at(1).displayPath, u"Orders & more/Query"_s);

    const auto all = readRequests(dataPath(u"shop"_s));
    VERIFY_RESULT(all);
    QCOMPARE(all->size(), 7u);

    const auto missing = readRequests(dataPath(u"nowhere"_s));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::FileNotFound);
}

void TestCollection::unreadableFilesStayInTheTree()
{
    const Result<TreeItem> tree = readTree(dataPath(u"broken"_s));
    VERIFY_RESULT(tree);
    QCOMPARE(outline(*tree), u"Broken (Good <GET>, Headers <GET>, latin !2, tab !5, twice !6, "
                             "Typeless !1, unclosed !5, variable !5)"_s);
    const Result<RequestInContext> read = readRequest(dataPath(u"broken/variable.yml"_s));
    QVERIFY(!read);
    QCOMPARE(read.error().line, 5);
    QCOMPARE(read.error().column, 8);
    QVERIFY2(read.error().message.contains(u"Put quotes around"_s),
             qPrintable(read.error().message));
}

void TestCollection::check()
{
    const QString root = dataPath(u"broken"_s);
    QStringList found;
    for (const Error &error : checkCollection(root)) {
        found.append(u"%1:%2:%3"_s.arg(QDir(root).relativeFilePath(error.file))
                         .arg(error.line)
                         .arg(error.column));
    }
    QCOMPARE(found, (QStringList{u"opencollection.yml:9:7"_s, u"opencollection.yml:7:14"_s,
                                 u"opencollection.yml:8:16"_s, u"opencollection.yml:11:11"_s,
                                 u"opencollection.yml:11:18"_s, u"opencollection.yml:12:26"_s,
                                 u"opencollection.yml:13:25"_s, u"opencollection.yml:14:33"_s,
                                 u"headers.yml:6:12"_s, u"headers.yml:8:11"_s, u"latin.yml:2:0"_s,
                                 u"tab.yml:5:1"_s, u"twice.yml:6:3"_s, u"typeless.yml:1:1"_s,
                                 u"unclosed.yml:5:9"_s, u"variable.yml:5:8"_s}));
    QVERIFY(checkCollection(dataPath(u"shop"_s)).empty());
    QVERIFY(checkCollection(dataPath(u"bruno"_s)).empty());
    QCOMPARE(checkCollection(dataPath(u"broken/opencollection.yml"_s)).size(), 8u);
    QCOMPARE(checkCollection(dataPath(u"broken/headers.yml"_s)).size(), 2u);
    QVERIFY(checkCollection(dataPath(u"broken/good.yml"_s)).empty());
    QVERIFY(checkCollection(dataPath(u"shop/environments/local.yml"_s)).empty());
    QCOMPARE(checkCollection(dataPath(u"nowhere"_s)).at(0).code, ErrorCode::FileNotFound);
}

void TestCollection::rootIsFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("root") << u"shop"_s;
    QTest::newRow("its file") << u"shop/opencollection.yml"_s;
    QTest::newRow("folder") << u"shop/orders/archive"_s;
    QTest::newRow("request") << u"shop/orders/archive/upload.yml"_s;
}

void TestCollection::rootIsFound()
{
    QFETCH(QString, path);
    const Result<QString> root = findCollectionRoot(dataPath(path));
    VERIFY_RESULT(root);
    QCOMPARE(*root, dataPath(u"shop"_s));
}

QTEST_GUILESS_MAIN(TestCollection)
#include "tst_collection.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The other forms of a collection: Bruno's older .bru files and a single bundled file.
#include "core/collection/bruconversion.h"
#include "core/collection/bruparser.h"
#include "core/collection/brureader.h"
#include "core/collection/collection.h"
#include "core/collection/collectionedit.h"
#include "core/collection/requestdocument.h"
#include "tests/support/testresult.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

QString dataFolder(const QString &name)
{
    return qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/data/collection/"_s + name;
}

/** A copy of the test data \a name in \a parent. */
QString copied(const QString &name, const QTemporaryDir &parent)
{
    const QString from = dataFolder(name);
    const QString to = parent.filePath(name);
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        const QString target = to + u'/' + QDir(from).relativeFilePath(file);
        QDir().mkpath(QFileInfo(target).absolutePath());
        QFile::copy(file, target);
        QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
    }
    return to;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/** `name method note`, indented by depth. */
void listItems(const TreeItem &item, int depth, QStringList &rows)
{
    rows.append(QString(depth, u' ')
                + QStringList{item.name, item.method, item.note}.join(u' ').trimmed());
    for (const TreeItem &child : item.children)
        listItems(child, depth + 1, rows);
}

QStringList treeOf(const QString &root)
{
    QStringList rows;
    if (const Result<TreeItem> tree = readTree(root))
        listItems(*tree, 0, rows);
    return rows;
}

const QStringList olderTree{
    u"Older shop"_s,       u" All pets"_s,    u"  Upload PUT"_s,
    u"  Add a pet POST"_s, u" Search POST"_s, u" Chat  WebSocket is not supported"_s,
};

} // namespace

class TestCollectionForms final : public QObject
{
    Q_OBJECT

private slots:
    void readsOlderRequests();
    void readsOlderFoldersAndEnvironments();
    void onlyVariablesHaveTypes();
    void olderFilesAreNotWritten();
    void convertsOlderCollections();
    void convertsInPlace();
    void aConversionThatFailsLeavesNothing();
    void saysWhereAnOlderFileIsBroken_data();
    void saysWhereAnOlderFileIsBroken();
    void readsABundle();
    void editsABundleInPlace();
    void opensABundleOfAnotherName();
};

void TestCollectionForms::readsOlderRequests()
{
    const QString root = dataFolder(u"bru"_s);
    QCOMPARE(treeOf(root), olderTree);
    QVERIFY(checkCollection(root).empty());

    const Result<RequestInContext> added = readRequest(root + u"/pets/Add a pet.bru"_s);
    VERIFY_RESULT(added);
    const RequestSpec &spec = added->request;
    QCOMPARE(added->displayPath, u"All pets/Add a pet"_s);
    QCOMPARE(spec.tags, (QStringList{u"smoke"_s, u"slow-one"_s}));
    QCOMPARE(spec.url, u"{{base}}/pets/:kind?page=1"_s);
    QCOMPARE(spec.params.size(), 2U);
    QVERIFY(spec.params[1].isPath);
    QCOMPARE(spec.headers[1], (NameValue{u"X-Debug"_s, u"a: b"_s, {}, false}));
    QCOMPARE(spec.headers[2].name, u"X:Odd"_s);
    QCOMPARE(spec.body.text, u"{\n  \"name\": \"{{name}}\",\n  \"big\": 9007199254740993\n}"_s);
    QCOMPARE(spec.variables[0], (NameValue{u"name"_s, u"Tom"_s, u"Who it is"_s, true}));
    QCOMPARE(spec.variables[1].type, ValueType::Number);
    QCOMPARE(spec.captures[0].variable, u"id"_s);
    QCOMPARE(spec.captures[1], (CaptureSpec{u"old"_s, u"res.body.old"_s, u"request"_s, false}));
    QCOMPARE(spec.assertions[2], (AssertionSpec{u"res.body.name"_s, u"isString"_s, {}, false}));
    QCOMPARE(spec.assertions[4],
             (AssertionSpec{u"res.headers['x-count']"_s, u"eq"_s, u"3"_s, true}));
    QCOMPARE(spec.scripts.size(), 2U);
    QCOMPARE(spec.settings.timeoutMs, 1500);
    QCOMPARE(spec.docs, u"Adds *one*."_s);

    const Result<RequestInContext> upload = readRequest(root + u"/pets/Upload.bru"_s);
    VERIFY_RESULT(upload);
    const std::vector<FormField> &fields = upload->request.body.fields;
    QCOMPARE(fields[0].value, u"two\nlines"_s);
    QCOMPARE(fields[0].contentType, u"text/plain"_s);
    QVERIFY(fields[1].isFile);
    QCOMPARE(fields[1].value, u"a.png\nb.png"_s);
    QVERIFY(!fields[2].enabled);
    QCOMPARE(upload->request.auth.params.value(u"password"_s), u"p w"_s);

    const Result<RequestInContext> search = readRequest(root + u"/Search.bru"_s);
    VERIFY_RESULT(search);
    QCOMPARE(search->request.body.graphQlVariables, u"{ \"n\": 1 }"_s);
    const QMap<QString, QString> &auth = search->request.auth.params;
    QCOMPARE(auth.value(u"flow"_s), u"client_credentials"_s);
    QCOMPARE(auth.value(u"credentials.clientId"_s), u"me"_s);
    QCOMPARE(auth.value(u"tokenConfig.placement.header"_s), u"Bearer"_s);
    QCOMPARE(auth.value(u"additionalParameters.accessTokenRequest[0].name"_s), u"audience"_s);
}

void TestCollectionForms::readsOlderFoldersAndEnvironments()
{
    const QString root = dataFolder(u"bru"_s);
    const Result<FolderSpec> collection = readFolder(root);
    VERIFY_RESULT(collection);
    QCOMPARE(collection->name, u"Older shop"_s);
    QCOMPARE(collection->defaults.auth.params.value(u"token"_s), u"t-{{who}}"_s);
    QCOMPARE(collection->docs, u"# Shop\n\nAll of it."_s);
    const Result<RequestInContext> request = readRequest(root + u"/pets/Upload.bru"_s);
    VERIFY_RESULT(request);
    QCOMPARE(request->defaults.size(), 2U);
    QCOMPARE(request->defaults[1].captures[0].variable, u"last"_s);

    const Result<EnvironmentSpec> environment = readEnvironment(root, u"local"_s);
    VERIFY_RESULT(environment);
    QCOMPARE(environment->variables.size(), 5U);
    QVERIFY(!environment->variables[1].enabled);
    QCOMPARE(environment->variables[2].value, u"-----BEGIN-----\nabc"_s);
    QVERIFY(environment->variables[3].secret);
    QVERIFY(!environment->variables[4].enabled);

    const Result<std::vector<RequestInContext>> all = readRequests(root);
    VERIFY_RESULT(all);
    QCOMPARE(all->size(), 3U);
}

void TestCollectionForms::onlyVariablesHaveTypes()
{
    const Result<BruFile> file = parseBru("get {\n  url: http://127.0.0.1\n}\n\n"
                                          "headers {\n  @number\n  age: 3\n}\n\n"
                                          "vars:pre-request {\n  @number\n  age: 3\n}\n",
                                          u"x.bru"_s);
    VERIFY_RESULT(file);
    const RequestSpec spec = readBruRequest(*file, u"x"_s);
    QCOMPARE(spec.headers.at(0), (NameValue{u"age"_s, u"3"_s, {}, true}));
    QCOMPARE(spec.variables.at(0).type, ValueType::Number);
    const QByteArray text = RequestDocument::create(spec, u"x.yml"_s).text();
    const Result<RequestDocument> again = RequestDocument::parse(text, u"x.yml"_s);
    VERIFY_RESULT(again);
    QCOMPARE(again->spec().headers, spec.headers);
}

void TestCollectionForms::olderFilesAreNotWritten()
{
    const QTemporaryDir folder;
    const QString root = copied(u"bru"_s, folder);
    const QString file = root + u"/Search.bru"_s;
    const QByteArray before = bytesOf(file);
    Result<RequestDocument> document = RequestDocument::read(file);
    VERIFY_RESULT(document);
    QVERIFY(!document->isModified());
    RequestSpec spec = document->spec();
    spec.url = u"http://127.0.0.1/other"_s;
    VERIFY_RESULT(document->setSpec(spec));
    const Result<> saved = document->save();
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::ReadOnly);
    QVERIFY(saved.error().message.contains(u"convert"_s));
    QCOMPARE(bytesOf(file), before);
}

void TestCollectionForms::convertsOlderCollections()
{
    const QTemporaryDir folder;
    const QString from = dataFolder(u"bru"_s);
    const QString to = folder.filePath(u"new"_s);
    const Result<BruConversion> done = convertBruCollection(from, to);
    VERIFY_RESULT(done);
    QCOMPARE(done->requests, 3);
    QCOMPARE(done->environments, 1);
    QCOMPARE(done->problems.size(), 1U); // The WebSocket.
    QCOMPARE(treeOf(to), olderTree.first(5));
    QVERIFY(checkCollection(to).empty());
    for (const QString &name : {u"pets/Add a pet"_s, u"pets/Upload"_s, u"Search"_s}) {
        const Result<RequestInContext> before = readRequest(from + u'/' + name + u".bru"_s);
        const Result<RequestInContext> after = readRequest(to + u'/' + name + u".yml"_s);
        VERIFY_RESULT(before);
        VERIFY_RESULT(after);
        QCOMPARE(after->request, before->request);
        QCOMPARE(after->defaults, before->defaults);
    }
    QCOMPARE(readEnvironment(to, u"local"_s)->variables,
             readEnvironment(from, u"local"_s)->variables);
    QVERIFY(!convertBruCollection(from, to));
    QVERIFY(!convertBruCollection(to, folder.filePath(u"x"_s)));
}

void TestCollectionForms::convertsInPlace()
{
    const QTemporaryDir folder;
    const QString root = copied(u"bru"_s, folder);
    const QByteArray original = bytesOf(root + u"/Search.bru"_s);
    VERIFY_RESULT(convertBruCollection(root, root));
    QCOMPARE(treeOf(root), olderTree.first(5));
    QCOMPARE(bytesOf(root + u"/Search.bru"_s), original);
    VERIFY_RESULT(renameItem(root + u"/Search.yml"_s, u"Find"_s));
}

void TestCollectionForms::aConversionThatFailsLeavesNothing()
{
    const QTemporaryDir folder;
    const QString root = copied(u"bru"_s, folder);
    // Comes after some requests, and cannot be written over.
    const QString inTheWay = root + u"/pets/Add a pet.yml"_s;
    QFile file(inTheWay);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("somebody: else\n");
    file.close();
    const auto files = [&root] {
        QStringList paths;
        QDirIterator all(root, QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext())
            paths << all.next();
        paths.sort();
        return paths;
    };
    const QStringList before = files();
    const Result<BruConversion> done = convertBruCollection(root, root);
    QVERIFY(!done);
    QCOMPARE(done.error().file, inTheWay);
    QCOMPARE(files(), before);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("somebody: else\n"));
}

void TestCollectionForms::saysWhereAnOlderFileIsBroken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");

    QTest::newRow("no block") << QByteArray("meta {\n}\nhello\n") << 3;
    QTest::newRow("open text") << QByteArray("\nbody:json {\n  {}\n") << 2;
    QTest::newRow("open pairs") << QByteArray("get {\n  url: x\n") << 1;
    QTest::newRow("no colon") << QByteArray("headers {\n  a: b\n  c\n}\n") << 3;
    QTest::newRow("open fence") << QByteArray("vars {\n  a: '''\n  b\n}\n") << 2;
    QTest::newRow("open list") << QByteArray("meta {\n  tags: [\n  a\n") << 2;
    QTest::newRow("open names") << QByteArray("vars:secret [\n  a,\n") << 1;
    QTest::newRow("content beside the brace") << QByteArray("get { url: x }\n") << 1;
}

void TestCollectionForms::saysWhereAnOlderFileIsBroken()
{
    QFETCH(QByteArray, text);
    const Result<BruFile> file = parseBru(text, u"x.bru"_s);
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::Parse);
    QCOMPARE(file.error().file, u"x.bru"_s);
    QTEST(file.error().line, "line");
}

void TestCollectionForms::readsABundle()
{
    const QString root = dataFolder(u"bundled"_s);
    QCOMPARE(treeOf(root), (QStringList{u"Bundled shop"_s, u" Pets"_s, u"  List GET"_s,
                                        u"  Chat  WebSocket is not supported"_s, u" Ping HEAD"_s}));
    QVERIFY(checkCollection(root).empty());
    const Result<std::vector<RequestInContext>> requests = readRequests(root);
    VERIFY_RESULT(requests);
    QCOMPARE(requests->size(), 2U);
    const RequestInContext &list = requests->front();
    QCOMPARE(list.displayPath, u"Pets/List"_s);
    QCOMPARE(list.collectionPath, root);
    QCOMPARE(list.defaults.size(), 2U);
    QCOMPARE(list.defaults[0].headers[0].name, u"X-All"_s);
    QCOMPARE(list.defaults[1].variables[0].value, u"cat"_s);
    QCOMPARE(list.request.assertions.size(), 1U);
    const Result<EnvironmentSpec> environment = readEnvironment(root, u"local"_s);
    VERIFY_RESULT(environment);
    QCOMPARE(environment->variables[0].value, u"http://127.0.0.1"_s);
    const Result<TreeItem> tree = readTree(root);
    QCOMPARE(readRequests(tree->children[0].path)->size(), 1U);
}

void TestCollectionForms::editsABundleInPlace()
{
    const QTemporaryDir folder;
    const QString root = copied(u"bundled"_s, folder);
    const QString file = root + u"/opencollection.yml"_s;
    const QByteArray before = bytesOf(file);
    Result<RequestDocument> list = RequestDocument::read(file + u"#items[0].items[0]"_s);
    VERIFY_RESULT(list);
    VERIFY_RESULT(list->save());
    QCOMPARE(bytesOf(file), before);
    RequestSpec spec = list->spec();
    spec.url = u"{{base}}/cats"_s;
    VERIFY_RESULT(list->setSpec(spec));
    VERIFY_RESULT(list->save());
    QCOMPARE(bytesOf(file), QByteArray(before).replace("{{base}}/pets", "{{base}}/cats"));

    Result<EnvironmentDocument> environment =
        EnvironmentDocument::read(file + u"#config.environments[0]"_s);
    VERIFY_RESULT(environment);
    VERIFY_RESULT(environment->setValue(u"variables[0].value"_s, u"http://127.0.0.2"_s));
    VERIFY_RESULT(environment->save());
    QCOMPARE(bytesOf(file), QByteArray(before)
                                .replace("{{base}}/pets", "{{base}}/cats")
                                .replace("127.0.0.1\" # loop", "127.0.0.2\" # loop"));
    QVERIFY(!RequestDocument::read(file + u"#items[7]"_s));
}

void TestCollectionForms::opensABundleOfAnotherName()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"shop.yml"_s);
    QVERIFY(QFile::copy(dataFolder(u"bundled/opencollection.yml"_s), file));
    QCOMPARE(findCollectionRoot(file).value_or(QString()), file);
    QCOMPARE(treeOf(file).size(), 5);
    QCOMPARE(readRequests(file)->size(), 2U);
    QCOMPARE(readFolder(file)->name, u"Bundled shop"_s);
    QVERIFY(readEnvironment(file, u"local"_s));
}

QTEST_GUILESS_MAIN(TestCollectionForms)
#include "tst_collectionforms.moc"

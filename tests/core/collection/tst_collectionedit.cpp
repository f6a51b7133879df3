// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collectionedit.h"
#include "core/collection/itemnames.h"
#include "tests/support/testresult.h"

#include <QDir>
#include <QDirIterator>
#include <QMap>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

QString outline(const TreeItem &item)
{
    QStringList children;
    for (const TreeItem &child : item.children)
        children.append(outline(child));
    return children.isEmpty() ? item.name : item.name + u" ("_s + children.join(u", "_s) + u')';
}

QString outlineOf(const QString &root)
{
    const Result<TreeItem> tree = readTree(root);
    return tree ? outline(*tree) : tree.error().toString();
}

QMap<QString, QByteArray> filesIn(const QString &root)
{
    QMap<QString, QByteArray> files;
    QDirIterator entries(root, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        QFile file(entries.next());
        if (file.open(QIODevice::ReadOnly))
            files.insert(QDir(root).relativeFilePath(file.fileName()), file.readAll());
    }
    return files;
}

/** The names of the files whose content is not the same in both. */
QStringList changedFiles(const QMap<QString, QByteArray> &before,
                         const QMap<QString, QByteArray> &after)
{
    QStringList changed;
    for (auto file = after.cbegin(); file != after.cend(); ++file) {
        if (before.value(file.key()) != file.value())
            changed.append(file.key());
    }
    for (const QString &name : before.keys()) {
        if (!after.contains(name))
            changed.append(u'-' + name);
    }
    return changed;
}

RequestSpec named(const QString &name)
{
    RequestSpec spec;
    spec.name = name;
    spec.url = u"http://127.0.0.1/"_s;
    return spec;
}

} // namespace

class TestCollectionEdit final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void slugs_data();
    void slugs();
    void numbersBetween_data();
    void numbersBetween();
    void creates();
    void namesAreUnique();
    void renames();
    void aMoveChangesOneFile_data();
    void aMoveChangesOneFile();
    void manyMovesKeepTheOrder();
    void movesToAnotherFolder();
    void movesFolders();
    void duplicates();
    void removesAndRestores();
    void refuses();

private:
    QString path(const QString &name) const { return m_root + u'/' + name; }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_root;
};

void TestCollectionEdit::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->filePath(u"c"_s);
    VERIFY_RESULT(createCollection(m_root, u"C"_s));
    for (const QString &name : {u"One"_s, u"Two"_s, u"Three"_s, u"Four"_s})
        VERIFY_RESULT(createRequest(m_root, named(name)));
    for (const QString &name : {u"A"_s, u"B"_s, u"C"_s})
        VERIFY_RESULT(createFolder(m_root, name));
}

void TestCollectionEdit::slugs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("words") << u"List all  products!"_s << u"list-all-products"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"etc-passwd"_s;
    QTest::newRow("url") << u"GET /users/:id?x=1"_s << u"get-users-id-x-1"_s;
    QTest::newRow("umlaut") << u"Größe"_s << u"größe"_s;
    QTest::newRow("nothing") << u"???"_s << u"request"_s;
    QTest::newRow("device") << u"CON"_s << u"con-1"_s;
    QTest::newRow("port") << u"com7"_s << u"com7-1"_s;
    QTest::newRow("folder file") << u"Folder"_s << u"folder-1"_s;
    QTest::newRow("collection file") << u"opencollection"_s << u"opencollection-1"_s;
    QTest::newRow("long") << QString(300, u'x') << QString(100, u'x');
    QTest::newRow("dots and blanks at the end") << u"a. . "_s << u"a"_s;
}

void TestCollectionEdit::slugs()
{
    QFETCH(QString, name);
    QTEST(slug(name, u"request"_s), "wanted");
}

void TestCollectionEdit::numbersBetween_data()
{
    QTest::addColumn<double>("before");
    QTest::addColumn<double>("after");
    QTest::addColumn<double>("wanted");
    QTest::newRow("room") << 1.0 << 3.0 << 2.0;
    QTest::newRow("first") << 0.0 << 1.0 << 0.5;
    QTest::newRow("neighbours") << 1.0 << 2.0 << 1.5;
    QTest::newRow("fractions") << 1.5 << 2.0 << 1.8;
    QTest::newRow("narrow") << 1.5 << 1.6 << 1.55;
    QTest::newRow("none") << 1.0 << 1.0 << 0.0;
}

void TestCollectionEdit::numbersBetween()
{
    QFETCH(double, before);
    QFETCH(double, after);
    QTEST(seqBetween(before, after), "wanted");
}

void TestCollectionEdit::creates()
{
    QCOMPARE(outlineOf(m_root), u"C (A, B, C, One, Two, Three, Four)"_s);
    QCOMPARE(filesIn(m_root).keys(),
             (QStringList{u"a/folder.yml"_s, u"b/folder.yml"_s, u"c/folder.yml"_s, u"four.yml"_s,
                          u"one.yml"_s, u"opencollection.yml"_s, u"three.yml"_s, u"two.yml"_s}));
    EnvironmentSpec environment;
    environment.name = u"Local machine"_s;
    environment.variables = {{u"base"_s, u"http://x"_s, true, false, {}},
                             {u"token"_s, {}, true, true, {}}};
    const Result<QString> file = createEnvironment(m_root, environment);
    VERIFY_RESULT(file);
    QCOMPARE(*file, path(u"environments/local-machine.yml"_s));
    const auto read = readEnvironments(m_root);
    VERIFY_RESULT(read);
    QCOMPARE(read->at(0).variables, environment.variables);
    QVERIFY(checkCollection(m_root).empty());
    QVERIFY(!createCollection(m_root, u"Again"_s));
}

void TestCollectionEdit::namesAreUnique()
{
    const Result<QString> second = createRequest(m_root, named(u"ONE"_s));
    VERIFY_RESULT(second);
    QCOMPARE(*second, path(u"one-2.yml"_s));
    const Result<QString> folder = createFolder(m_root, u"a"_s);
    VERIFY_RESULT(folder);
    QCOMPARE(*folder, path(u"a-2"_s));
}

void TestCollectionEdit::renames()
{
    const Result<QString> request = renameItem(path(u"two.yml"_s), u"Two & a half"_s);
    VERIFY_RESULT(request);
    QCOMPARE(*request, path(u"two-a-half.yml"_s));
    const Result<QString> folder = renameItem(path(u"b"_s), u"Better"_s);
    VERIFY_RESULT(folder);
    QCOMPARE(outlineOf(m_root), u"C (A, Better, C, One, Two & a half, Three, Four)"_s);
    // Only the case changes: the file keeps its name.
    const Result<QString> same = renameItem(*request, u"TWO & A HALF"_s);
    VERIFY_RESULT(same);
    QCOMPARE(*same, *request);
}

void TestCollectionEdit::aMoveChangesOneFile_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("order");
    QTest::newRow("to the front") << u"three.yml"_s << 0 << u"Three, One, Two, Four"_s;
    QTest::newRow("to the end") << u"one.yml"_s << 3 << u"Two, Three, Four, One"_s;
    QTest::newRow("between") << u"four.yml"_s << 1 << u"One, Four, Two, Three"_s;
    QTest::newRow("far behind the end") << u"one.yml"_s << 99 << u"Two, Three, Four, One"_s;
}

void TestCollectionEdit::aMoveChangesOneFile()
{
    QFETCH(QString, file);
    QFETCH(int, index);
    QFETCH(QString, order);
    const auto before = filesIn(m_root);
    const Result<QString> moved = moveItem(path(file), m_root, index);
    VERIFY_RESULT(moved);
    QCOMPARE(outlineOf(m_root), u"C (A, B, C, %1)"_s.arg(order));
    QCOMPARE(changedFiles(before, filesIn(m_root)), QStringList{file});
}

void TestCollectionEdit::manyMovesKeepTheOrder()
{
    // Always into the same gap: its numbers run out and the siblings are numbered anew.
    QStringList order{u"one"_s, u"two"_s, u"three"_s, u"four"_s};
    for (int i = 0; i < 60; ++i) {
        const QString last = order.takeLast();
        order.insert(1, last);
        VERIFY_RESULT(moveItem(path(last + u".yml"_s), m_root, 1));
        QCOMPARE(outlineOf(m_root).toLower(), u"c (a, b, c, %1)"_s.arg(order.join(u", "_s)));
    }
}

void TestCollectionEdit::movesToAnotherFolder()
{
    const Result<QString> moved = moveItem(path(u"two.yml"_s), path(u"a"_s), 0);
    VERIFY_RESULT(moved);
    QCOMPARE(*moved, path(u"a/two.yml"_s));
    VERIFY_RESULT(createRequest(m_root, named(u"Two"_s)));
    const Result<QString> other = moveItem(path(u"two.yml"_s), path(u"a"_s), 1);
    VERIFY_RESULT(other);
    QCOMPARE(*other, path(u"a/two-2.yml"_s));
    QCOMPARE(outlineOf(m_root), u"C (A (Two, Two), B, C, One, Three, Four)"_s);
}

void TestCollectionEdit::movesFolders()
{
    VERIFY_RESULT(moveItem(path(u"c"_s), m_root, 0));
    QCOMPARE(outlineOf(m_root), u"C (C, A, B, One, Two, Three, Four)"_s);
    VERIFY_RESULT(moveItem(path(u"c"_s), path(u"a"_s), 0));
    QCOMPARE(outlineOf(m_root), u"C (A (C), B, One, Two, Three, Four)"_s);
    QVERIFY(!moveItem(path(u"a"_s), path(u"a/c"_s), 0));
}

void TestCollectionEdit::duplicates()
{
    VERIFY_RESULT(moveItem(path(u"two.yml"_s), path(u"a"_s), 0));
    VERIFY_RESULT(duplicateItem(path(u"one.yml"_s)));
    VERIFY_RESULT(duplicateItem(path(u"a"_s)));
    QCOMPARE(outlineOf(m_root), u"C (A (Two), A copy (Two), B, C, One, One copy, Three, Four)"_s);
}

void TestCollectionEdit::removesAndRestores()
{
    VERIFY_RESULT(moveItem(path(u"two.yml"_s), path(u"a"_s), 0));
    const auto before = filesIn(m_root);
    const Result<RemovedItem> folder = removeItem(path(u"a"_s));
    VERIFY_RESULT(folder);
    const Result<RemovedItem> request = removeItem(path(u"one.yml"_s));
    VERIFY_RESULT(request);
    QCOMPARE(outlineOf(m_root), u"C (B, C, Three, Four)"_s);
    VERIFY_RESULT(restoreItem(*folder));
    VERIFY_RESULT(restoreItem(*request));
    QCOMPARE(filesIn(m_root), before);

    VERIFY_RESULT(removeItem(path(u"one.yml"_s)));
    VERIFY_RESULT(createRequest(m_root, named(u"One"_s)));
    const Result<> taken = restoreItem(*request);
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::ChangedOnDisk);
}

void TestCollectionEdit::refuses()
{
    QCOMPARE(renameItem(path(u"nope.yml"_s), u"x"_s).error().code, ErrorCode::FileNotFound);
    QCOMPARE(moveItem(m_root, path(u"a"_s), 0).error().code, ErrorCode::Usage);
    QFile broken(path(u"broken.yml"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("info: [\n");
    broken.close();
    const auto before = filesIn(m_root);
    QCOMPARE(renameItem(broken.fileName(), u"Mended"_s).error().code, ErrorCode::Parse);
    QCOMPARE(filesIn(m_root), before);
}

QTEST_GUILESS_MAIN(TestCollectionEdit)
#include "tst_collectionedit.moc"

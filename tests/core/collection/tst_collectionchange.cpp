// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collectionchange.h"
#include "core/collection/linediff.h"
#include "core/collection/requestdocument.h"
#include "tests/support/testresult.h"
#include "tests/support/textfile.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

QByteArray requestText(const QByteArray &name, int seq)
{
    return "# kept\ninfo:\n  name: '" + name + "'\n  type: http\n  seq: " + QByteArray::number(seq)
           + "\nhttp:\n  method: GET\n  url: http://127.0.0.1/" + name + "\n";
}

/** Every file below \a root with its bytes, and every folder. */
QMap<QString, QByteArray> filesOf(const QString &root)
{
    QMap<QString, QByteArray> result;
    QDirIterator entries(root, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo entry(entries.next());
        QFile file(entry.filePath());
        result.insert(entry.filePath(), entry.isFile() && file.open(QIODevice::ReadOnly)
                                            ? file.readAll()
                                            : QByteArray());
    }
    return result;
}

using Maker = std::function<ChangeResult(const QString &root)>;

} // namespace

Q_DECLARE_METATYPE(Maker)

/** Changes to files that can be taken back and done again. */
class TestCollectionChange final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString path(const QString &name) const { return m_dir->filePath(name); }

private slots:
    void init();
    void comesBackByteForByte_data();
    void comesBackByteForByte();
    void keepsWhatWasWrittenSince();
    void refusesToReplaceSomethingElse();
    void limitsKeepOthersExtensions();
    void linesOfADifference();
};

void TestCollectionChange::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    writeText(path(u"opencollection.yml"_s),
              "# root\nopencollection: 1.0.0\ninfo:\n  name: Shop\n");
    writeText(path(u"a.yml"_s), requestText("a", 1));
    writeText(path(u"b.yml"_s), requestText("b", 2));
    writeText(path(u"users/folder.yml"_s), "info: { name: users, type: folder, seq: 1 }\n");
    writeText(path(u"users/c.yml"_s), requestText("c", 1));
    writeText(path(u"plain/d.yml"_s), requestText("d", 1));
    writeText(path(u"environments/local.yml"_s), "name: local # here\nvariables: []\n");
}

void TestCollectionChange::comesBackByteForByte_data()
{
    QTest::addColumn<Maker>("make");
    const auto row = [](const char *name, Maker make) { QTest::newRow(name) << std::move(make); };
    row("add request", [](const QString &root) {
        RequestSpec spec;
        spec.name = u"New one"_s;
        return addRequestUndoably(root + u"/users"_s, spec);
    });
    row("add folder", [](const QString &root) { return addFolderUndoably(root, u"More"_s); });
    row("rename request",
        [](const QString &root) { return renameUndoably(root + u"/a.yml"_s, u"Another"_s); });
    row("rename folder",
        [](const QString &root) { return renameUndoably(root + u"/users"_s, u"People"_s); });
    row("rename folder without file",
        [](const QString &root) { return renameUndoably(root + u"/plain"_s, u"Fancy"_s); });
    row("move into folder", [](const QString &root) {
        return moveUndoably(root + u"/a.yml"_s, root + u"/users"_s, 0);
    });
    row("move in order",
        [](const QString &root) { return moveUndoably(root + u"/b.yml"_s, root, 0); });
    row("move folder", [](const QString &root) {
        return moveUndoably(root + u"/plain"_s, root + u"/users"_s, 0);
    });
    row("duplicate request",
        [](const QString &root) { return duplicateUndoably(root + u"/a.yml"_s); });
    row("duplicate folder",
        [](const QString &root) { return duplicateUndoably(root + u"/users"_s); });
    row("remove request", [](const QString &root) { return removeUndoably(root + u"/a.yml"_s); });
    row("remove folder", [](const QString &root) { return removeUndoably(root + u"/users"_s); });
    row("limits", [](const QString &root) {
        Limits limits;
        limits.total = 7;
        return setLimitsUndoably(root, limits);
    });
    row("environment", [](const QString &root) {
        const EnvironmentSpec before = readEnvironments(root)->front();
        EnvironmentSpec after = before;
        after.variables.push_back({u"host"_s, u"127.0.0.1"_s, true, false, {}});
        return setEnvironmentUndoably(before, after);
    });
}

void TestCollectionChange::comesBackByteForByte()
{
    QFETCH(Maker, make);
    const auto before = filesOf(m_dir->path());
    const ChangeResult change = make(m_dir->path());
    VERIFY_RESULT(change);
    QVERIFY(!(*change)->isEmpty());
    const auto after = filesOf(m_dir->path());
    QVERIFY(after != before);
    for (int round = 0; round < 2; ++round) {
        const Result<ItemMove> undone = (*change)->undo();
        VERIFY_RESULT(undone);
        QCOMPARE(filesOf(m_dir->path()), before);
        QCOMPARE(undone->to, (*change)->move().from);
        VERIFY_RESULT((*change)->redo());
        QCOMPARE(filesOf(m_dir->path()), after);
    }
}

void TestCollectionChange::keepsWhatWasWrittenSince()
{
    const ChangeResult change = renameUndoably(path(u"a.yml"_s), u"Another"_s);
    VERIFY_RESULT(change);
    Result<RequestDocument> document = RequestDocument::read((*change)->move().to);
    VERIFY_RESULT(document);
    RequestSpec spec = document->spec();
    spec.method = u"PUT"_s;
    VERIFY_RESULT(document->setSpec(spec));
    VERIFY_RESULT(document->save());
    VERIFY_RESULT((*change)->undo());
    const Result<RequestInContext> request = readRequest(path(u"a.yml"_s));
    VERIFY_RESULT(request);
    QCOMPARE(request->request.name, u"a"_s);
    QCOMPARE(request->request.method, u"PUT"_s);
}

void TestCollectionChange::refusesToReplaceSomethingElse()
{
    const ChangeResult renamed = renameUndoably(path(u"a.yml"_s), u"Another"_s);
    const ChangeResult removed = removeUndoably(path(u"b.yml"_s));
    VERIFY_RESULT(renamed);
    VERIFY_RESULT(removed);
    writeText(path(u"a.yml"_s), "somebody's");
    writeText(path(u"b.yml"_s), "somebody's");
    const auto before = filesOf(m_dir->path());
    for (const ChangeResult &change : {renamed, removed}) {
        const Result<ItemMove> undone = (*change)->undo();
        QVERIFY(!undone);
        QCOMPARE(undone.error().code, ErrorCode::ChangedOnDisk);
    }
    QCOMPARE(filesOf(m_dir->path()).value(path(u"a.yml"_s)), before.value(path(u"a.yml"_s)));
    QCOMPARE(filesOf(m_dir->path()).value(path(u"b.yml"_s)), before.value(path(u"b.yml"_s)));
    // When the way is free again, the same step works.
    QVERIFY(QFile::remove(path(u"a.yml"_s)));
    VERIFY_RESULT((*renamed)->undo());
    QCOMPARE(filesOf(m_dir->path()).value(path(u"a.yml"_s)), requestText("a", 1));
}

void TestCollectionChange::limitsKeepOthersExtensions()
{
    writeText(path(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo:\n  name: Shop\n"
                                             "extensions:\n  other: { a: 1 } # theirs\n"
                                             "  sluice:\n    limits:\n      total: 3\n");
    VERIFY_RESULT(setLimitsUndoably(m_dir->path(), std::nullopt));
    const Result<FolderSpec> spec = readFolder(m_dir->path());
    VERIFY_RESULT(spec);
    QVERIFY(!spec->limits);
    QVERIFY(filesOf(m_dir->path())
                .value(path(u"opencollection.yml"_s))
                .contains("  other: { a: 1 } # theirs\n"));
}

void TestCollectionChange::linesOfADifference()
{
    using Kind = DiffLine::Kind;
    const std::vector<DiffLine> lines = lineDifference("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n");
    const std::vector<DiffLine> expected{{Kind::Same, "a"},  {Kind::Removed, "b"},
                                         {Kind::Added, "x"}, {Kind::Same, "c"},
                                         {Kind::Same, "d"},  {Kind::Added, "e"}};
    QVERIFY(lines == expected);
    QVERIFY(lineDifference("", "").empty());
    QVERIFY(lineDifference("same\n", "same\n") == std::vector<DiffLine>({{Kind::Same, "same"}}));
}

QTEST_GUILESS_MAIN(TestCollectionChange)
#include "tst_collectionchange.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a tree again reads what was written since and nothing else, and always gives what reading
// all of it gives.
#include "core/collection/treereader.h"
#include "tests/support/testresult.h"
#include "tests/support/textfile.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QThreadPool>

#include <array>
#include <atomic>
#include <fcntl.h>
#include <functional>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr int Folders = 4;
constexpr int RequestsPerFolder = 5;

QByteArray request(const QByteArray &name, int seq)
{
    return "info: {name: " + name + ", type: http, seq: " + QByteArray::number(seq)
           + "}\nhttp: {method: GET, url: http://127.0.0.1}\n";
}

/** All that a tree says, one item a line. */
QString outline(const TreeItem &item, const QString &indent = {})
{
    QString text = u"%1%2 %3 [%4] %5 %6 %7 %8\n"_s.arg(
        indent, QString::number(int(item.kind)), item.path, item.name, item.method, item.note,
        QString::number(item.seq), item.error ? item.error->toString() : QString());
    for (const TreeItem &child : item.children)
        text += outline(child, indent + u' ');
    return text;
}

} // namespace

class TestTreeIndex final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    TreeIndex m_index;

    QString file(const QString &name) const { return m_dir->filePath(name); }

    /**
     * Reads the tree again as from an hour after now, when no file is too new to be trusted, and
     * compares with reading all of it. Returns how many files were read, or -1.
     */
    qint64 readAgain(const QDateTime &now = QDateTime::currentDateTimeUtc().addSecs(3600))
    {
        Result<IndexedTree> read = readTree(m_dir->path(), m_index, now);
        const Result<TreeItem> whole = readTree(m_dir->path());
        if (!read || !whole || outline(read->tree) != outline(*whole))
            return -1;
        m_index = std::move(read->index);
        return read->filesRead;
    }

private slots:
    void init();
    void onlyWhatChangedIsRead_data();
    void onlyWhatChangedIsRead();
    void newTimesAreNotTrusted();
    void whatIsToldToBeWrittenIsRead();
    void theCollectionFileChangesAll();
    void bothFormatsAndBundles_data();
    void bothFormatsAndBundles();
    void readInEveryThreadOfThePool();
    void randomChanges();
};

void TestTreeIndex::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_index = {};
    writeText(file(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo: {name: Shop}\n");
    for (int folder = 0; folder < Folders; ++folder) {
        const QString path = u"f%1/"_s.arg(folder);
        writeText(file(path + u"folder.yml"_s), "info: {name: Folder, seq: 1}\n");
        for (int i = 0; i < RequestsPerFolder; ++i)
            writeText(file(u"%1r%2.yml"_s.arg(path).arg(i)),
                      request("R" + QByteArray::number(i), i));
    }
    QCOMPARE(readAgain(), Folders * (RequestsPerFolder + 1));
    QCOMPARE(readAgain(), 0);
}

void TestTreeIndex::onlyWhatChangedIsRead_data()
{
    using Change = std::function<void(const TestTreeIndex &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<qint64>("reads");

    const auto row = [](const char *name, qint64 reads, const Change &change) {
        QTest::newRow(name) << change << reads;
    };
    row("nothing", 0, [](const TestTreeIndex &) {});
    row("written", 1, [](const TestTreeIndex &test) {
        writeText(test.file(u"f1/r2.yml"_s), request("Other name", 2));
    });
    row("same size and time", 1, [](const TestTreeIndex &test) {
        const QByteArray path = QFile::encodeName(test.file(u"f1/r2.yml"_s));
        struct stat before = {};
        QCOMPARE(::stat(path.constData(), &before), 0);
        writeText(test.file(u"f1/r2.yml"_s), request("X2", 2));
        const std::array<timespec, 2> times{before.st_atim, before.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, path.constData(), times.data(), 0), 0);
    });
    row("new", 1, [](const TestTreeIndex &test) {
        writeText(test.file(u"f1/new.yml"_s), request("New", 9));
    });
    row("new folder", 2, [](const TestTreeIndex &test) {
        writeText(test.file(u"f9/folder.yml"_s), "info: {name: Nine}\n");
        writeText(test.file(u"f9/new.yml"_s), request("New", 9));
    });
    row("deleted", 0,
        [](const TestTreeIndex &test) { QVERIFY(QFile::remove(test.file(u"f1/r2.yml"_s))); });
    row("deleted folder", 0,
        [](const TestTreeIndex &test) { QVERIFY(QDir(test.file(u"f1"_s)).removeRecursively()); });
    row("moved", 1, [](const TestTreeIndex &test) {
        QVERIFY(QFile::rename(test.file(u"f1/r2.yml"_s), test.file(u"f2/moved.yml"_s)));
    });
    row("two changed places", 2, [](const TestTreeIndex &test) {
        const QString aside = test.file(u"aside"_s);
        QVERIFY(QFile::rename(test.file(u"f1/r1.yml"_s), aside));
        QVERIFY(QFile::rename(test.file(u"f1/r2.yml"_s), test.file(u"f1/r1.yml"_s)));
        QVERIFY(QFile::rename(aside, test.file(u"f1/r2.yml"_s)));
    });
    row("moved folder", RequestsPerFolder + 1, [](const TestTreeIndex &test) {
        QVERIFY(QDir().rename(test.file(u"f1"_s), test.file(u"f2/inner"_s)));
    });
    row("unreadable", 1, [](const TestTreeIndex &test) {
        writeText(test.file(u"f1/r2.yml"_s), "info:\n\tname: x\n");
    });
    row("a folder in a file's place", 0, [](const TestTreeIndex &test) {
        QVERIFY(QFile::remove(test.file(u"f1/r2.yml"_s)));
        QVERIFY(QDir().mkpath(test.file(u"f1/r2.yml"_s)));
    });
    row("a folder's own file", 1, [](const TestTreeIndex &test) {
        writeText(test.file(u"f1/folder.yml"_s), "info: {name: Renamed, seq: 3}\n");
    });
    row("a folder's own file deleted", 0,
        [](const TestTreeIndex &test) { QVERIFY(QFile::remove(test.file(u"f1/folder.yml"_s))); });
    row("a link to another file", 1, [](const TestTreeIndex &test) {
        writeText(test.file(u"target"_s), request("Target", 4));
        QVERIFY(QFile::remove(test.file(u"f1/r2.yml"_s)));
        QVERIFY(QFile::link(test.file(u"target"_s), test.file(u"f1/r2.yml"_s)));
    });
    row("a link to nowhere", 0, [](const TestTreeIndex &test) {
        QVERIFY(QFile::remove(test.file(u"f1/r2.yml"_s)));
        QVERIFY(QFile::link(test.file(u"nowhere"_s), test.file(u"f1/r2.yml"_s)));
    });
}

void TestTreeIndex::onlyWhatChangedIsRead()
{
    QFETCH(std::function<void(const TestTreeIndex &)>, change);
    change(*this);
    QTEST(readAgain(), "reads");
    QCOMPARE(readAgain(), 0);
}

void TestTreeIndex::newTimesAreNotTrusted()
{
    // What was written in the last seconds may be written again without getting another time.
    QCOMPARE(readAgain(QDateTime::currentDateTimeUtc()), 0);
    QCOMPARE(readAgain(QDateTime::currentDateTimeUtc()), Folders * (RequestsPerFolder + 1));
    QCOMPARE(readAgain(), Folders * (RequestsPerFolder + 1));
    QCOMPARE(readAgain(), 0);
}

void TestTreeIndex::whatIsToldToBeWrittenIsRead()
{
    m_index.forget({file(u"f1/r2.yml"_s), file(u"f1/unknown.yml"_s)});
    QCOMPARE(readAgain(), 1);
    m_index.forget({file(u"f1"_s)});
    QCOMPARE(readAgain(), RequestsPerFolder + 1);
}

void TestTreeIndex::theCollectionFileChangesAll()
{
    writeText(file(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo: {name: Store}\n");
    QCOMPARE(readAgain(), Folders * (RequestsPerFolder + 1));
    QVERIFY(QFile::remove(file(u"opencollection.yml"_s)));
    writeText(file(u"bruno.json"_s), R"({"version": "1", "name": "Older", "type": "collection"})");
    writeText(file(u"f1/older.bru"_s), "meta {\n  name: Older\n  type: http\n}\n");
    QCOMPARE(readAgain(), 1);
}

void TestTreeIndex::bothFormatsAndBundles_data()
{
    QTest::addColumn<QString>("data");

    for (const char *name : {"shop", "bru", "bundled", "broken"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestTreeIndex::bothFormatsAndBundles()
{
    QFETCH(QString, data);
    const QString root =
        qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/data/collection/"_s + data;
    const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(3600);
    const Result<TreeItem> whole = readTree(root);
    VERIFY_RESULT(whole);
    const Result<IndexedTree> first = readTree(root, TreeIndex(), later);
    VERIFY_RESULT(first);
    QCOMPARE(outline(first->tree), outline(*whole));
    const Result<IndexedTree> second = readTree(root, first->index, later);
    VERIFY_RESULT(second);
    QCOMPARE(outline(second->tree), outline(*whole));
    QCOMPARE(second->filesRead, 0);
}

void TestTreeIndex::readInEveryThreadOfThePool()
{
    QThreadPool *const pool = QThreadPool::globalInstance();
    std::atomic<int> whole = 0;
    const int readers = 2 * pool->maxThreadCount();
    for (int i = 0; i < readers; ++i) {
        pool->start([&] {
            const Result<IndexedTree> read = readTree(m_dir->path(), {});
            whole += read && read->tree.children.size() == Folders ? 1 : 0;
        });
    }
    QVERIFY(pool->waitForDone(20'000));
    QCOMPARE(whole.load(), readers);
}

void TestTreeIndex::randomChanges()
{
    QRandomGenerator random(20260102);
    for (int round = 0; round < 200; ++round) {
        const auto any = [&] {
            return file(u"f%1/r%2.yml"_s.arg(random.bounded(Folders))
                            .arg(random.bounded(RequestsPerFolder + 2)));
        };
        const int changes = random.bounded(4);
        for (int i = 0; i < changes; ++i) {
            const QString path = any();
            switch (random.bounded(5)) {
            case 0:
                QFile::remove(path);
                break;
            case 1:
                QFile::rename(path, any());
                break;
            case 2:
                QFile::copy(path, any());
                break;
            case 3:
                writeText(path, "info:\n\tbroken\n");
                break;
            default:
                writeText(path, request("N" + QByteArray::number(random.bounded(10)),
                                        random.bounded(10)));
                break;
            }
        }
        // The real time, so that nothing of this is trusted too early.
        QVERIFY2(readAgain(QDateTime::currentDateTimeUtc()) >= 0,
                 qPrintable(QString::number(round)));
    }
}

QTEST_GUILESS_MAIN(TestTreeIndex)
#include "tst_treeindex.moc"

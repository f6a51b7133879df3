// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/atomicfile.h"
#include "core/collection/folderwatcher.h"
#include "tests/support/testresult.h"
#include "tests/support/textfile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

using Deed = std::function<void(const QString &folder)>;

} // namespace

Q_DECLARE_METATYPE(Deed)

class TestFolderWatcher final : public QObject
{
    Q_OBJECT

private slots:
    void notices_data();
    void notices();
    void oneWatchAndFewSignalsForManyFiles();
    void followsTheFoldersItIsGiven();
};

void TestFolderWatcher::notices_data()
{
    QTest::addColumn<Deed>("deed");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *what, const QString &name, Deed deed) {
        QTest::newRow(what) << std::move(deed) << name;
    };
    row("written in place", u"a.yml"_s,
        [](const QString &f) { writeText(f + u"/a.yml"_s, "new"); });
    row("replaced", u"a.yml"_s,
        [](const QString &f) { VERIFY_RESULT(writeFileAtomically(f + u"/a.yml"_s, "new")); });
    row("created", u"b.yml"_s, [](const QString &f) { writeText(f + u"/b.yml"_s, "b"); });
    row("deleted", u"a.yml"_s, [](const QString &f) { QVERIFY(QFile::remove(f + u"/a.yml"_s)); });
    row("renamed", u"c.yml"_s,
        [](const QString &f) { QVERIFY(QFile::rename(f + u"/a.yml"_s, f + u"/c.yml"_s)); });
    row("folder created", u"sub"_s, [](const QString &f) { QVERIFY(QDir(f).mkdir(u"sub"_s)); });
}

void TestFolderWatcher::notices()
{
    QFETCH(Deed, deed);
    QFETCH(QString, name);
    const QTemporaryDir folder;
    writeText(folder.filePath(u"a.yml"_s), "old");
    FolderWatcher watcher;
    QSignalSpy changed(&watcher, &FolderWatcher::changed);
    watcher.setFolders({folder.path(), u"/nonexistent/folder"_s});
    QCOMPARE(watcher.count(), 1);
    deed(folder.path());
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(changed.first().first().toStringList().contains(folder.filePath(name)));
}

void TestFolderWatcher::oneWatchAndFewSignalsForManyFiles()
{
    const QTemporaryDir folder;
    FolderWatcher watcher;
    QSignalSpy changed(&watcher, &FolderWatcher::changed);
    watcher.setFolders({folder.path()});
    constexpr int Files = 2000;
    for (int i = 0; i < Files; ++i)
        writeText(folder.filePath(QString::number(i)), "x");
    QSet<QString> told;
    QTRY_VERIFY(([&] {
        for (const QList<QVariant> &signal : changed) {
            for (const QString &path : signal.first().toStringList())
                told.insert(path);
        }
        return told.size() == Files;
    }()));
    QCOMPARE(watcher.count(), 1);
    QVERIFY2(changed.count() <= 3, qPrintable(QString::number(changed.count())));
}

void TestFolderWatcher::followsTheFoldersItIsGiven()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"one"_s) && QDir(folder.path()).mkdir(u"two"_s));
    FolderWatcher watcher;
    QSignalSpy changed(&watcher, &FolderWatcher::changed);
    watcher.setFolders({folder.filePath(u"one"_s)});
    watcher.setFolders({folder.filePath(u"two"_s)});
    QCOMPARE(watcher.count(), 1);
    writeText(folder.filePath(u"one/a"_s), "x");
    writeText(folder.filePath(u"two/b"_s), "x");
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toStringList(), QStringList{folder.filePath(u"two/b"_s)});
    // One that is deleted and comes back is watched again.
    QVERIFY(QDir(folder.filePath(u"two"_s)).removeRecursively());
    QTRY_COMPARE(watcher.count(), 0);
    QVERIFY(QDir(folder.path()).mkdir(u"two"_s));
    watcher.setFolders({folder.filePath(u"two"_s)});
    QCOMPARE(watcher.count(), 1);
}

QTEST_GUILESS_MAIN(TestFolderWatcher)
#include "tst_folderwatcher.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/atomicfile.h"
#include "tests/support/testresult.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

/** A text that shows where it was cut: its number on every line. */
QByteArray wholeText(int number, int lines = 400)
{
    QByteArray text;
    for (int i = 0; i < lines; ++i)
        text += "line " + QByteArray::number(i) + " of " + QByteArray::number(number) + '\n';
    return text;
}

bool isWhole(const QByteArray &text)
{
    const int number = text.sliced(qMax(qsizetype(0), text.lastIndexOf(' ') + 1)).trimmed().toInt();
    return text == wholeText(number);
}

/** Runs \a body in a child process that shares nothing but the file system. */
template<typename Body>
pid_t inChild(const Body &body)
{
    const pid_t child = ::fork();
    if (child == 0) {
        body();
        ::_exit(0);
    }
    return child;
}

int waitFor(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

} // namespace

class TestAtomicFile final : public QObject
{
    Q_OBJECT

private slots:
    void writesAndReplaces();
    void keepsPermissionsAndFollowsLinks();
    void aFullDeviceKeepsTheOldFile();
    void aKillKeepsAWholeFile();
    void twoWritersLeaveOneWholeFile();
    void twoEditorsLoseNoEdit();
    void aFolderThatCannotBeWritten();
    void writeProtectedFile();
};

void TestAtomicFile::writesAndReplaces()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    VERIFY_RESULT(writeFileAtomically(path, "one", QByteArray()));
    VERIFY_RESULT(writeFileAtomically(path, "two", "one"));
    const Result<> changed = writeFileAtomically(path, "three", "one");
    QVERIFY(!changed);
    QCOMPARE(changed.error().code, ErrorCode::ChangedOnDisk);
    QCOMPARE(contentOf(path), QByteArray("two"));
    VERIFY_RESULT(writeFileAtomically(path, QByteArray("")));
    QCOMPARE(contentOf(path), QByteArray());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.yml"_s});
}

void TestAtomicFile::keepsPermissionsAndFollowsLinks()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    const QString link = folder.filePath(u"link.yml"_s);
    VERIFY_RESULT(writeFileAtomically(path, "one"));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    const QFile::Permissions before = QFile::permissions(path);
    QVERIFY(QFile::link(path, link));
    VERIFY_RESULT(writeFileAtomically(link, "two", "one"));
    QCOMPARE(contentOf(path), QByteArray("two"));
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(QFile::permissions(path), before);
}

void TestAtomicFile::aFullDeviceKeepsTheOldFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    const QByteArray old = wholeText(1, 30);
    const QByteArray wanted = wholeText(2, 30);
    VERIFY_RESULT(writeFileAtomically(path, old));
    // The system refuses to let a file grow past the limit, as a full disk would, after any byte.
    for (qsizetype bytes = 0; bytes < wanted.size(); ++bytes) {
        const int status = waitFor(inChild([&] {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{rlim_t(bytes), rlim_t(bytes)};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const Result<> done = writeFileAtomically(path, wanted, old);
            ::_exit(!done && done.error().code == ErrorCode::Io ? 0 : 1);
        }));
        QVERIFY2(WIFEXITED(status) && WEXITSTATUS(status) == 0, qPrintable(QString::number(bytes)));
        QCOMPARE(contentOf(path), old);
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.yml"_s});
    VERIFY_RESULT(writeFileAtomically(path, wanted, old));
}

void TestAtomicFile::aKillKeepsAWholeFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    VERIFY_RESULT(writeFileAtomically(path, wholeText(0)));
    bool isSet = false;
    const int wanted = qEnvironmentVariableIntValue("SLUICE_KILL_ROUNDS", &isSet);
    const int rounds = isSet ? wanted : 1000;
    for (int round = 0; round < rounds; ++round) {
        const pid_t child = inChild([&] {
            for (int number = 1;; ++number)
                static_cast<void>(writeFileAtomically(path, wholeText(number)));
        });
        // Different points of the loop: the child is killed after a number of our own reads.
        for (int reads = 0; reads <= round % 23; ++reads)
            QVERIFY(isWhole(contentOf(path)));
        ::kill(child, SIGKILL);
        waitFor(child);
        const QByteArray text = contentOf(path);
        QVERIFY2(isWhole(text), text.constData());
    }
}

void TestAtomicFile::twoWritersLeaveOneWholeFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    VERIFY_RESULT(writeFileAtomically(path, wholeText(0)));
    std::vector<pid_t> children;
    for (int writer = 1; writer <= 2; ++writer) {
        children.push_back(inChild([&] {
            for (int i = 0; i < 100; ++i)
                static_cast<void>(writeFileAtomically(path, wholeText(writer)));
        }));
    }
    for (int reads = 0; reads < 500; ++reads)
        QVERIFY(isWhole(contentOf(path)));
    for (const pid_t child : children)
        QCOMPARE(waitFor(child), 0);
    QVERIFY(isWhole(contentOf(path)));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.yml"_s});
}

void TestAtomicFile::twoEditorsLoseNoEdit()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    VERIFY_RESULT(writeFileAtomically(path, "0"));
    constexpr int Edits = 100;
    // Each edits what it has read, and reads again when the other was faster.
    std::vector<pid_t> children;
    for (int editor = 0; editor < 2; ++editor) {
        children.push_back(inChild([&] {
            for (int done = 0; done < Edits;) {
                const QByteArray before = contentOf(path);
                const Result<> written =
                    writeFileAtomically(path, QByteArray::number(before.toInt() + 1), before);
                if (!written && written.error().code != ErrorCode::ChangedOnDisk)
                    ::_exit(1);
                done += written.has_value();
            }
        }));
    }
    for (const pid_t child : children)
        QCOMPARE(waitFor(child), 0);
    QCOMPARE(contentOf(path), QByteArray::number(2 * Edits));
}

void TestAtomicFile::aFolderThatCannotBeWritten()
{
    // Not even root can create a file here.
    const Result<> refused = writeFileAtomically(u"/proc/self/a.yml"_s, "one");
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Io || refused.error().code == ErrorCode::ReadOnly);
    QVERIFY(!refused.error().message.isEmpty());
    const Result<> missing = writeFileAtomically(u"/nonexistent/folder/a.yml"_s, "one");
    QVERIFY(!missing);
}

void TestAtomicFile::writeProtectedFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.yml"_s);
    VERIFY_RESULT(writeFileAtomically(path, "one"));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    // Root may write everything; as another user the file and its folder are protected.
    QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner
                                                     | QFile::ReadOther | QFile::ExeOther));
    const int status = waitFor(inChild([&] {
        if (::geteuid() == 0 && ::setuid(65534) != 0)
            ::_exit(2);
        const Result<> done = writeFileAtomically(path, "two");
        ::_exit(!done && done.error().code == ErrorCode::ReadOnly ? 0 : 1);
    }));
    QCOMPARE(status, 0);
    QVERIFY(QFile::setPermissions(folder.path(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(contentOf(path), QByteArray("one"));
}

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "tst_atomicfile.moc"

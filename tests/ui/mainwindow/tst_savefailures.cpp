// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/textfile.h"
#include "tests/ui/support/windowrig.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/theme/mode.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QTest>

#include <csignal>
#include <functional>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

constexpr uid_t Nobody = 65534;

/** No file of this program may grow past \a bytes, as on a full disk. */
bool limitFiles(rlim_t bytes)
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_FSIZE, &limit) != 0)
        return false;
    limit.rlim_cur = std::min(bytes, limit.rlim_max);
    return ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/**
 * Whether files can be made in the folder at \a path. Root is bound by that only as another user;
 * the group stays its own.
 */
bool setWritable(const QString &path, bool isWritable)
{
    if (isWritable && ::getuid() == 0 && ::seteuid(0) != 0)
        return false;
    const QFile::Permissions reading =
        QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup;
    if (!QFile::setPermissions(path, isWritable ? reading | QFile::WriteOwner : reading))
        return false;
    return isWritable || ::getuid() != 0 || ::seteuid(Nobody) == 0;
}

} // namespace

/** Saving where nothing can be written: it is said, and neither the file nor the edit is lost. */
class TestSaveFailures : public QObject, private WindowRig
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeMode::Light);
        ::signal(SIGXFSZ, SIG_IGN);
    }

    void init()
    {
        setUp(u"shop"_s);
        writeText(file(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo:\n  name: Shop\n");
        writeText(file(u"list.yml"_s), Before);
        // For the row in which another user may only read.
        QVERIFY(setWritable(m_dir->path(), true) && setWritable(root(), true));
        makeWindow();
    }

    void cleanup()
    {
        QVERIFY(limitFiles(RLIM_INFINITY) && setWritable(root(), true));
        tearDown();
    }

    void theEditWaitsUntilItCanBeSaved_data()
    {
        using Change = std::function<bool(const TestSaveFailures &)>;
        QTest::addColumn<Change>("refuse");
        QTest::addColumn<Change>("allow");

        QTest::newRow("full disk")
            << Change([](const TestSaveFailures &) { return limitFiles(5); })
            << Change([](const TestSaveFailures &) { return limitFiles(RLIM_INFINITY); });
        QTest::newRow("read-only folder")
            << Change([](const TestSaveFailures &test) { return setWritable(test.root(), false); })
            << Change([](const TestSaveFailures &test) { return setWritable(test.root(), true); });
    }

    void theEditWaitsUntilItCanBeSaved()
    {
        using Change = std::function<bool(const TestSaveFailures &)>;
        QFETCH(Change, refuse);
        QFETCH(Change, allow);
        RequestTab *tab = openRequest(u"list.yml"_s);
        QVERIFY(tab);
        QTest::mouseClick(url(), Qt::LeftButton);
        QTest::keyClick(url(), Qt::Key_End);
        QTest::keyClicks(url(), u"?page=2"_s);
        auto *tabs = m_window->findChild<DocumentTabBar *>();
        QVERIFY(tabs->label(0).unsaved);

        QVERIFY(refuse(*this));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        auto *message = tab->findChild<MessageBar *>();
        QTRY_VERIFY(message->isVisible());
        QVERIFY2(message->text().contains(u"list.yml"_s), qPrintable(message->text()));
        QVERIFY(tabs->label(0).unsaved);
        QCOMPARE(url()->text(), u"http://x/list?page=2"_s);
        QCOMPARE(contentOf(file(u"list.yml"_s)), QByteArray(Before));
        QCOMPARE(QDir(root()).entryList(QDir::Files | QDir::Hidden),
                 (QStringList{u"list.yml"_s, u"opencollection.yml"_s}));

        QVERIFY(allow(*this));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!tabs->label(0).unsaved);
        QVERIFY(contentOf(file(u"list.yml"_s)).contains("http://x/list?page=2"));
        QVERIFY(!message->isVisible());
    }

private:
    static constexpr char Before[] =
        "info:\n  name: list\n  type: http\n  seq: 1\nhttp:\n  method: GET\n"
        "  url: http://x/list\n";
};

QTEST_MAIN(TestSaveFailures)
#include "tst_savefailures.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engine.h"
#include "tests/support/textfile.h"
#include "tests/ui/support/windowrig.h"
#include "ui/actions/actiontable.h"
#include "ui/actions/commandpalette.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/savedialog.h"
#include "ui/collection/workspace.h"
#include "ui/interchange/interchangecontroller.h"
#include "ui/interchange/issuesdialog.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/run/rundialog.h"
#include "ui/run/runtab.h"
#include "ui/theme/mode.h"
#include "ui/tuning/tuningtab.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/messagebar.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

QByteArray requestText(const QByteArray &name, const QByteArray &path)
{
    return "info:\n  name: " + name + "\n  type: http\nhttp:\n  method: GET\n  url: \"{{base}}/"
           + path + "\"\n";
}

} // namespace

/** A person's way through the window, with a real engine and a server in this process. */
class TestMainWindow : public QObject, private WindowRig
{
    Q_OBJECT

private:
    QString labelText(const QWidget *in, const QString &name) const
    {
        const auto *label = in->findChild<QLabel *>(name);
        return label ? label->text() : QString();
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void init()
    {
        setUp();
        writeText(file(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo:\n  name: Shop\n");
        writeText(file(u"environments/local.yml"_s),
                  "name: local\nvariables:\n  - name: base\n    value: " + base() + "\n");
        writeText(file(u"list.yml"_s), requestText("List", "list"));
        writeText(file(u"users/one.yml"_s), requestText("One", "one"));
        writeText(file(u"users/folder.yml"_s), "info:\n  name: users\n");
        makeWindow();
    }

    void cleanup() { tearDown(); }

    void openEditSendSave()
    {
        m_server->setReply("HTTP/1.1 200 OK", "application/json", R"({"id":9007199254740993})");
        RequestTab *tab = openRequest(u"list.yml"_s);
        auto *url = tab->findChild<QLineEdit *>(u"url"_s);
        QTest::mouseClick(url, Qt::LeftButton);
        QTest::keyClick(url, Qt::Key_End);
        QTest::keyClicks(url, u"?page=2"_s);
        auto *tabs = m_window->findChild<DocumentTabBar *>();
        QVERIFY(tabs->label(0).unsaved);
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(labelText(tab, u"responseStatus"_s), u"✓ 200 OK"_s);
        QVERIFY(m_server->requests().front().startsWith("GET /list?page=2 HTTP/1.1"));
        QVERIFY(tab->findChild<CodeView *>()->text().contains(u"9007199254740993"_s));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!tabs->label(0).unsaved);
        QFile saved(file(u"list.yml"_s));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("page=2"));
    }

    void findsTheLimitForTheOpenRequest()
    {
        openRequest(u"list.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QTRY_VERIFY(m_window->findChild<TuningTab *>());
        auto *tab = m_window->findChild<TuningTab *>();
        QTRY_COMPARE(m_window->findChild<DocumentArea *>()->currentPage(), tab);
        QVERIFY(tab->title().contains(u"GET List"_s));
        QSignalSpy applied(m_window.get(), &MainWindow::limitsApplied);
        emit tab->applyRequested({{}, {{u"http://127.0.0.1:80"_s, 8}}, 0});
        QCOMPARE(applied.size(), 1);
    }

    void escCancelsARequestWithoutAnAnswer()
    {
        m_server->setReply({}, {}, {});
        RequestTab *tab = openRequest(u"list.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_COMPARE(m_server->requests().size(), std::size_t(1));
        QVERIFY(tab->isSending());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTRY_VERIFY(!tab->isSending());
        QCOMPARE(labelText(tab, u"responseStatus"_s), u"✕ Failed"_s);
    }

    void anUnknownVariableIsOneClearSentence()
    {
        RequestTab *tab = openRequest(u"list.yml"_s);
        auto *url = tab->findChild<QLineEdit *>(u"url"_s);
        url->setFocus();
        url->selectAll();
        QTest::keyClicks(url, u"http://{{nowhere}}/"_s);
        QTest::keyClick(url, Qt::Key_Return);
        QTRY_VERIFY(labelText(tab, u"responseMessage"_s).contains(u"nowhere"_s));
        QVERIFY(m_server->requests().empty());
    }

    void aBrokenFileSaysWhereAndTheRestWorks()
    {
        writeText(file(u"broken.yml"_s), "info:\n\tname: x\n");
        openRequest(u"list.yml"_s);
        auto *panel = m_window->findChild<CollectionPanel *>();
        emit panel->openRequested(file(u"broken.yml"_s));
        auto *message = m_window->findChild<MessageBar *>();
        QTRY_VERIFY(message->text().contains(u"broken.yml:2"_s));
    }

    void runningAFolderAsksAndShowsTheEnd()
    {
        openRequest(u"users/one.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        RunDialog *dialog = nullptr;
        QTRY_VERIFY(dialog = m_window->findChild<RunDialog *>());
        dialog->findChild<QSpinBox *>(u"iterations"_s)->setValue(25);
        QTest::keyClick(dialog, Qt::Key_Return);
        RunTab *run = nullptr;
        QTRY_VERIFY(run = m_window->findChild<RunTab *>());
        QTRY_VERIFY_WITH_TIMEOUT(!run->isRunning(), 20'000);
        QVERIFY2(labelText(run, u"runState"_s).startsWith(u"✓"_s),
                 qPrintable(labelText(run, u"runState"_s)));
        QCOMPARE(m_server->requests().size(), std::size_t(25));
    }

    void keysWorkTheTabs()
    {
        openRequest(u"list.yml"_s);
        auto *tabs = m_window->findChild<DocumentTabBar *>();
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(tabs->count(), 2);
        QCOMPARE(tabs->currentIndex(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(tabs->currentIndex(), 0);
        QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs->count(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(tabs->count(), 2);
        QCOMPARE(m_window->currentRequest()->path(), file(u"list.yml"_s));
    }

    void paletteOpensARequestByAFewLetters()
    {
        openRequest(u"list.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette);
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, u"one"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(m_window->currentRequest()->path(), file(u"users/one.yml"_s));
        QVERIFY(!palette->isVisible());
    }

    void everyActionHasATextAndNoKeyIsTakenTwice()
    {
        QHash<QKeySequence, QString> taken;
        for (const QAction *action : m_window->actions()->actions()) {
            QVERIFY(!action->text().isEmpty());
            for (const QKeySequence &key : action->shortcuts()) {
                QVERIFY2(!taken.contains(key), qPrintable(action->text() + key.toString()));
                taken.insert(key, action->text());
            }
        }
    }

    void openTabsComeBack()
    {
        openRequest(u"list.yml"_s);
        openRequest(u"users/one.yml"_s);
        auto *tabs = m_window->findChild<DocumentTabBar *>();
        QTRY_COMPARE(tabs->count(), 2);
        m_window->keepSessionIn(m_dir->path(), true);
        const auto kept = [this] {
            Session session;
            return readSession(file(u"session.json"_s), session) && session.tabs.size() == 2;
        };
        QTRY_VERIFY(kept());
        // No closing: the window is gone as after a crash.
        m_window.reset();
        makeWindow();
        m_window->keepSessionIn(m_dir->path(), true);
        QTRY_COMPARE(m_window->findChild<DocumentTabBar *>()->count(), 2);
        QTRY_COMPARE(m_window->currentRequest()->path(), file(u"users/one.yml"_s));
        QTRY_COMPARE(m_window->workspace()->roots().size(), 1);
    }

    void unsavedEditsSurviveACrash()
    {
        m_window->keepSessionIn(m_dir->path(), true);
        RequestTab *tab = openRequest(u"list.yml"_s);
        auto *url = tab->findChild<QLineEdit *>(u"url"_s);
        QTest::mouseClick(url, Qt::LeftButton);
        QTest::keyClick(url, Qt::Key_End);
        QTest::keyClicks(url, u"?unsaved=1"_s);
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        auto *draft = m_window->currentRequest()->findChild<QLineEdit *>(u"url"_s);
        QTest::keyClicks(draft, u"http://x/new"_s);
        const auto kept = [this] {
            Session session;
            return readSession(file(u"session.json"_s), session) && session.drafts.size() == 2
                   && session.drafts.back().spec.url == u"http://x/new"_s;
        };
        QTRY_VERIFY(kept());
        // What was pasted into a draft is nobody else's.
        QCOMPARE(
            QFileInfo(file(u"session.json"_s)).permissions()
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        // No closing: the window is gone as after a crash.
        m_window.reset();
        makeWindow();
        m_window->keepSessionIn(m_dir->path(), true);
        auto *tabs = m_window->findChild<DocumentTabBar *>();
        QTRY_COMPARE(tabs->count(), 2);
        QStringList urls;
        for (const RequestTab *open : m_window->findChildren<RequestTab *>()) {
            QVERIFY(open->isDirty());
            urls << open->spec().url;
        }
        urls.sort();
        QCOMPARE(urls, (QStringList{u"http://x/new"_s, u"{{base}}/list?unsaved=1"_s}));
        QFile onDisk(file(u"list.yml"_s));
        QVERIFY(onDisk.open(QIODevice::ReadOnly));
        QVERIFY(!onDisk.readAll().contains("unsaved"));
    }

    void findsTextInTheResponse()
    {
        m_server->setReply("HTTP/1.1 200 OK", "application/json", R"({"a":"needle","b":"hay"})");
        RequestTab *tab = openRequest(u"list.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_COMPARE(labelText(tab, u"responseStatus"_s), u"✓ 200 OK"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        auto *input = tab->findChild<QLineEdit *>(u"find"_s);
        QVERIFY(input && input->isVisible());
        QTest::keyClicks(input, u"needle"_s);
        QCOMPARE(tab->findChild<CodeView *>()->selectedText(), u"needle"_s);
        QTest::keyClicks(input, u"x"_s);
        QCOMPARE(labelText(tab, u"findState"_s), u"Not found"_s);
        QTest::keyClick(input, Qt::Key_Escape);
        QVERIFY(!input->isVisible());
    }

    void removingAnItemCanBeUndone()
    {
        RequestTab *tab = openRequest(u"list.yml"_s);
        QVERIFY(tab);
        const QString path = file(u"list.yml"_s);
        QTRY_COMPARE(m_window->findChild<CollectionPanel *>()->currentPath(), path);
        m_window->actions()->action(u"tree.delete"_s)->trigger();
        QTRY_VERIFY(!QFile::exists(path));
        QTRY_VERIFY(!m_window->currentRequest());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(QFile::exists(path));
    }

    void theCollectionItselfStays()
    {
        openRequest(u"list.yml"_s);
        auto *panel = m_window->findChild<CollectionPanel *>();
        const QAction *remove = m_window->actions()->action(u"tree.delete"_s);
        QTRY_VERIFY(remove->isEnabled());
        panel->select(m_window->workspace()->rootOf(file(u"list.yml"_s)));
        for (const QString &id :
             {u"tree.delete"_s, u"tree.moveTo"_s, u"tree.duplicate"_s, u"tree.rename"_s})
            QVERIFY2(!m_window->actions()->action(id)->isEnabled(), qPrintable(id));
        panel->select(file(u"list.yml"_s));
        QVERIFY(remove->isEnabled());
    }

    void whatAnImportLeavesOutIsShownWhole()
    {
        QStringList lines;
        for (int i = 1; i <= 42; ++i)
            lines << u"line %1: a script was left out"_s.arg(i);
        emit m_window->findChild<InterchangeController *>()->noted(u"Not taken over: 42."_s, lines);
        auto *bar = m_window->findChild<MessageBar *>();
        QVERIFY(bar->isVisible());
        for (QPushButton *button : bar->findChildren<QPushButton *>()) {
            if (button->text() == u"Show all…"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        const auto *dialog = m_window->findChild<IssuesDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(), lines.join(u'\n'));
    }

    void aNewRequestIsSavedIntoAFolder()
    {
        openRequest(u"list.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        auto *url = m_window->currentRequest()->findChild<QLineEdit *>(u"url"_s);
        QTest::keyClicks(url, u"http://x/fresh"_s);
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        auto *dialog = m_window->findChild<SaveDialog *>();
        QVERIFY(dialog);
        auto *name = dialog->findChild<QLineEdit *>(u"name"_s);
        name->selectAll();
        QTest::keyClicks(name, u"Fresh one"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(m_window->currentRequest() && !m_window->currentRequest()->path().isEmpty()
                    && m_window->currentRequest()->spec().name == u"Fresh one"_s);
        QVERIFY(!m_window->currentRequest()->isDirty());
        QCOMPARE(m_window->currentRequest()->spec().auth.type, u"inherit"_s);
    }

    void everyControlHasAName()
    {
        openRequest(u"list.yml"_s);
        for (QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus
                || widget->objectName().startsWith(u"qt_"_s))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                     widget->metaObject()->className());
        }
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"

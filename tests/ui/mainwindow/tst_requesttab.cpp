// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/requestdocument.h"
#include "tests/support/textfile.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/request/differencedialog.h"
#include "ui/request/requestpanel.h"
#include "ui/request/rowstable.h"
#include "ui/theme/mode.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/underlinetabs.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

const QByteArray FileText = "# a comment that must survive\n"
                            "info:\n"
                            "  name: List users\n"
                            "  type: http\n"
                            "  seq: 1\n"
                            "\n"
                            "http:\n"
                            "  method: GET\n"
                            "  url: \"http://127.0.0.1/users?page=2\"\n"
                            "  params:\n"
                            "    - name: page\n"
                            "      value: \"2\"\n"
                            "      type: query\n";

} // namespace

class TestRequestTab : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
    QUndoStack m_history;

    std::unique_ptr<RequestTab> openTab()
    {
        const Result<RequestInContext> request = readRequest(m_file);
        if (!request)
            qFatal("%s", qPrintable(request.error().toString()));
        m_history.clear();
        auto tab =
            std::make_unique<RequestTab>(std::make_shared<RequestBuffer>(*request), &m_history);
        tab->resize(900, 700);
        tab->show();
        return tab;
    }

    /** Takes the file away; true when \a tab tells of it. */
    bool removeFile(RequestTab *tab) const
    {
        const auto *message = tab->findChild<MessageBar *>();
        if (!QFile::remove(m_file))
            return false;
        tab->checkFile();
        return QTest::qWaitFor([message] { return message->isVisible(); });
    }

    static void choose(MessageBar *message, const QString &text)
    {
        for (auto *button : message->findChildren<QPushButton *>()) {
            if (button->text() == text && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable(u"No choice "_s + text));
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        writeText(m_dir->filePath(u"opencollection.yml"_s),
                  "opencollection: 1.0.0\ninfo:\n  name: T\n");
        m_file = m_dir->filePath(u"list-users.yml"_s);
        writeText(m_file, FileText);
    }

    void typingInTheUrlChangesParamsAndMarksTheTab()
    {
        const auto tab = openTab();
        QVERIFY(!tab->isDirty());
        QSignalSpy changed(tab.get(), &RequestTab::changed);
        auto *url = tab->findChild<QLineEdit *>(u"url"_s);
        QTest::mouseClick(url, Qt::LeftButton);
        QTest::keyClick(url, Qt::Key_End);
        QTest::keyClicks(url, u"&q=ada"_s);
        QVERIFY(tab->isDirty());
        QVERIFY(!changed.isEmpty());
        QCOMPARE(tab->spec().params.size(), std::size_t(2));
        QCOMPARE(tab->spec().params[1].value, u"ada"_s);
        auto *table = tab->findChild<RowsTable *>();
        QCOMPARE(table->rowsModel()->rows()[1].cells[1], u"ada"_s);
        QCOMPARE(tab->findChild<UnderlineTabs *>(u"requestParts"_s)->tabBar()->tabText(0),
                 u"Params 2"_s);
    }

    void switchingAParamOffTakesItOutOfTheUrl()
    {
        const auto tab = openTab();
        auto *table = tab->findChild<RowsTable *>();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Space);
        QCOMPARE(tab->spec().url, u"http://127.0.0.1/users"_s);
        QCOMPARE(tab->findChild<QLineEdit *>(u"url"_s)->text(), tab->spec().url);
        tab->undoStack()->undo();
        QCOMPARE(tab->spec().url, u"http://127.0.0.1/users?page=2"_s);
        QVERIFY(!tab->isDirty());
    }

    void typingIntoTheEmptyRowAddsAParam()
    {
        const auto tab = openTab();
        auto *table = tab->findChild<RowsTable *>();
        const QAbstractItemModelTester tester(table->model());
        table->setFocus();
        table->setCurrentIndex(table->model()->index(1, 0));
        QTest::keyClick(table, Qt::Key_Return);
        auto *editor = qobject_cast<QLineEdit *>(table->viewport()->findChild<QLineEdit *>());
        QVERIFY(editor);
        QTest::keyClicks(editor, u"size"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(tab->spec().url, u"http://127.0.0.1/users?page=2&size"_s);
        table->selectionModel()->select(table->model()->index(0, 0),
                                        QItemSelectionModel::ClearAndSelect);
        table->model()->removeRow(0);
        QCOMPARE(tab->spec().url, u"http://127.0.0.1/users?size"_s);
    }

    void typingIsOneUndoStep()
    {
        const auto tab = openTab();
        auto *url = tab->findChild<QLineEdit *>(u"url"_s);
        QTest::keyClicks(url, u"xyz"_s);
        QCOMPARE(tab->undoStack()->count(), 1);
        tab->undoStack()->undo();
        QVERIFY(!tab->isDirty());
        QCOMPARE(url->text(), u"http://127.0.0.1/users?page=2"_s);
    }

    void everyPanelWritesOnlyItsOwnPart()
    {
        const auto tab = openTab();
        auto *tabs = tab->findChild<UnderlineTabs *>(u"requestParts"_s);
        for (int i = 0; i < tabs->tabBar()->count(); ++i) {
            tabs->setCurrentIndex(i);
            auto *panel = qobject_cast<RequestPanel *>(tabs->page(i));
            QVERIFY(panel);
            RequestSpec spec = tab->spec();
            panel->store(spec);
            QVERIFY2(spec == tab->spec(), qPrintable(tabs->tabBar()->tabText(i)));
        }
        QVERIFY(!tab->isDirty());
    }

    void httpVersionIsChosenAndUndone()
    {
        const auto tab = openTab();
        auto *parts = tab->findChild<UnderlineTabs *>(u"requestParts"_s);
        for (int i = 0; i < parts->tabBar()->count(); ++i)
            parts->setCurrentIndex(i); // Panels are made when they are first shown.
        auto *version = tab->findChild<QComboBox *>(u"httpVersion"_s);
        QVERIFY(version);
        QCOMPARE(version->currentText(), u"Inherited"_s);
        QTest::keyClick(version, Qt::Key_Down);
        QTest::keyClick(version, Qt::Key_Down);
        QCOMPARE(version->currentText(), u"HTTP/1.1 only"_s);
        QVERIFY(tab->spec().settings.httpVersion == HttpVersion::Http1);
        QSignalSpy saved(tab.get(), &RequestTab::saved);
        tab->save();
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY2(contentOf(m_file).contains("httpVersion: \"1.1\""), contentOf(m_file).constData());
        tab->undoStack()->undo();
        QCOMPARE(version->currentText(), u"Automatic"_s);
        tab->undoStack()->undo();
        QCOMPARE(version->currentText(), u"Inherited"_s);
        QVERIFY(!tab->spec().settings.httpVersion);
    }

    void savingKeepsTheRestOfTheFile()
    {
        const auto tab = openTab();
        QSignalSpy saved(tab.get(), &RequestTab::saved);
        auto *method = tab->findChild<QComboBox *>();
        method->setCurrentText(u"POST"_s);
        QVERIFY(tab->isDirty());
        tab->save();
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(!tab->isDirty());
        QCOMPARE(contentOf(m_file), QByteArray(FileText).replace("method: GET", "method: POST"));
    }

    void aCleanTabFollowsItsFile()
    {
        const auto tab = openTab();
        writeText(m_file, QByteArray(FileText).replace("page=2", "page=3"));
        tab->checkFile();
        QTRY_COMPARE(tab->spec().url, u"http://127.0.0.1/users?page=3"_s);
        QVERIFY(!tab->isDirty());
    }

    /** What was read first may be known last, and is not what the file says by then. */
    void theLastReadingOfTheFileCounts()
    {
        const auto tab = openTab();
        const QByteArray slow = QByteArray(FileText).replace("page=2", "page=3")
                                + QByteArray(200'000, '#').replace("#", "# slow\n");
        for (int round = 0; round < 10; ++round) {
            writeText(m_file, slow);
            tab->checkFile();
            writeText(m_file, QByteArray(FileText).replace("page=2", "page=4"));
            tab->checkFile();
            QTRY_VERIFY(tab->spec().url.endsWith(u"page=4"_s));
            QTRY_COMPARE(QThreadPool::globalInstance()->activeThreadCount(), 0);
            QCoreApplication::processEvents();
            QCOMPARE(tab->spec().url, u"http://127.0.0.1/users?page=4"_s);
        }
    }

    void aDirtyTabIsAskedAndNothingIsLost()
    {
        const auto tab = openTab();
        tab->findChild<QComboBox *>()->setCurrentText(u"PUT"_s);
        writeText(m_file, QByteArray(FileText).replace("page=2", "page=3"));
        tab->save();
        auto *message = tab->findChild<MessageBar *>();
        QTRY_VERIFY(message->isVisible());
        QVERIFY(message->text().contains(u"changed on disk by another program"_s));
        QVERIFY(contentOf(m_file).contains("page=3"));
        QSignalSpy saved(tab.get(), &RequestTab::saved);
        choose(message, u"Keep mine"_s);
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(contentOf(m_file).contains("method: PUT"));
        QVERIFY(contentOf(m_file).contains("page=2"));
    }

    void whatOthersWriteDuringASaveIsNeverMissed()
    {
        for (int round = 0; round < 20; ++round) {
            writeText(m_file, FileText);
            const auto tab = openTab();
            tab->findChild<QComboBox *>()->setCurrentText(u"PUT"_s);
            tab->save();
            // Their change follows ours before this thread knows that ours is done.
            const QDeadlineTimer patience(20'000);
            while (!contentOf(m_file).contains("method: PUT"))
                QVERIFY(!patience.hasExpired());
            writeText(m_file, QByteArray(FileText).replace("page=2", "page=3"));
            tab->checkFile();
            auto *message = tab->findChild<MessageBar *>();
            QTRY_VERIFY2(tab->spec().url.endsWith(u"page=3"_s)
                             || message->text().contains(u"changed on disk"_s),
                         qPrintable(message->text()));
        }
    }

    void theirsIsTakenAndMineComesBackWithUndo()
    {
        const auto tab = openTab();
        tab->findChild<QComboBox *>()->setCurrentText(u"PUT"_s);
        writeText(m_file, QByteArray(FileText).replace("page=2", "page=3"));
        tab->checkFile();
        auto *message = tab->findChild<MessageBar *>();
        QTRY_VERIFY(message->isVisible());
        choose(message, u"Show difference"_s);
        QTRY_VERIFY(tab->findChild<DifferenceDialog *>());
        auto *dialog = tab->findChild<DifferenceDialog *>();
        const QString lines = dialog->findChild<QPlainTextEdit *>()->toPlainText();
        QVERIFY(lines.contains(u"−   method: GET"_s) && lines.contains(u"+   method: PUT"_s));
        QVERIFY(lines.contains(u"page=3"_s) && lines.contains(u"page=2"_s));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(message->isVisible());
        choose(message, u"Take theirs"_s);
        QCOMPARE(tab->spec().method, u"GET"_s);
        QVERIFY(!tab->isDirty());
        m_history.undo();
        QCOMPARE(tab->spec().method, u"PUT"_s);
        QCOMPARE(tab->spec().url, u"http://127.0.0.1/users?page=2"_s);
        QVERIFY(tab->isDirty());
    }

    void aNewNameOnDiskDoesNotAsk()
    {
        const auto tab = openTab();
        tab->findChild<QComboBox *>()->setCurrentText(u"PUT"_s);
        writeText(m_file, QByteArray(FileText).replace("List users", "All users"));
        tab->checkFile();
        QTRY_COMPARE(tab->title(), u"All users"_s);
        QVERIFY(!tab->findChild<MessageBar *>()->isVisible());
        m_history.undo();
        QCOMPARE(tab->title(), u"All users"_s);
        QVERIFY(!tab->isDirty());
    }

    void aDeletedFileIsKeptAndCanBeSavedAgain()
    {
        const auto tab = openTab();
        QVERIFY(removeFile(tab.get()));
        auto *message = tab->findChild<MessageBar *>();
        QVERIFY(tab->isDirty());
        QCOMPARE(tab->spec().url, u"http://127.0.0.1/users?page=2"_s);
        QSignalSpy saved(tab.get(), &RequestTab::saved);
        choose(message, u"Save it again"_s);
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(!tab->isDirty());
        QVERIFY(contentOf(m_file).contains("page=2"));
    }

    /** Other programs write a file by deleting it first, or are seen in the middle of it. */
    void aFileThatComesBackIsFollowed()
    {
        const auto tab = openTab();
        QVERIFY(removeFile(tab.get()));
        const auto *message = tab->findChild<MessageBar *>();
        writeText(m_file, QByteArray(FileText).replace("page=2", "page=3"));
        tab->checkFile();
        QTRY_COMPARE(tab->spec().url, u"http://127.0.0.1/users?page=3"_s);
        QVERIFY(!tab->isDirty());
        QVERIFY(!message->isVisible());
    }

    void aFileThatComesBackIsNotTakenOverEdits()
    {
        const auto tab = openTab();
        tab->findChild<QComboBox *>()->setCurrentText(u"PUT"_s);
        QVERIFY(removeFile(tab.get()));
        const auto *message = tab->findChild<MessageBar *>();
        writeText(m_file, FileText);
        tab->checkFile();
        QTRY_VERIFY(!message->isVisible());
        QCOMPARE(tab->spec().method, u"PUT"_s);
        QVERIFY(tab->isDirty());
    }

    void anUnreadableFileIsSaidAndLeftAlone()
    {
        const auto tab = openTab();
        tab->findChild<QComboBox *>()->setCurrentText(u"PUT"_s);
        writeText(m_file, "info:\n\tname: x\n");
        tab->save();
        auto *message = tab->findChild<MessageBar *>();
        QTRY_VERIFY(message->isVisible());
        QVERIFY2(message->text().contains(u"list-users.yml:2"_s), qPrintable(message->text()));
        QVERIFY(tab->isDirty());
        QCOMPARE(contentOf(m_file), QByteArray("info:\n\tname: x\n"));
    }

    void sendButtonBecomesCancel()
    {
        const auto tab = openTab();
        QSignalSpy send(tab.get(), &RequestTab::sendRequested);
        QSignalSpy cancel(tab.get(), &RequestTab::cancelRequested);
        auto *button = tab->findChild<QPushButton *>(u"send"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(send.count(), 1);
        tab->setSending(true);
        QCOMPARE(button->text(), u"Cancel"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(cancel.count(), 1);
    }
};

QTEST_MAIN(TestRequestTab)
#include "tst_requesttab.moc"

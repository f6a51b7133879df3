// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engine.h"
#include "tests/support/testresult.h"
#include "tests/support/textfile.h"
#include "tests/ui/support/windowrig.h"
#include "ui/actions/actiontable.h"
#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/collectiontree.h"
#include "ui/collection/environmentmodel.h"
#include "ui/collection/environmenttab.h"
#include "ui/collection/secretsdialog.h"
#include "ui/collection/workspace.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/theme/mode.h"
#include "ui/widgets/flattable.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDirIterator>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

const char ChildVariable[] = "SLUICE_TEST_TYPE_INTO";

QByteArray requestText(const QByteArray &name, int seq)
{
    return "info:\n  name: " + name + "\n  type: http\n  seq: " + QByteArray::number(seq)
           + "\nhttp:\n  method: GET\n  url: \"{{base}}/" + name + "\"\n";
}

/** Types into the request of a window until the process is killed. */
int typeUntilKilled(const QString &folder)
{
    Engine engine;
    QSettings settings(folder + u"/profile.ini"_s, QSettings::IniFormat);
    MainWindow window(&engine, &settings);
    window.keepSessionIn(folder + u"/profile"_s, true);
    window.show();
    window.open(folder + u"/shop/list.yml"_s);
    QTimer typing;
    int typed = 0;
    QObject::connect(&typing, &QTimer::timeout, &window, [&] {
        RequestTab *tab = window.currentRequest();
        if (!tab)
            return;
        auto *url = tab->findChild<QLineEdit *>(u"url"_s);
        QTest::keyClick(url, Qt::Key_End);
        QTest::keyClick(url, 'x');
        std::printf("%d\n", ++typed);
        std::fflush(stdout);
    });
    typing.start(10);
    return QApplication::exec();
}

} // namespace

/** What a person does to a collection in the window, and that nothing of it is lost. */
class TestWorkspace : public QObject, private WindowRig
{
    Q_OBJECT

private:
    QString profile() const { return m_dir->filePath(u"profile"_s); }
    void select(const QString &name)
    {
        auto *panel = m_window->findChild<CollectionPanel *>();
        QTRY_VERIFY((panel->select(file(name)), panel->currentPath() == file(name)));
        tree()->setFocus();
    }
    /** A step is in the history a moment after the file has changed. */
    void undo(QWidget *in = nullptr)
    {
        QTRY_VERIFY(action(u"edit.undo"_s)->isEnabled());
        QTest::keyClick(in ? in : m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    }
    /** The names below the collection, as the tree shows them. */
    QStringList shown() const
    {
        QStringList names;
        const QAbstractItemModel *model = tree()->model();
        const QModelIndex top = model->index(0, 0);
        for (int row = 0; row < model->rowCount(top); ++row)
            names << model->index(row, 0, top).data().toString();
        return names;
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void init()
    {
        setUp(u"shop"_s);
        writeText(file(u"opencollection.yml"_s), "opencollection: 1.0.0\ninfo:\n  name: Shop\n");
        writeText(file(u"environments/local.yml"_s),
                  "name: local\nvariables:\n  - name: base\n    value: " + base() + "\n");
        writeText(file(u"list.yml"_s), requestText("list", 1));
        writeText(file(u"ping.yml"_s), requestText("ping", 2));
        writeText(file(u"users/folder.yml"_s), "info:\n  name: users\n  type: folder\n  seq: 1\n");
        writeText(file(u"users/one.yml"_s), requestText("one", 1));
        makeWindow(profile());
    }

    void cleanup() { tearDown(); }

    void aStepThatFailsStaysToBeTriedAgain()
    {
        openCollection();
        select(u"ping.yml"_s);
        QTest::keyClick(tree(), Qt::Key_Delete);
        QTRY_VERIFY(!QFile::exists(file(u"ping.yml"_s)));
        writeText(file(u"ping.yml"_s), "somebody: else\n");
        undo();
        auto *message = m_window->findChild<MessageBar *>();
        QTRY_VERIFY(message->text().contains(u"Something else is there"_s));
        QCOMPARE(contentOf(file(u"ping.yml"_s)), QByteArray("somebody: else\n"));
        QVERIFY(QFile::remove(file(u"ping.yml"_s)));
        undo();
        QTRY_COMPARE(contentOf(file(u"ping.yml"_s)), requestText("ping", 2));
    }

    void closingLosesNothingAndUndoReopens()
    {
        openRequest(u"list.yml"_s);
        QTest::keyClick(url(), Qt::Key_End);
        QTest::keyClicks(url(), u"?kept=1"_s);
        QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
        QVERIFY(!m_window->currentRequest());
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(url()->text(), u"{{base}}/list?kept=1"_s);
        QVERIFY(m_window->currentRequest()->isDirty());
        QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
        undo();
        QVERIFY(m_window->currentRequest());
        QCOMPARE(url()->text(), u"{{base}}/list"_s);
        QVERIFY(!m_window->currentRequest()->isDirty());
    }

    void movesByKeyboardAndMouse()
    {
        openCollection();
        QTRY_COMPARE(shown(), (QStringList{u"users"_s, u"list"_s, u"ping"_s}));
        select(u"ping.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(shown(), (QStringList{u"users"_s, u"ping"_s, u"list"_s}));
        undo();
        QTRY_COMPARE(shown(), (QStringList{u"users"_s, u"list"_s, u"ping"_s}));
        // Dropped onto the folder.
        QAbstractItemModel *model = tree()->model();
        const QModelIndex top = model->index(0, 0);
        const std::unique_ptr<QMimeData> data(model->mimeData({model->index(1, 0, top)}));
        const QPoint at = tree()->visualRect(model->index(0, 0, top)).center();
        QDragEnterEvent enter(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(tree()->viewport(), &enter);
        QDragMoveEvent over(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(tree()->viewport(), &over);
        QVERIFY(over.isAccepted());
        QDropEvent drop(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(tree()->viewport(), &drop);
        QTRY_VERIFY(QFile::exists(file(u"users/list.yml"_s)));
        QTRY_COMPARE(shown(), (QStringList{u"users"_s, u"ping"_s}));
        undo();
        QTRY_VERIFY(QFile::exists(file(u"list.yml"_s)));
        // A folder does not go into itself.
        const std::unique_ptr<QMimeData> folder(model->mimeData({model->index(0, 0, top)}));
        QVERIFY(
            !model->canDropMimeData(folder.get(), Qt::MoveAction, -1, -1, model->index(0, 0, top)));
    }

    void followsOtherPrograms()
    {
        openCollection();
        // In place, as many editors write.
        writeText(file(u"ping.yml"_s), requestText("pong", 2));
        QTRY_COMPARE(shown(), (QStringList{u"users"_s, u"list"_s, u"pong"_s}));
        writeText(file(u"ping.yml"_s), "info:\n\tbroken\n");
        QTRY_COMPARE(shown(), (QStringList{u"users"_s, u"list"_s, u"ping"_s}));
        writeText(file(u"ping.yml"_s), requestText("ping", 2));
        QVERIFY(QDir().rename(file(u"users"_s), file(u"people"_s)));
        writeText(file(u"people/two.yml"_s), requestText("two", 2));
        // Found anew each time: the row of the old folder looks the same until it is gone.
        const QAbstractItemModel *model = tree()->model();
        QTRY_COMPARE(model->rowCount(model->index(0, 0, model->index(0, 0))), 2);
        QCOMPARE(shown(), (QStringList{u"users"_s, u"list"_s, u"ping"_s}));
    }

    void limitsAreWrittenIntoTheCollection()
    {
        openCollection();
        QSignalSpy found(m_window.get(), &MainWindow::limitsFound);
        const QByteArray before = contentOf(file(u"opencollection.yml"_s));
        Limits limits;
        limits.total = 6;
        limits.hosts = {{u"*.cdn.example.com"_s, 2}};
        m_window->saveLimits(limits);
        QTRY_VERIFY(contentOf(file(u"opencollection.yml"_s)).contains("total: 6"));
        QTRY_COMPARE(m_window->workspace()->settings(root()).limits, std::optional(limits));
        undo();
        QTRY_COMPARE(contentOf(file(u"opencollection.yml"_s)), before);
        QTRY_VERIFY(!m_window->workspace()->settings(root()).limits);
        // Another program's limits are taken, its mistakes are told with their place.
        found.clear();
        writeText(file(u"opencollection.yml"_s), before
                                                     + "extensions:\n  sluice:\n    limits:\n"
                                                       "      total: 3\n");
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(found.first().first().value<Limits>().total, 3);
        writeText(file(u"opencollection.yml"_s), before
                                                     + "extensions:\n  sluice:\n    limits:\n"
                                                       "      total: -3\n");
        auto *message = m_window->findChild<MessageBar *>();
        QTRY_VERIFY2(message->text().contains(u"opencollection.yml:7:"_s),
                     qPrintable(message->text()));
        QCOMPARE(found.count(), 1);
        // Once mended there is nothing to tell.
        writeText(file(u"opencollection.yml"_s), before);
        QTRY_VERIFY(!message->isVisible());
    }

    void environmentsAreEdited()
    {
        openCollection();
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        auto *tab = m_window->findChild<EnvironmentTab *>();
        QVERIFY(tab);
        auto *table = tab->findChild<FlatTable *>();
        auto *model = tab->findChild<EnvironmentModel *>();
        const QAbstractItemModelTester tester(model);
        const auto type = [&](int row, int column, const QString &text) {
            table->setCurrentIndex(model->index(row, column));
            QTest::keyClick(table, Qt::Key_F2);
            auto *editor = table->viewport()->findChild<QLineEdit *>();
            QVERIFY(editor);
            editor->selectAll();
            QTest::keyClicks(editor, text);
            QTest::keyClick(editor, Qt::Key_Return);
            QTRY_VERIFY(!table->viewport()->findChild<QLineEdit *>());
        };
        const QString path = file(u"environments/local.yml"_s);
        const QByteArray before = contentOf(path);
        QTRY_COMPARE(model->rowCount(), 2);
        type(1, EnvironmentModel::Name, u"users"_s);
        QTRY_VERIFY(contentOf(path).contains("users"));
        type(1, EnvironmentModel::Value, u"{{base}}/users"_s);
        QTRY_VERIFY(contentOf(path).contains("{{base}}/users"));
        QTRY_VERIFY(model->index(1, EnvironmentModel::Resolved)
                        .data()
                        .toString()
                        .startsWith(u"http://127.0.0.1"_s));
        // A secret's value is neither in the file nor on the screen.
        type(2, EnvironmentModel::Name, u"token"_s);
        QTRY_VERIFY(contentOf(path).contains("token"));
        table->setCurrentIndex(model->index(2, EnvironmentModel::Secret));
        QTest::keyClick(table, Qt::Key_Space);
        QTRY_VERIFY(contentOf(path).contains("secret: true"));
        type(2, EnvironmentModel::Value, u"hidden-value-1"_s);
        QTRY_VERIFY(!tab->findChild<QLabel *>(u"secretNote"_s)->text().isEmpty());
        QTRY_COMPARE(model->index(2, EnvironmentModel::Value).data().toString(), u"••••••••"_s);
        QVERIFY(!contentOf(path).contains("hidden-value-1"));
        // The editor's steps are in the collection's history.
        while (contentOf(path) != before) {
            const QByteArray now = contentOf(path);
            undo();
            QTRY_VERIFY(contentOf(path) != now);
        }
        QTRY_COMPARE(model->rowCount(), 2);
    }

    void whatIsBeingTypedSurvivesAReload()
    {
        openCollection();
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        auto *tab = m_window->findChild<EnvironmentTab *>();
        QVERIFY(tab);
        auto *table = tab->findChild<FlatTable *>();
        auto *model = tab->findChild<EnvironmentModel *>();
        QTRY_COMPARE(model->rowCount(), 2);
        table->setCurrentIndex(model->index(0, EnvironmentModel::Value));
        QTest::keyClick(table, Qt::Key_F2);
        auto *editor = table->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, u"http://typed"_s);
        const QString path = file(u"environments/local.yml"_s);
        writeText(path, contentOf(path).replace("127.0.0.1", "theirs.example"));
        QTRY_VERIFY(
            model->index(0, EnvironmentModel::Value).data().toString().contains(u"theirs"_s));
        QCOMPARE(editor->text(), u"http://typed"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(contentOf(path).contains("http://typed"));
    }

    void missingSecretsAreAskedForAndLeftNowhere()
    {
        const QString secret = u"hidden/välue+1"_s;
        writeText(file(u"environments/local.yml"_s),
                  "name: local\nvariables:\n  - name: base\n    value: " + base()
                      + "\n  - secret: true\n    name: token\n");
        writeText(file(u"list.yml"_s),
                  requestText("list", 1).replace("/list", "/list?t={{token}}"));
        openCollection();
        openRequest(u"list.yml"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        SecretsDialog *dialog = nullptr;
        QTRY_VERIFY(dialog = m_window->findChild<SecretsDialog *>());
        auto *field = dialog->findChild<QLineEdit *>(u"token"_s);
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        field->setText(secret);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(m_server->requests().size(), std::size_t(1));
        QVERIFY(m_server->requests().front().contains("hidden"));
        QTest::keyClick(url(), Qt::Key_End);
        QTest::keyClicks(url(), u"&more=1"_s);
        m_window->close();
        m_window.reset();
        QDirIterator files(m_dir->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            const QByteArray text = contentOf(files.next());
            ++seen;
            const QByteArray bytes = secret.toUtf8();
            for (const QByteArray &form :
                 {bytes, QUrl::toPercentEncoding(secret), bytes.toBase64().first(16), bytes.toHex(),
                  QByteArray("hidden\\/v")})
                QVERIFY2(!text.contains(form), qPrintable(files.filePath()));
        }
        QVERIFY(seen > 5);
    }

    void aKillLosesAtMostTheLastMoment()
    {
        m_window.reset();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(ChildVariable), m_dir->path());
        QString kept;
        for (int round = 0; round < 5; ++round) {
            QProcess child;
            child.setProcessEnvironment(environment);
            child.start(QCoreApplication::applicationFilePath(), QStringList());
            QVERIFY(child.waitForStarted());
            const auto draft = [this] {
                Session session;
                if (!readSession(profile() + u"/session.json"_s, session))
                    return u"unreadable"_s;
                return session.drafts.empty() ? QString() : session.drafts.front().spec.url;
            };
            QTRY_VERIFY_WITH_TIMEOUT(draft().size() > kept.size() + 3 * round, 20'000);
            QVERIFY(child.processId() > 0);
            ::kill(pid_t(child.processId()), SIGKILL);
            QVERIFY(child.waitForFinished());
            const QString found = draft();
            // Whole, with everything of the rounds before.
            QVERIFY2(found.startsWith(kept.isEmpty() ? u"{{base}}/list"_s : kept),
                     qPrintable(found));
            kept = found;
        }
        QVERIFY(kept.endsWith(u"xxxx"_s));
        QCOMPARE(contentOf(file(u"list.yml"_s)), requestText("list", 1));
        // The file goes on meanwhile: nothing is overwritten, nothing is dropped.
        writeText(file(u"list.yml"_s), requestText("theirs", 1).replace("GET", "PUT"));
        makeWindow(profile());
        QTRY_VERIFY(m_window->currentRequest());
        QCOMPARE(url()->text(), kept);
        auto *message = m_window->currentRequest()->findChild<MessageBar *>();
        QTRY_VERIFY(message->text().contains(u"changed on disk"_s));
        QVERIFY(contentOf(file(u"list.yml"_s)).contains("theirs"));
    }
};

int main(int argc, char *argv[])
{
    // No keychain of the person who runs the tests.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    qputenv("QT_NO_GLIB", "1");
    QApplication app(argc, argv);
    if (const QString folder = qEnvironmentVariable(ChildVariable); !folder.isEmpty())
        return typeUntilKilled(folder);
    TestWorkspace test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_workspace.moc"

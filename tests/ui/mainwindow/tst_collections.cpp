// SPDX-License-Identifier: GPL-3.0-or-later
// Every form of a collection in the window: in one file, in Bruno's older files, with kinds that
// cannot be sent, and with actions that hand variables on.
#include "core/run/engine.h"
#include "tests/support/textfile.h"
#include "tests/ui/support/windowrig.h"
#include "ui/actions/actiontable.h"
#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/collectiontree.h"
#include "ui/collection/workspace.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/mainwindow/topbar.h"
#include "ui/run/rundialog.h"
#include "ui/run/runtab.h"
#include "ui/theme/mode.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QComboBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

/** A copy of the test data \a name at \a to. */
void copyData(const QString &name, const QString &to)
{
    const QString from =
        qEnvironmentVariable("SLUICE_SOURCE_DIR") + u"/tests/data/collection/"_s + name;
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        writeText(to + u'/' + QDir(from).relativeFilePath(file), contentOf(file));
    }
}

} // namespace

class TestCollections : public QObject, private WindowRig
{
    Q_OBJECT

private:
    void openByName(const QString &name)
    {
        openRow(name);
        QTRY_VERIFY(m_window->currentRequest() && m_window->currentRequest()->spec().name == name);
    }

    void sendAndWait(const QString &status)
    {
        auto *label = m_window->currentRequest()->findChild<QLabel *>(u"responseStatus"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_VERIFY(!m_window->currentRequest()->isSending());
        QTRY_COMPARE(label->text(), status);
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void init()
    {
        setUp();
        makeWindow();
    }

    void cleanup() { tearDown(); }

    void aBundleIsEditedInPlace_data()
    {
        QTest::addColumn<QString>("bundle");
        QTest::addColumn<QString>("root");

        QTest::newRow("a folder with it") << u"shop/opencollection.yml"_s << u"shop"_s;
        QTest::newRow("a file of any name") << u"shop/all.yml"_s << u"shop/all.yml"_s;
    }

    void aBundleIsEditedInPlace()
    {
        QFETCH(QString, bundle);
        QFETCH(QString, root);
        copyData(u"bundled"_s, file(u"shop"_s));
        const QByteArray before =
            contentOf(file(u"shop/opencollection.yml"_s)).replace("http://127.0.0.1", base());
        QVERIFY(QFile::remove(file(u"shop/opencollection.yml"_s)));
        writeText(file(bundle), before);
        openCollection(file(root), file(root));
        openByName(u"List"_s);
        QCOMPARE(m_window->workspace()->rootOf(m_window->currentRequest()->path()), file(root));
        sendAndWait(u"✓ 200 OK"_s);
        QVERIFY(m_server->requests().front().startsWith("GET /pets HTTP/1.1"));

        // Two requests of the same file, edited side by side.
        QTest::keyClick(url(), Qt::Key_End);
        QTest::keyClicks(url(), u"?a=1"_s);
        openByName(u"Ping"_s);
        QTest::keyClick(url(), Qt::Key_End);
        QTest::keyClicks(url(), u"/2"_s);
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!m_window->currentRequest()->isDirty());
        QByteArray wanted = before;
        wanted.replace("{{base}}/ping", "{{base}}/ping/2");
        QCOMPARE(contentOf(file(bundle)), wanted);
        openByName(u"List"_s);
        QTRY_VERIFY(m_window->currentRequest()->isDirty());
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!m_window->currentRequest()->isDirty());
        const QByteArray after = contentOf(file(bundle));
        QVERIFY(after.contains("url: \"{{base}}/pets?a=1\"   # all of them"));
        QVERIFY(after.contains("{{base}}/ping/2"));

        // Undone, it is the file that it was.
        while (m_window->currentRequest()->spec().url != u"{{base}}/pets"_s) {
            QVERIFY(action(u"edit.undo"_s)->isEnabled());
            QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        }
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!m_window->currentRequest()->isDirty());
        QCOMPARE(contentOf(file(bundle)).count("?a=1"), 0);
        // What another program writes into it is seen.
        writeText(file(bundle), QByteArray(before).replace("name: List", "name: All of them"));
        QTRY_COMPARE(m_window->currentRequest()->spec().name, u"All of them"_s);
        // The tree does not move what has no file of its own.
        openByName(u"Ping"_s);
        action(u"tree.delete"_s)->trigger();
        QTRY_VERIFY2(message().contains(u"is one file"_s), qPrintable(message()));
        QVERIFY(contentOf(file(bundle)).contains("name: Ping"));
    }

    /** The file of a collection opens that collection, and no request of the same path. */
    void theFileOfACollectionIsNoRequest_data()
    {
        QTest::addColumn<QString>("opened");
        QTest::addColumn<QString>("root");

        QTest::newRow("bundled") << u"bundled/all.yml"_s << u"bundled/all.yml"_s;
        QTest::newRow("a folder's") << u"shop/opencollection.yml"_s << u"shop"_s;
    }

    void theFileOfACollectionIsNoRequest()
    {
        QFETCH(QString, opened);
        QFETCH(QString, root);
        const QByteArray info = "opencollection: 1.0.0\ninfo:\n  name: Shop\n";
        const QByteArray request = "info: { name: List, type: http }\n"
                                   "http: { method: GET, url: \"http://127.0.0.1/\" }\n";
        writeText(file(u"bundled/all.yml"_s), info + "bundled: true\nitems:\n  - "
                                                  + QByteArray(request).replace("\n", "\n    "));
        writeText(file(u"shop/opencollection.yml"_s), info);
        writeText(file(u"shop/list.yml"_s), request);
        openCollection(file(opened), file(root));
        openByName(u"List"_s);
        // Whatever else the opening had asked for would have been read by the time of this.
        QVERIFY(openRequest(u"shop/list.yml"_s));
        for (const RequestTab *tab : m_window->findChildren<RequestTab *>())
            QCOMPARE(tab->spec().name, u"List"_s);
    }

    void kindsThatCannotBeSentAreShownAndKept()
    {
        const QByteArray grpc = "info:\n  name: Stream # of prices\n  type: grpc\n"
                                "grpc:\n  url: \"{{base}}\"\n  method: 'shop.Prices/All'\n"
                                "  message: |\n    {\"a\": 1}\n";
        const QByteArray chat = "info: { name: Chat, type: websocket }\n"
                                "websocket: {url: \"ws://127.0.0.1\"}\n";
        writeText(file(u"shop/opencollection.yml"_s),
                  "opencollection: 1.0.0\ninfo:\n  name: Shop\n");
        writeText(file(u"shop/stream.yml"_s), grpc);
        writeText(file(u"shop/chat.yml"_s), chat);
        openCollection(file(u"shop"_s), file(u"shop"_s));
        auto *tree = m_window->findChild<CollectionTree *>();
        const QAbstractItemModel *model = tree->model();
        QStringList notes;
        for (int row = 0; row < model->rowCount(model->index(0, 0)); ++row) {
            const QModelIndex index = model->index(row, 0, model->index(0, 0));
            notes << index.data().toString() + u": "_s + index.data(Qt::ToolTipRole).toString();
        }
        notes.sort();
        QCOMPARE(notes, (QStringList{u"Chat: WebSocket is not supported"_s,
                                     u"Stream: gRPC is not supported"_s}));
        openByName(u"Stream"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        auto *why = m_window->currentRequest()->findChild<QLabel *>(u"responseMessage"_s);
        QTRY_VERIFY2(why->text().contains(u"cannot be sent"_s), qPrintable(why->text()));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(contentOf(file(u"shop/stream.yml"_s)), grpc);
        QCOMPARE(contentOf(file(u"shop/chat.yml"_s)), chat);
        // A run of the folder says what it leaves out.
        writeText(file(u"shop/live/ok.yml"_s),
                  "info: {name: Ok, type: http}\nhttp: {url: \"" + base() + "/ok\"}\n");
        writeText(file(u"shop/live/stream.yml"_s), grpc);
        const auto live = [&] {
            return model->match(model->index(0, 0), Qt::DisplayRole, u"live"_s, 1,
                                Qt::MatchExactly | Qt::MatchRecursive);
        };
        QTRY_COMPARE(live().size(), 1);
        tree->setCurrentIndex(live().front());
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        RunDialog *dialog = nullptr;
        QTRY_VERIFY(dialog = m_window->findChild<RunDialog *>());
        QTest::keyClick(dialog, Qt::Key_Return);
        RunTab *run = nullptr;
        QTRY_VERIFY(run = m_window->findChild<RunTab *>());
        QTRY_VERIFY_WITH_TIMEOUT(!run->isRunning(), 20'000);
        QStringList told;
        for (const QLabel *label : run->findChildren<QLabel *>()) {
            if (label->text().contains(u"(1 skipped)"_s))
                told << label->toolTip();
        }
        QCOMPARE(told, QStringList{u"Skipped: live/Stream: gRPC is not supported"_s});
    }

    void anOlderCollectionIsConverted()
    {
        const QString root = file(u"older"_s);
        copyData(u"bru"_s, root);
        const QByteArray original = contentOf(root + u"/Search.bru"_s);
        openCollection(root, root);
        openByName(u"Search"_s);
        QTest::keyClick(url(), Qt::Key_End);
        QTest::keyClicks(url(), u"/kept"_s);
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        auto *tabs = m_window->currentRequest()->findChild<MessageBar *>();
        QTRY_VERIFY2(tabs->text().contains(u"onvert"_s), qPrintable(tabs->text()));
        QVERIFY(action(u"tree.convert"_s)->isVisible());

        action(u"tree.convert"_s)->trigger();
        QTRY_VERIFY2(message().startsWith(u"3 request"_s), qPrintable(message()));
        QVERIFY2(message().contains(u"WebSocket"_s), qPrintable(message()));
        QCOMPARE(contentOf(root + u"/Search.bru"_s), original);
        // The edits that could not be saved are still there, and now they can.
        QTRY_COMPARE(m_window->currentRequest()->path(), root + u"/Search.yml"_s);
        QVERIFY(url()->text().endsWith(u"/kept"_s));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(contentOf(root + u"/Search.yml"_s).contains("/kept"));
        QTRY_VERIFY(!action(u"tree.convert"_s)->isVisible());
        auto *panel = m_window->findChild<CollectionPanel *>();
        QTRY_VERIFY((panel->select(root + u"/Search.yml"_s),
                     panel->currentPath() == root + u"/Search.yml"_s));
    }

    void aConversionIsTakenBackWhole()
    {
        const QString root = file(u"older"_s);
        copyData(u"bru"_s, root);
        const auto files = [&root] {
            QStringList paths;
            QDirIterator all(root, QDir::Files, QDirIterator::Subdirectories);
            while (all.hasNext())
                paths << all.next();
            paths.sort();
            return paths;
        };
        const QStringList before = files();
        openCollection(root, root);
        openByName(u"Search"_s);
        QTest::keyClick(url(), Qt::Key_End);
        QTest::keyClicks(url(), u"/kept"_s);
        action(u"tree.convert"_s)->trigger();
        QTRY_COMPARE(m_window->currentRequest()->path(), root + u"/Search.yml"_s);
        const QStringList converted = files();
        QVERIFY(converted.size() > before.size() + 3);
        const auto step = [this](const QString &id) {
            QTRY_VERIFY(action(id)->isEnabled());
            action(id)->trigger();
        };
        step(u"edit.undo"_s);
        QTRY_COMPARE(files(), before);
        QTRY_COMPARE(m_window->currentRequest()->path(), root + u"/Search.bru"_s);
        QVERIFY(url()->text().endsWith(u"/kept"_s));
        QTRY_VERIFY(action(u"tree.convert"_s)->isVisible());
        step(u"edit.redo"_s);
        QTRY_COMPARE(files(), converted);
        QTRY_COMPARE(m_window->currentRequest()->path(), root + u"/Search.yml"_s);
        // Once one of its files is another's work, none of them is taken away.
        writeText(root + u"/Search.yml"_s, contentOf(root + u"/Search.yml"_s) + "# theirs\n");
        step(u"edit.undo"_s);
        QTRY_VERIFY2(message().contains(u"changed meanwhile"_s), qPrintable(message()));
        QCOMPARE(files(), converted);
    }

    void whatAnActionSetsIsForWhatIsSentLater()
    {
        const QString root = file(u"shop"_s);
        writeText(root + u"/opencollection.yml"_s, "opencollection: 1.0.0\ninfo:\n  name: Shop\n");
        for (const QByteArray name : {"local", "other"}) {
            writeText(root + u"/environments/"_s + QString::fromLatin1(name) + u".yml"_s,
                      "name: " + name + "\nvariables:\n  - {name: base, value: \"" + base()
                          + "\"}\n");
        }
        writeText(
            root + u"/login.yml"_s,
            "info: {name: Login, type: http}\nhttp: {url: \"{{base}}/login?n={{n}}\"}\n"
            "runtime:\n  actions:\n"
            "    - {type: set-variable, phase: before-request, selector: {expression: '6 * 7'},"
            " variable: {name: n, scope: request}}\n"
            "    - {type: set-variable, phase: after-response,"
            " selector: {expression: res.body.token}, variable: {name: token, scope: runtime}}\n");
        writeText(root + u"/list.yml"_s,
                  "info: {name: List, type: http}\nhttp: {url: \"{{base}}/list?t={{token}}\"}\n");
        m_server->setReply("HTTP/1.1 200 OK", "application/json", R"({"token":"t-77"})");
        openCollection(root, root);
        openByName(u"List"_s);
        sendAndWait(u"✕ Failed"_s);
        openByName(u"Login"_s);
        sendAndWait(u"✓ 200 OK"_s);
        openByName(u"List"_s);
        sendAndWait(u"✓ 200 OK"_s);
        QCOMPARE(m_server->requests().size(), std::size_t(2));
        QVERIFY(m_server->requests()[0].startsWith("GET /login?n=42 "));
        QVERIFY(m_server->requests()[1].startsWith("GET /list?t=t-77 "));
        QTRY_VERIFY(!contentOf(root + u"/list.yml"_s).contains("t-77"));
        // Another environment's server does not get it.
        auto *environments = m_window->findChild<TopBar *>()->findChild<QComboBox *>();
        environments->setFocus();
        QTest::keyClick(environments, Qt::Key_End);
        QCOMPARE(environments->currentText(), u"other"_s);
        sendAndWait(u"✕ Failed"_s);
        QCOMPARE(m_server->requests().size(), std::size_t(2));
    }
};

QTEST_MAIN(TestCollections)
#include "tst_collections.moc"

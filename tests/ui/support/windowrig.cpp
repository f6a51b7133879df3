// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/windowrig.h"

#include "core/run/engine.h"
#include "ui/actions/actiontable.h"
#include "ui/collection/collectiontree.h"
#include "ui/collection/workspace.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

WindowRig::WindowRig() = default;

WindowRig::~WindowRig() = default;

void WindowRig::setUp(const QString &root)
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_root = root.isEmpty() ? m_dir->path() : m_dir->filePath(root);
    m_server = std::make_unique<LocalServer>();
    m_settings =
        std::make_unique<QSettings>(m_dir->filePath(u"settings.ini"_s), QSettings::IniFormat);
    m_engine = std::make_unique<Engine>();
}

void WindowRig::tearDown()
{
    m_window.reset();
    m_engine.reset();
    m_server.reset();
    m_settings.reset();
    m_dir.reset();
}

void WindowRig::makeWindow(const QString &session)
{
    m_window = std::make_unique<MainWindow>(m_engine.get(), m_settings.get());
    m_window->resize(1280, 800);
    if (!session.isEmpty())
        m_window->keepSessionIn(session, true);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

QByteArray WindowRig::base() const
{
    return "http://127.0.0.1:" + QByteArray::number(m_server->port());
}

void WindowRig::openCollection(const QString &path, const QString &root)
{
    m_window->open(path);
    QTRY_COMPARE(m_window->workspace()->roots(), QStringList{root});
}

RequestTab *WindowRig::openRequest(const QString &name)
{
    m_window->open(file(name));
    const auto isOpen = [&] {
        return m_window->currentRequest() && m_window->currentRequest()->path() == file(name);
    };
    return QTest::qWaitFor(isOpen, 20'000) ? m_window->currentRequest() : nullptr;
}

void WindowRig::openRow(const QString &name)
{
    tree()->expandAll();
    const QModelIndexList found =
        tree()->model()->match(tree()->model()->index(0, 0), Qt::DisplayRole, name, 1,
                               Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    tree()->setCurrentIndex(found.front());
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Return);
}

CollectionTree *WindowRig::tree() const
{
    return m_window->findChild<CollectionTree *>();
}

QLineEdit *WindowRig::url() const
{
    return m_window->currentRequest()->findChild<QLineEdit *>(u"url"_s);
}

QAction *WindowRig::action(const QString &id) const
{
    return m_window->actions()->action(id);
}

QString WindowRig::message() const
{
    return m_window->findChild<MessageBar *>()->text();
}

} // namespace Sluice::Test

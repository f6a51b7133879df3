// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/localserver.h"

#include <QSettings>
#include <QTemporaryDir>

#include <memory>

class QAction;
class QLineEdit;

namespace Sluice {

class CollectionTree;
class Engine;
class MainWindow;
class RequestTab;

} // namespace Sluice

namespace Sluice::Test {

/** A window with a real engine, a folder, a profile and a server of its own, for one test. */
class WindowRig
{
protected:
    WindowRig();
    ~WindowRig();

    /** All but the window; file() counts from \a root in the folder. */
    void setUp(const QString &root = {});
    void tearDown();
    /** Shows another window in the place of the one before; \a session is where it keeps drafts. */
    void makeWindow(const QString &session = {});

    QString root() const { return m_root; }
    QString file(const QString &name) const { return m_root + u'/' + name; }
    /** Where the server answers, as the start of a URL. */
    QByteArray base() const;

    /** Opens \a path and waits until \a root, its collection, is in the tree. */
    void openCollection(const QString &path, const QString &root);
    void openCollection() { openCollection(m_root, m_root); }
    /** Opens the request file \a name and waits for its tab; nullptr when there is none. */
    RequestTab *openRequest(const QString &name);
    /** Finds the row \a name in the tree and presses Enter on it. */
    void openRow(const QString &name);

    CollectionTree *tree() const;
    /** The URL field of the request in front. */
    QLineEdit *url() const;
    QAction *action(const QString &id) const;
    /** What the window tells at its top. */
    QString message() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_root;
    std::unique_ptr<LocalServer> m_server;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Sluice::Test

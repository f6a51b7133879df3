// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actiontable.h"
#include "ui/collection/workspace.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/mainwindow/sessionkeeper.h"
#include "ui/request/requestbuffers.h"
#include "ui/widgets/worker.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QSettings>
#include <QSplitter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

void MainWindow::restore()
{
    restoreGeometry(m_settings->value(u"window/geometry"_s).toByteArray());
    restoreState(m_settings->value(u"window/state"_s).toByteArray());
    m_splitter->restoreState(m_settings->value(u"window/tree"_s).toByteArray());
    m_sideBySide = m_settings->value(u"window/sideBySide"_s, false).toBool();
    m_actions->action(u"view.reducedMotion"_s)
        ->setChecked(m_settings->value(u"view/reducedMotion"_s, false).toBool());
    m_actions->action(u"live.followDrag"_s)
        ->setChecked(m_settings->value(u"live/followDrag"_s, false).toBool());
    restoreLiveRate();
}

void MainWindow::setReducedMotion(bool reduced)
{
    m_settings->setValue(u"view/reducedMotion"_s, reduced);
    setAnimated(!reduced);
    emit reducedMotionChanged(reduced);
}

void MainWindow::setLimitsFollowDrag(bool follow)
{
    m_settings->setValue(u"live/followDrag"_s, follow);
    emit limitsFollowDragChanged(follow);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings->setValue(u"window/geometry"_s, saveGeometry());
    m_settings->setValue(u"window/state"_s, saveState());
    m_settings->setValue(u"window/tree"_s, m_splitter->saveState());
    m_settings->setValue(u"window/sideBySide"_s, m_sideBySide);
    if (m_session)
        m_session->flush();
    event->accept();
}

void MainWindow::keepSessionIn(const QString &folder, bool reopen)
{
    m_session = new SessionKeeper(
        QDir(folder).filePath(u"session.json"_s), [this] { return collectSession(); }, this);
    connect(m_session, &SessionKeeper::failed, this, &MainWindow::showError);
    connect(m_session, &SessionKeeper::restored, this,
            [this, reopen](const Session &session) { showSession(session, reopen); });
    m_session->restore();
}

void MainWindow::touchSession()
{
    if (m_session)
        m_session->touch();
}

Session MainWindow::collectSession() const
{
    Session session;
    session.collections = m_workspace->roots();
    for (const QString &root : m_reopening) {
        if (!session.collections.contains(root))
            session.collections << root;
    }
    const std::vector<std::shared_ptr<RequestBuffer>> &dirty = m_buffers->dirty();
    for (const std::shared_ptr<RequestBuffer> &buffer : dirty) {
        session.drafts.push_back(
            {buffer->path(), buffer->collectionPath(), buffer->spec(), buffer->saved()});
    }
    for (const RequestTab *tab : requestTabs()) {
        const auto draft = std::ranges::find(dirty, tab->buffer());
        const int index = draft == dirty.end() ? -1 : int(draft - dirty.begin());
        if (tab == currentRequest())
            session.current = int(session.tabs.size());
        if (index >= 0 || !tab->path().isEmpty())
            session.tabs.push_back({tab->path(), index});
    }
    return session;
}

namespace {

/** The requests of the drafts and of the tabs as their files have them now. */
struct SessionFiles
{
    std::vector<Result<RequestInContext>> drafts;
    std::vector<Result<RequestInContext>> tabs;
};

SessionFiles readFiles(const Session &session)
{
    SessionFiles files;
    const auto read = [](const QString &path) -> Result<RequestInContext> {
        return path.isEmpty() ? failure(ErrorCode::FileNotFound, {}) : readRequest(path);
    };
    for (const Draft &draft : session.drafts)
        files.drafts.push_back(read(draft.path));
    for (const SessionTab &tab : session.tabs)
        files.tabs.push_back(read(tab.draft < 0 ? tab.path : QString()));
    return files;
}

/** What a draft is an edit of; its file may be gone or have changed. */
RequestInContext contextOf(const Draft &draft, const Result<RequestInContext> &onDisk)
{
    RequestInContext context;
    if (onDisk)
        context = *onDisk;
    context.path = draft.path;
    context.collectionPath = draft.collection;
    context.request = draft.base;
    return context;
}

} // namespace

void MainWindow::showSession(const Session &session, bool reopen)
{
    if (reopen)
        m_reopening = session.collections;
    for (const QString &root : m_reopening)
        open(root);
    runInWorker(
        this, [session] { return readFiles(session); },
        [this, session, reopen](const SessionFiles &files) {
            std::vector<std::shared_ptr<RequestBuffer>> buffers;
            for (std::size_t i = 0; i < session.drafts.size(); ++i) {
                const Draft &draft = session.drafts[i];
                buffers.push_back(m_buffers->open(contextOf(draft, files.drafts[i])));
                buffers.back()->present(draft.spec);
                m_closed.push_back(buffers.back());
            }
            RequestTab *front = nullptr;
            // Without the rest of the session its unsaved edits still come back.
            for (std::size_t i = 0; i < session.tabs.size(); ++i) {
                const int draft = session.tabs[i].draft;
                RequestTab *tab = draft >= 0 ? showBuffer(buffers[std::size_t(draft)])
                                  : reopen && files.tabs[i]
                                      ? showBuffer(m_buffers->open(*files.tabs[i]))
                                      : nullptr;
                if (tab && int(i) == session.current)
                    front = tab;
            }
            if (front)
                m_documents->setCurrentPage(front);
            m_session->start();
        });
}

} // namespace Sluice

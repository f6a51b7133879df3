// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/workspace.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/draftkeeper.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/widgets/worker.h"

#include <QCloseEvent>
#include <QDir>
#include <QSettings>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace Sluice {

void MainWindow::restore(bool session)
{
    restoreGeometry(m_settings->value(u"window/geometry"_s).toByteArray());
    restoreState(m_settings->value(u"window/state"_s).toByteArray());
    m_splitter->restoreState(m_settings->value(u"window/tree"_s).toByteArray());
    m_sideBySide = m_settings->value(u"window/sideBySide"_s, false).toBool();
    if (!session)
        return;
    for (const QString &root : m_settings->value(u"session/collections"_s).toStringList())
        open(root);
    for (const QString &path : m_settings->value(u"session/tabs"_s).toStringList())
        openRequest(path, false);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings->setValue(u"window/geometry"_s, saveGeometry());
    m_settings->setValue(u"window/state"_s, saveState());
    m_settings->setValue(u"window/tree"_s, m_splitter->saveState());
    m_settings->setValue(u"window/sideBySide"_s, m_sideBySide);
    QStringList tabs;
    for (QWidget *page : m_documents->pages()) {
        const auto *tab = qobject_cast<RequestTab *>(page);
        if (tab && !tab->path().isEmpty())
            tabs << tab->path();
    }
    m_settings->setValue(u"session/collections"_s, m_workspace->roots());
    m_settings->setValue(u"session/tabs"_s, tabs);
    if (m_drafts)
        m_drafts->flush();
    event->accept();
}

void MainWindow::keepDraftsIn(const QString &folder)
{
    m_drafts = new DraftKeeper(
        QDir(folder).filePath(u"drafts.json"_s), [this] { return collectDrafts(); }, this);
    connect(m_drafts, &DraftKeeper::failed, this, &MainWindow::showError);
    connect(m_drafts, &DraftKeeper::restored, this, [this](const std::vector<Draft> &drafts) {
        for (const Draft &draft : drafts)
            reopenDraft(draft);
    });
    m_drafts->restore();
}

std::vector<Draft> MainWindow::collectDrafts() const
{
    std::vector<Draft> drafts;
    for (QWidget *page : m_documents->pages()) {
        const auto *tab = qobject_cast<RequestTab *>(page);
        if (tab && tab->isDirty())
            drafts.push_back({tab->path(), tab->collectionPath(), tab->spec()});
    }
    return drafts;
}

void MainWindow::reopenDraft(const Draft &draft)
{
    const auto reopen = [this, draft](const Result<RequestInContext> &onDisk) {
        RequestTab *tab = onDisk ? tabOf(draft.path) : nullptr;
        if (!tab) {
            RequestInContext context;
            context.collectionPath = draft.collection;
            // A file that is gone leaves its edits behind as a draft without a file.
            tab = addRequestTab(onDisk ? *onDisk : context);
        }
        tab->takeDraft(draft.spec);
    };
    if (draft.path.isEmpty())
        reopen(failure(ErrorCode::FileNotFound, {}));
    else
        runInWorker(this, [path = draft.path] { return readRequest(path); }, reopen);
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tabs: which are open, what is shown in front, and what closing one keeps.
#include "ui/actions/actiontable.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/environmenttab.h"
#include "ui/collection/treeedits.h"
#include "ui/collection/workspace.h"
#include "ui/interchange/interchangecontroller.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/mainwindow/sendcontroller.h"
#include "ui/request/requestbuffers.h"
#include "ui/undo/collectionhistory.h"
#include "ui/widgets/worker.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

void MainWindow::openRequest(const QString &path, bool focus)
{
    if (RequestTab *tab = tabOf(path)) {
        m_documents->setCurrentPage(tab);
        return;
    }
    runInWorker(
        this, [path] { return readRequest(path); },
        [this, path, focus](const Result<RequestInContext> &request) {
            if (!request) {
                showError(request.error());
                return;
            }
            RequestTab *tab = showBuffer(m_buffers->open(*request));
            if (focus)
                tab->focusUrl();
        });
}

QList<RequestTab *> MainWindow::requestTabs() const
{
    QList<RequestTab *> tabs;
    for (QWidget *page : m_documents->pages()) {
        if (auto *tab = qobject_cast<RequestTab *>(page))
            tabs << tab;
    }
    return tabs;
}

RequestTab *MainWindow::tabOf(const RequestBuffer *buffer) const
{
    const QList<RequestTab *> tabs = requestTabs();
    const auto found = std::ranges::find_if(
        tabs, [buffer](const RequestTab *tab) { return tab->buffer().get() == buffer; });
    return found == tabs.end() ? nullptr : *found;
}

RequestTab *MainWindow::showBuffer(const std::shared_ptr<RequestBuffer> &buffer)
{
    RequestTab *tab = tabOf(buffer.get());
    if (!tab) {
        tab = addRequestTab(buffer);
        // Unsaved edits that were out of sight: the file may have gone on without them.
        if (buffer->isDirty())
            tab->checkFile();
    }
    m_documents->setCurrentPage(tab);
    return tab;
}

RequestTab *MainWindow::tabOf(const QString &path) const
{
    const std::shared_ptr<RequestBuffer> buffer = m_buffers->find(path);
    return buffer ? tabOf(buffer.get()) : nullptr;
}

RequestTab *MainWindow::addRequestTab(const std::shared_ptr<RequestBuffer> &buffer)
{
    std::erase(m_closed, buffer);
    auto *tab = new RequestTab(buffer, m_edits->history(buffer->collectionPath()), this);
    tab->setSideBySide(m_sideBySide);
    tab->setVariables(sendVariables(buffer->collectionPath()));
    connect(tab, &RequestTab::changed, this, [this, tab] { updateLabel(tab); });
    connect(tab, &RequestTab::sendRequested, this, [this, tab] { send(tab); });
    connect(tab, &RequestTab::cancelRequested, this, [this, tab] { m_sender->cancel(tab); });
    connect(tab, &RequestTab::curlPasted, m_interchange, &InterchangeController::paste);
    connect(tab, &RequestTab::saveAsRequested, this, [this, tab] { saveAs(tab); });
    connect(tab, &RequestTab::saved, this,
            [this, tab] { m_workspace->reload(tab->collectionPath()); });
    m_documents->addPage(tab, {});
    updateLabel(tab);
    return tab;
}

void MainWindow::newRequest()
{
    RequestInContext draft;
    draft.collectionPath = currentCollection();
    // Saved into a folder, it is signed as the others there are; not written would mean by nobody.
    draft.request.auth.type = u"inherit"_s;
    showBuffer(m_buffers->open(draft))->focusUrl();
}

void MainWindow::closePage(QWidget *page)
{
    if (auto *tab = qobject_cast<RequestTab *>(page)) {
        m_sender->cancel(tab);
        if (!tab->path().isEmpty() || tab->isDirty())
            m_closed.push_back(tab->buffer());
    }
    m_documents->removePage(page);
    page->deleteLater();
    touchSession();
}

void MainWindow::reopenTab()
{
    if (m_closed.empty())
        return;
    const std::shared_ptr<RequestBuffer> buffer = m_closed.back();
    m_closed.pop_back();
    showBuffer(buffer)->checkFile();
}

void MainWindow::updateLabel(RequestTab *tab)
{
    m_documents->setLabel(tab, {tab->spec().method, tab->title(), {}, tab->isDirty()});
}

RequestTab *MainWindow::currentRequest() const
{
    return qobject_cast<RequestTab *>(m_documents->currentPage());
}

void MainWindow::pageChanged(QWidget *page)
{
    auto *tab = qobject_cast<RequestTab *>(page);
    if (tab) {
        m_panel->select(tab->path());
        m_undo.setActiveStack(tab->undoStack());
    } else if (const auto *environments = qobject_cast<EnvironmentTab *>(page)) {
        m_undo.setActiveStack(m_edits->history(environments->root()));
    }
    for (const auto &id : {u"file.save"_s, u"file.saveAs"_s, u"request.send"_s,
                           u"request.focusUrl"_s, u"request.find"_s})
        m_actions->action(id)->setEnabled(tab != nullptr);
    m_actions->action(u"file.closeTab"_s)->setEnabled(page != nullptr);
    updateTopBar();
    touchSession();
}

} // namespace Sluice

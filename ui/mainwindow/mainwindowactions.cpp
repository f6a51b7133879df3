// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engine.h"
#include "ui/actions/actiontable.h"
#include "ui/actions/commandpalette.h"
#include "ui/actions/shortcutsdialog.h"
#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/environmenttab.h"
#include "ui/collection/secrets.h"
#include "ui/collection/workspace.h"
#include "ui/interchange/interchangecontroller.h"
#include "ui/interchange/issuesdialog.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/mainwindow/sendcontroller.h"
#include "ui/mainwindow/topbar.h"
#include "ui/request/requestbuffers.h"
#include "ui/run/runcontroller.h"
#include "ui/run/runtab.h"
#include "ui/tuning/tuningcontroller.h"
#include "ui/tuning/tuningtab.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/worker.h"

#include <QAction>
#include <QClipboard>
#include <QDockWidget>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace Sluice {

void MainWindow::buildMenu()
{
    auto *menu = new QMenu(this);
    const auto submenu = [&](const QString &title, const QString &group) {
        QMenu *sub = menu->addMenu(title);
        for (QAction *action : m_actions->actions()) {
            if (ActionTable::group(action) == group)
                sub->addAction(action);
        }
        return sub;
    };
    submenu(tr("&File"), u"file"_s);
    submenu(tr("&Edit"), u"edit"_s);
    submenu(tr("&Request"), u"request"_s);
    submenu(tr("R&un"), u"run"_s);
    submenu(tr("&Tree"), u"tree"_s);
    m_viewMenu = submenu(tr("&View"), u"view"_s);
    submenu(tr("&Live"), u"live"_s);
    submenu(tr("&Help"), u"help"_s);
    m_top->setMenu(menu);
    auto *open = new QShortcut(QKeySequence(Qt::Key_F10), this);
    connect(open, &QShortcut::activated, m_top, &TopBar::openMenu);
    m_panel->setRowActions(
        {m_actions->action(u"file.newRequest"_s), m_actions->action(u"tree.newFolder"_s), nullptr,
         m_actions->action(u"run.folder"_s), m_actions->action(u"file.exportAs"_s), nullptr,
         m_actions->action(u"tree.rename"_s), m_actions->action(u"tree.duplicate"_s),
         m_actions->action(u"tree.moveTo"_s), m_actions->action(u"tree.delete"_s), nullptr,
         m_actions->action(u"tree.convert"_s), m_actions->action(u"file.closeCollection"_s)});
}

void MainWindow::connectActions()
{
    const auto on = [this](const QString &id, auto &&slot) {
        connect(m_actions->action(id), &QAction::triggered, this, slot);
    };
    on(u"file.newRequest"_s, [this] { newRequest(); });
    on(u"file.openCollection"_s, [this] {
        auto *dialog = new QFileDialog(this, tr("Open collection"));
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::open);
        dialog->open();
    });
    on(u"file.import"_s, [this] { m_interchange->askImport(); });
    on(u"file.exportAs"_s, [this] { exportFolder(m_panel->currentPath()); });
    on(u"edit.paste"_s, [this] { m_interchange->paste(QGuiApplication::clipboard()->text()); });
    on(u"file.save"_s, [this] { currentRequest()->save(); });
    on(u"file.saveAs"_s, [this] { saveAs(currentRequest()); });
    on(u"file.closeTab"_s, [this] { closePage(m_documents->currentPage()); });
    on(u"file.reopenTab"_s, [this] { reopenTab(); });
    on(u"file.quit"_s, [this] { close(); });
    on(u"edit.undo"_s, [this] { stepHistory(-1); });
    on(u"edit.redo"_s, [this] { stepHistory(1); });
    for (const auto &[id, can] : {std::pair(u"edit.undo"_s, &QUndoGroup::canUndoChanged),
                                  std::pair(u"edit.redo"_s, &QUndoGroup::canRedoChanged)}) {
        m_actions->action(id)->setEnabled(false);
        connect(&m_undo, can, m_actions->action(id), &QAction::setEnabled);
    }
    on(u"request.send"_s, [this] { send(currentRequest()); });
    on(u"request.focusUrl"_s, [this] { currentRequest()->focusUrl(); });
    on(u"run.folder"_s, [this] { runFolder(m_panel->currentPath()); });
    on(u"run.findLimit"_s, [this] { findLimit(); });
    on(u"run.stop"_s, [this] { stop(); });
    on(u"run.pause"_s, [this] { emit dispatchPauseToggled(); });
    on(u"view.commands"_s, [this] { openPalette(); });
    on(u"view.environment"_s, [this] { m_top->openEnvironments(); });
    on(u"view.environments"_s, [this] { editEnvironments(); });
    on(u"view.filter"_s, [this] {
        m_panel->show();
        m_panel->focusFilter();
    });
    on(u"view.tree"_s, [this] { m_panel->setVisible(!m_panel->isVisible()); });
    on(u"view.sideBySide"_s, [this] {
        m_sideBySide = !m_sideBySide;
        for (RequestTab *tab : requestTabs())
            tab->setSideBySide(m_sideBySide);
    });
    connectAppearance();
    QAction *reduced = m_actions->action(u"view.reducedMotion"_s);
    reduced->setCheckable(true);
    connect(reduced, &QAction::toggled, this, &MainWindow::setReducedMotion);
    QAction *follow = m_actions->action(u"live.followDrag"_s);
    follow->setCheckable(true);
    connect(follow, &QAction::toggled, this, &MainWindow::setLimitsFollowDrag);
    on(u"live.rate"_s, [this] { askLiveRate(); });
    on(u"request.find"_s, [this] { currentRequest()->findInResponse(); });
    on(u"help.shortcuts"_s, [this] {
        auto *dialog = new ShortcutsDialog(m_actions, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    on(u"help.about"_s, [this] { showAbout(); });
    on(u"view.nextPanel"_s, [this] { stepPanel(1); });
    on(u"view.previousPanel"_s, [this] { stepPanel(-1); });
    on(u"view.nextTab"_s, [this] { m_documents->step(1); });
    on(u"view.previousTab"_s, [this] { m_documents->step(-1); });
    for (int number = 1; number <= 9; ++number) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)), this);
        connect(shortcut, &QShortcut::activated, this, [this, number] {
            const auto count = int(m_documents->pages().size());
            m_documents->setCurrentIndex(number == 9 ? count - 1 : number - 1);
        });
    }
}

void MainWindow::send(RequestTab *tab)
{
    const QString root = tab->collectionPath();
    const auto sendIt = [this, root, open = QPointer(tab)] {
        if (open)
            m_sender->send(open, sendVariables(root));
    };
    m_secrets->ask(root, {tab->context()}, sendVariables(root), this, sendIt);
}

void MainWindow::stop()
{
    RequestTab *tab = currentRequest();
    if (tab && tab->isSending())
        m_sender->cancel(tab);
    else
        m_runner->stop();
}

void MainWindow::runFolder(const QString &path)
{
    const QString what = path.isEmpty() ? currentCollection() : path;
    if (what.isEmpty())
        return;
    const QString name = m_model->indexOf(what).data().toString();
    const QString root = m_workspace->rootOf(what);
    runInWorker(
        this, [what] { return readRequests(what); },
        [this, what, name, root](const Result<std::vector<RequestInContext>> &requests) {
            // A file that cannot be read is what the run itself tells.
            m_secrets->ask(root, requests.value_or(std::vector<RequestInContext>{}),
                           variablesFor(root), this,
                           [=, this] { m_runner->ask(what, name, variablesFor(root)); });
        });
}

void MainWindow::showRunRequest(quint32 run, quint64 seq)
{
    m_runner->showRequest(run, seq);
}

void MainWindow::startRun(const RunPlan &plan)
{
    m_runner->start(plan);
}

void MainWindow::exportFolder(const QString &path)
{
    const QString what = path.isEmpty() ? currentCollection() : path;
    if (what.isEmpty())
        return;
    const QString root = m_workspace->rootOf(what);
    m_interchange->askExport(what, m_model->indexOf(what).data().toString(), variablesFor(root),
                             m_workspace->settings(root).limits.value_or(Limits()));
}

void MainWindow::connectInterchange()
{
    connect(m_interchange, &InterchangeController::failed, this, &MainWindow::showError);
    connect(m_interchange, &InterchangeController::imported, this, &MainWindow::open);
    connect(m_interchange, &InterchangeController::noted, this,
            [this](const QString &text, const QStringList &all) {
                std::vector<MessageBar::Choice> choices;
                if (!all.isEmpty())
                    choices.push_back({tr("Show all…"), [this, all] { showIssues(all); }});
                m_message->showMessage(text, false, std::move(choices));
            });
    connect(m_interchange, &InterchangeController::pasted, this, [this](const RequestSpec &spec) {
        RequestInContext draft;
        draft.collectionPath = currentCollection();
        const auto buffer = m_buffers->open(draft);
        // An edit of an empty request, so that it counts as unsaved.
        buffer->present(spec);
        showBuffer(buffer)->focusUrl();
    });
}

void MainWindow::showIssues(const QStringList &lines)
{
    auto *dialog = new IssuesDialog(lines, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::addRunTab(RunTab *tab)
{
    m_documents->addPage(tab, {{}, tab->title(), u"▶"_s, false});
    emit runStarted();
}

void MainWindow::findLimit()
{
    if (RequestTab *tab = currentRequest())
        m_tuner->open(tab->context(), variablesFor(tab->collectionPath()));
    else if (const QString path = m_panel->currentPath(); !path.isEmpty())
        m_tuner->openAll(path, m_model->indexOf(path).data().toString(),
                         variablesFor(m_workspace->rootOf(path)));
    else
        showError({ErrorCode::Usage, tr("Open the request whose server is to be measured first.")});
}

void MainWindow::addTuningTab(TuningTab *tab)
{
    connect(tab, &TuningTab::applyRequested, this, &MainWindow::limitsApplied);
    connect(tab, &TuningTab::levelShown, this, &MainWindow::timeChosen);
    m_documents->addPage(tab, {{}, tab->title(), u"◔"_s, false});
}

void MainWindow::editEnvironments()
{
    const QString root = currentCollection();
    if (root.isEmpty()) {
        showError({ErrorCode::Usage, tr("Open a collection first (Ctrl+O).")});
        return;
    }
    for (QWidget *page : m_documents->pages()) {
        auto *known = qobject_cast<EnvironmentTab *>(page);
        if (known && known->root() == root) {
            m_documents->setCurrentPage(known);
            known->setFocus();
            return;
        }
    }
    auto *tab = new EnvironmentTab(root, environmentName(root), m_workspace, m_edits,
                                   m_secrets->store(), this);
    m_documents->addPage(tab, {{}, tab->title(), u"⚙"_s, false});
    tab->setFocus();
}

void MainWindow::openPalette()
{
    if (!m_palette)
        m_palette = new CommandPalette(this);
    std::vector<PaletteEntry> requests;
    const std::function<void(const QModelIndex &, const QString &)> collect =
        [&](const QModelIndex &parent, const QString &where) {
            for (int row = 0; row < m_model->rowCount(parent); ++row) {
                const QModelIndex index = m_model->index(row, 0, parent);
                const QString name = index.data().toString();
                if (CollectionModel::kindOf(index) == TreeItem::Kind::Request) {
                    const QString path = index.data(CollectionModel::PathRole).toString();
                    requests.push_back({name, where,
                                        index.data(CollectionModel::MethodRole).toString(),
                                        [this, path] { openRequest(path); }});
                }
                collect(index, where.isEmpty() ? name : where + u" / "_s + name);
            }
        };
    collect({}, {});
    std::vector<PaletteEntry> commands;
    for (QAction *action : m_actions->actions()) {
        if (action->isEnabled())
            commands.push_back({action->text(),
                                action->shortcut().toString(QKeySequence::NativeText),
                                {},
                                [action] { action->trigger(); }});
    }
    m_palette->open(std::move(requests), std::move(commands));
}

void MainWindow::showAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Sluice"),
                        tr("<b>Sluice %1</b><p>HTTP request workbench with a visible "
                           "admission queue.</p><p>GPL-3.0-or-later. Icons: Breeze, "
                           "LGPL-3.0-or-later. Qt %2.</p>")
                            .arg(QStringLiteral(SLUICE_VERSION), QString::fromLatin1(qVersion())),
                        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::addDock(QDockWidget *dock, Qt::DockWidgetArea area)
{
    addDockWidget(area, dock);
    m_viewMenu->addAction(dock->toggleViewAction());
}

} // namespace Sluice

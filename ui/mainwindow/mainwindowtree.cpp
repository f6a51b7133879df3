// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/bruconversion.h"
#include "core/collection/formatnames.h"
#include "ui/actions/actiontable.h"
#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/collectiontree.h"
#include "ui/collection/savedialog.h"
#include "ui/collection/treeedits.h"
#include "ui/collection/workspace.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/request/requestbuffers.h"
#include "ui/undo/collectionhistory.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/worker.h"

#include <QAction>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sluice {

void MainWindow::connectTreeActions()
{
    const auto on = [this](const QString &id, auto &&slot) {
        connect(m_actions->action(id), &QAction::triggered, this, slot);
    };
    on(u"file.closeCollection"_s, [this] {
        const QString root = currentCollection();
        if (!root.isEmpty())
            m_workspace->close(root);
        updateTopBar();
    });
    on(u"tree.newFolder"_s, [this] {
        const QString parent = m_panel->currentFolder();
        if (!parent.isEmpty())
            askName(tr("New folder"), {},
                    [this, parent](const QString &name) { m_edits->addFolder(parent, name); });
    });
    on(u"tree.rename"_s, [this] {
        const QString path = m_panel->currentPath();
        if (!path.isEmpty() && m_workspace->rootOf(path) != path)
            askName(tr("Rename"), m_model->indexOf(path).data().toString(),
                    [this, path](const QString &name) { m_edits->rename(path, name); });
    });
    on(u"tree.moveUp"_s, [this] { moveCurrent(-1); });
    on(u"tree.moveDown"_s, [this] { moveCurrent(1); });
    on(u"tree.moveTo"_s, [this] { moveCurrentTo(); });
    connect(m_model, &CollectionModel::moveRequested, m_edits, &TreeEdits::move);
    connect(m_panel, &CollectionPanel::currentChanged, this, &MainWindow::updateTreeActions);
    updateTreeActions();
    connect(m_panel->tree(), &CollectionTree::renameRequested, m_actions->action(u"tree.rename"_s),
            &QAction::trigger);
    connect(m_panel->tree(), &CollectionTree::removeRequested, m_actions->action(u"tree.delete"_s),
            &QAction::trigger);
    on(u"tree.duplicate"_s, [this] {
        const QString path = m_panel->currentPath();
        if (!path.isEmpty() && m_workspace->rootOf(path) != path)
            m_edits->duplicate(path);
    });
    on(u"tree.delete"_s, [this] {
        const QString path = m_panel->currentPath();
        if (!path.isEmpty() && m_workspace->rootOf(path) != path)
            m_edits->remove(path);
    });
    on(u"tree.convert"_s, [this] { m_edits->convert(currentCollection()); });
    connect(m_edits, &TreeEdits::converted, this, &MainWindow::showConverted);
    connect(m_edits, &TreeEdits::historyAdded, this, &MainWindow::addUndoStack);
    connect(m_edits, &TreeEdits::failed, this, &MainWindow::showError);
    connect(m_edits, &TreeEdits::done, this, &MainWindow::itemChanged);
    connect(m_edits, &TreeEdits::settingsChanged, m_workspace, &Workspace::reload);
}

/** The collection itself stays where it is, under its own name. */
void MainWindow::updateTreeActions()
{
    const QString path = m_panel->currentPath();
    const bool isInside = !path.isEmpty() && m_workspace->rootOf(path) != path;
    for (const QString &id : {u"tree.rename"_s, u"tree.duplicate"_s, u"tree.moveUp"_s,
                              u"tree.moveDown"_s, u"tree.moveTo"_s, u"tree.delete"_s})
        m_actions->action(id)->setEnabled(isInside);
}

void MainWindow::moveCurrent(int by)
{
    const QString path = m_panel->currentPath();
    const QModelIndex index = m_model->indexOf(path);
    const int place = index.isValid() ? m_model->placeOf(index) + by : -1;
    if (place >= 0 && m_workspace->rootOf(path) != path)
        m_edits->move(path, QFileInfo(path).path(), place);
}

void MainWindow::askName(const QString &title, const QString &name,
                         const std::function<void(const QString &)> &accepted)
{
    auto *dialog = new SaveDialog(title, name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [dialog, accepted] { accepted(dialog->name()); });
    dialog->open();
}

void MainWindow::itemChanged(const QString &from, const QString &to)
{
    const auto touched =
        from.isEmpty() ? decltype(m_buffers->under(from)){} : m_buffers->under(from);
    for (const std::shared_ptr<RequestBuffer> &buffer : touched) {
        RequestTab *tab = tabOf(buffer.get());
        if (!to.isEmpty())
            buffer->setPath(to + buffer->path().sliced(from.size()));
        if (tab && to.isEmpty())
            closePage(tab);
        else if (tab)
            tab->checkFile();
    }
    const QString root = m_workspace->rootOf(to.isEmpty() ? from : to);
    if (from == root)
        followFormat(root);
    m_workspace->reload(root);
    if (!to.isEmpty())
        m_panel->selectWhenThere(to);
    if (from.isEmpty() && QFileInfo(to).isFile())
        openRequest(to);
}

namespace {

void collectTargets(const CollectionModel *model, const QModelIndex &parent, const QString &where,
                    std::vector<SaveTarget> &targets)
{
    for (int row = 0; row < model->rowCount(parent); ++row) {
        const QModelIndex index = model->index(row, 0, parent);
        const TreeItem::Kind kind = CollectionModel::kindOf(index);
        if (kind != TreeItem::Kind::Collection && kind != TreeItem::Kind::Folder)
            continue;
        const QString name = index.data().toString();
        const QString label = where.isEmpty() ? name : where + u" / "_s + name;
        targets.push_back({index.data(CollectionModel::PathRole).toString(), label});
        collectTargets(model, index, label, targets);
    }
}

} // namespace

void MainWindow::moveCurrentTo()
{
    const QString path = m_panel->currentPath();
    const QString root = m_workspace->rootOf(path);
    if (path.isEmpty() || path == root)
        return;
    std::vector<SaveTarget> targets;
    collectTargets(m_model, {}, {}, targets);
    std::erase_if(targets, [&](const SaveTarget &target) {
        return m_workspace->rootOf(target.path) != root || target.path == path
               || target.path.startsWith(path + u'/');
    });
    auto *dialog = new SaveDialog(tr("Move"), m_model->indexOf(path).data().toString(), this);
    dialog->setTargets(targets, QFileInfo(path).path());
    dialog->fixName();
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, path] {
        const QModelIndex folder = m_model->indexOf(dialog->folder());
        m_edits->move(path, dialog->folder(), m_model->rowCount(folder));
    });
    dialog->open();
}

/** Open requests go on in the files of the format that the collection has now, with their edits. */
void MainWindow::followFormat(const QString &root)
{
    const QString suffix =
        filesOf(rootFormat(root).value_or(CollectionFormat::OpenCollection)).suffix;
    for (const std::shared_ptr<RequestBuffer> &buffer : m_buffers->under(root)) {
        const QFileInfo file(buffer->path());
        const QString now = file.path() + u'/' + file.completeBaseName() + suffix;
        if (now == buffer->path() || !QFileInfo::exists(now))
            continue;
        buffer->setPath(now);
        if (RequestTab *tab = tabOf(buffer.get()))
            tab->checkFile();
    }
}

void MainWindow::showConverted(const BruConversion &done)
{
    QStringList lines{tr("%n request(s)", nullptr, done.requests)
                      + tr(" and %n environment(s) are .yml files now; the .bru files are kept.",
                           nullptr, done.environments)};
    for (const Error &problem : done.problems)
        lines << problem.toString();
    m_message->showMessage(lines.join(u'\n'), !done.problems.empty());
}

void MainWindow::saveAs(RequestTab *tab)
{
    std::vector<SaveTarget> targets;
    collectTargets(m_model, {}, {}, targets);
    if (targets.empty()) {
        showError({ErrorCode::Usage, tr("Open a collection first (Ctrl+O), then save into it.")});
        return;
    }
    auto *dialog = new SaveDialog(tr("Save request"), tab->title(), this);
    dialog->setTargets(targets, m_panel->currentFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, tab, [this, dialog, tab] {
        RequestSpec spec = tab->spec();
        spec.name = dialog->name();
        m_edits->addRequest(dialog->folder(), spec);
        // The file opens in a tab of its own; a draft has become that file.
        if (tab->path().isEmpty())
            closePage(tab);
    });
    dialog->open();
}

} // namespace Sluice

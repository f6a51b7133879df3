// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/treeedits.h"

#include "core/collection/bruconversion.h"
#include "core/collection/formatnames.h"
#include "ui/collection/workspace.h"
#include "ui/undo/collectionhistory.h"
#include "ui/widgets/worker.h"

#include <QFileInfo>
#include <QUndoCommand>

namespace Sluice {

/** A change to files, which has happened already when the command is made. */
class FileCommand final : public QUndoCommand
{
public:
    FileCommand(TreeEdits *edits, CollectionHistory *history, const QString &what,
                std::shared_ptr<CollectionChange> change, std::function<void(int by)> beside)
        : QUndoCommand(what), m_edits(edits), m_history(history), m_change(std::move(change)),
          m_beside(std::move(beside))
    {
    }

    void undo() override
    {
        goBeside(-1);
        go(-1);
    }

    void redo() override
    {
        goBeside(1);
        if (!std::exchange(m_happened, false))
            go(1);
    }

private:
    void goBeside(int by)
    {
        if (m_beside)
            m_beside(by);
    }
    void go(int by)
    {
        if (m_history->isPuttingBack())
            return;
        m_history->begin();
        runInPool(
            &m_edits->m_files, m_history,
            [change = m_change, by] { return by < 0 ? change->undo() : change->redo(); },
            [command = this, history = m_history, edits = m_edits, by](const auto &moved) {
                history->finishStep(command, by, moved.has_value());
                if (moved)
                    edits->tell(*moved);
                else
                    emit edits->failed(moved.error());
            });
    }

    TreeEdits *m_edits;
    CollectionHistory *m_history;
    std::shared_ptr<CollectionChange> m_change;
    std::function<void(int by)> m_beside;
    bool m_happened = true;
};

namespace {

QString nameOf(const QString &path)
{
    return QFileInfo(path).completeBaseName();
}

} // namespace

TreeEdits::TreeEdits(const Workspace *workspace, QObject *parent)
    : QObject(parent), m_workspace(workspace)
{
    m_files.setMaxThreadCount(1);
}

TreeEdits::~TreeEdits() = default;

CollectionHistory *TreeEdits::history(const QString &root)
{
    CollectionHistory *&history = m_histories[root];
    if (!history) {
        history = new CollectionHistory(this);
        emit historyAdded(history);
    }
    return history;
}

void TreeEdits::run(const QString &path, const QString &what, std::function<ChangeResult()> change,
                    std::function<void(int by)> beside)
{
    CollectionHistory *steps = history(m_workspace->rootOf(path));
    steps->begin();
    runInPool(&m_files, this, std::move(change),
              [this, what, steps, beside = std::move(beside)](const ChangeResult &made) {
                  if (made)
                      added(steps, what, *made, beside);
                  else
                      emit failed(made.error());
                  steps->finishChange();
              });
}

void TreeEdits::added(CollectionHistory *steps, const QString &what,
                      const std::shared_ptr<CollectionChange> &change,
                      const std::function<void(int by)> &beside)
{
    if (change->isEmpty() && !beside)
        return;
    steps->push(std::make_unique<FileCommand>(this, steps, what, change, beside).release());
    tell(change->move());
}

void TreeEdits::tell(const ItemMove &move)
{
    const QFileInfo file(move.to.isEmpty() ? move.from : move.to);
    const bool environment = file.dir().dirName() == QLatin1StringView(EnvironmentsFolder);
    if (file.fileName() == QLatin1StringView(CollectionFile))
        emit settingsChanged(file.path());
    else if (environment)
        emit settingsChanged(QFileInfo(file.path()).path());
    else
        emit done(move.from, move.to);
}

void TreeEdits::addRequest(const QString &folder, const RequestSpec &spec)
{
    run(folder, tr("creation of %1").arg(spec.name),
        [folder, spec] { return addRequestUndoably(folder, spec); });
}

void TreeEdits::addFolder(const QString &parent, const QString &name)
{
    run(parent, tr("creation of %1").arg(name),
        [parent, name] { return addFolderUndoably(parent, name); });
}

void TreeEdits::rename(const QString &path, const QString &name)
{
    run(path, tr("renaming of %1").arg(nameOf(path)),
        [path, name] { return renameUndoably(path, name); });
}

void TreeEdits::move(const QString &path, const QString &folder, qsizetype index)
{
    run(path, tr("move of %1").arg(nameOf(path)),
        [path, folder, index] { return moveUndoably(path, folder, index); });
}

void TreeEdits::duplicate(const QString &path)
{
    run(path, tr("copy of %1").arg(nameOf(path)), [path] { return duplicateUndoably(path); });
}

void TreeEdits::remove(const QString &path)
{
    run(path, tr("removal of %1").arg(nameOf(path)), [path] { return removeUndoably(path); });
}

void TreeEdits::setLimits(const QString &root, const std::optional<Limits> &limits,
                          std::function<void(int by)> beside)
{
    run(
        root, tr("change of the collection's limits"),
        [root, limits] { return setLimitsUndoably(root, limits); }, std::move(beside));
}

void TreeEdits::addEnvironment(const QString &root, const EnvironmentSpec &spec)
{
    run(root, tr("creation of %1").arg(spec.name),
        [root, spec] { return addEnvironmentUndoably(root, spec); });
}

void TreeEdits::convert(const QString &root)
{
    const auto made = std::make_shared<BruConversion>();
    run(
        root, tr("conversion of %1").arg(nameOf(root)),
        [root, made] { return convertUndoably(root, *made); },
        [this, made](int by) {
            if (by > 0)
                emit converted(*made);
        });
}

void TreeEdits::setEnvironment(const EnvironmentSpec &expected, const EnvironmentSpec &spec)
{
    run(spec.path, tr("change of the environment %1").arg(spec.name),
        [expected, spec] { return setEnvironmentUndoably(expected, spec); });
}

} // namespace Sluice

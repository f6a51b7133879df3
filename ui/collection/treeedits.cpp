// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/treeedits.h"

#include "core/collection/collectionedit.h"
#include "ui/widgets/worker.h"

#include <QFileInfo>
#include <QUndoCommand>

namespace Sluice {

namespace {

/** The removal of an item, which has happened already; undoing puts its files back. */
class RemoveCommand final : public QUndoCommand
{
public:
    RemoveCommand(TreeEdits *edits, RemovedItem item)
        : QUndoCommand(TreeEdits::tr("removal of %1").arg(QFileInfo(item.path).completeBaseName())),
          m_edits(edits), m_item(std::move(item))
    {
    }

    void undo() override
    {
        run([item = m_item] { return restoreItem(item); }, {}, m_item.path);
    }

    void redo() override
    {
        if (std::exchange(m_happened, false))
            return;
        run(
            [path = m_item.path]() -> Result<> {
                const Result<RemovedItem> removed = removeItem(path);
                return removed ? Result<>{} : std::unexpected(removed.error());
            },
            m_item.path, {});
    }

private:
    void run(std::function<Result<>()> change, const QString &from, const QString &to)
    {
        runInWorker(m_edits, std::move(change),
                    [edits = m_edits, from, to](const Result<> &result) {
                        if (result)
                            emit edits->done(from, to);
                        else
                            emit edits->failed(result.error());
                    });
    }

    TreeEdits *m_edits;
    RemovedItem m_item;
    bool m_happened = true;
};

} // namespace

TreeEdits::TreeEdits(QObject *parent) : QObject(parent) {}

void TreeEdits::run(const QString &from, std::function<Result<QString>()> change)
{
    runInWorker(this, std::move(change), [this, from](const Result<QString> &to) {
        if (to)
            emit done(from, *to);
        else
            emit failed(to.error());
    });
}

void TreeEdits::addRequest(const QString &folder, const RequestSpec &spec)
{
    run({}, [folder, spec] { return createRequest(folder, spec); });
}

void TreeEdits::addFolder(const QString &parent, const QString &name)
{
    run({}, [parent, name] { return createFolder(parent, name); });
}

void TreeEdits::rename(const QString &path, const QString &name)
{
    run(path, [path, name] { return renameItem(path, name); });
}

void TreeEdits::duplicate(const QString &path)
{
    run({}, [path] { return duplicateItem(path); });
}

void TreeEdits::remove(const QString &path)
{
    runInWorker(
        this, [path] { return removeItem(path); },
        [this, path](Result<RemovedItem> removed) {
            if (!removed) {
                emit failed(removed.error());
                return;
            }
            m_undo.push(std::make_unique<RemoveCommand>(this, std::move(*removed)).release());
            emit done(path, {});
        });
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/workspace.h"

#include "ui/collection/collectionmodel.h"
#include "ui/widgets/worker.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int SettleMs = 150;

/** Every folder under \a item, for the watcher. */
void collectFolders(const TreeItem &item, QStringList &folders)
{
    if (item.kind != TreeItem::Kind::Collection && item.kind != TreeItem::Kind::Folder)
        return;
    folders << item.path;
    for (const TreeItem &child : item.children)
        collectFolders(child, folders);
}

} // namespace

/** All that is read of one collection at a time. */
struct Workspace::Contents
{
    QString root;
    QString askedFor;
    TreeItem tree;
    FolderSpec settings;
    std::vector<EnvironmentSpec> environments;
};

Workspace::Workspace(CollectionModel *model, QObject *parent) : QObject(parent), m_model(model)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(SettleMs);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Workspace::noteChange);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Workspace::noteChange);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        const QStringList changed = std::exchange(m_changed, {});
        for (const QString &root : changed) {
            reload(root);
            emit changedOnDisk(root);
        }
    });
}

void Workspace::noteChange(const QString &path)
{
    const QString root = rootOf(path);
    if (root.isEmpty())
        return;
    if (!m_changed.contains(root))
        m_changed << root;
    m_settle.start();
    // A file that is replaced by a rename is a new one to the watcher.
    m_watcher.addPath(path);
}

void Workspace::watchFile(const QString &file)
{
    if (!file.isEmpty())
        m_watcher.addPath(file);
}

void Workspace::open(const QString &path)
{
    const auto read = [path]() -> Result<Contents> {
        const Result<QString> root = findCollectionRoot(QDir(path).absolutePath());
        if (!root)
            return std::unexpected(root.error());
        Result<TreeItem> tree = readTree(*root);
        if (!tree)
            return std::unexpected(tree.error());
        return Contents{*root, QDir(path).absolutePath(), std::move(*tree),
                        readFolder(*root).value_or(FolderSpec{}),
                        readEnvironments(*root).value_or(std::vector<EnvironmentSpec>{})};
    };
    runInWorker(this, read, [this](const Result<Contents> &contents) {
        if (!contents) {
            emit failed(contents.error());
            return;
        }
        take(*contents);
    });
}

void Workspace::take(const Contents &contents)
{
    const bool isNew = !m_roots.contains(contents.root);
    if (isNew)
        m_roots << contents.root;
    m_settings[contents.root] = contents.settings;
    m_model->setCollection(contents.tree);
    watch(contents.tree);
    if (isNew || m_environments.value(contents.root) != contents.environments) {
        m_environments[contents.root] = contents.environments;
        emit environmentsChanged(contents.root);
    }
    if (!contents.askedFor.isEmpty())
        emit opened(contents.root, contents.askedFor);
}

void Workspace::reload(const QString &root)
{
    const auto read = [root]() -> Result<Contents> {
        Result<TreeItem> tree = readTree(root);
        if (!tree)
            return std::unexpected(tree.error());
        return Contents{root,
                        {},
                        std::move(*tree),
                        readFolder(root).value_or(FolderSpec{}),
                        readEnvironments(root).value_or(std::vector<EnvironmentSpec>{})};
    };
    runInWorker(this, read, [this, root](const Result<Contents> &contents) {
        if (!m_roots.contains(root))
            return;
        if (contents)
            take(*contents);
        else
            emit failed(contents.error());
    });
}

void Workspace::watch(const TreeItem &tree)
{
    QStringList folders;
    collectFolders(tree, folders);
    folders << QDir(tree.path).filePath(u"environments"_s);
    const QStringList watched = m_watcher.directories();
    folders.removeIf(
        [&](const QString &folder) { return watched.contains(folder) || !QDir(folder).exists(); });
    if (!folders.isEmpty())
        m_watcher.addPaths(folders);
}

void Workspace::close(const QString &root)
{
    m_roots.removeOne(root);
    m_environments.remove(root);
    m_settings.remove(root);
    m_model->removeCollection(root);
}

QString Workspace::rootOf(const QString &path) const
{
    for (const QString &root : m_roots) {
        if (path == root || path.startsWith(root + u'/'))
            return root;
    }
    return {};
}

std::vector<EnvironmentSpec> Workspace::environments(const QString &root) const
{
    return m_environments.value(root);
}

} // namespace Sluice

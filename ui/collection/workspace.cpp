// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/workspace.h"

#include "core/collection/environmentfiles.h"
#include "core/collection/environments.h"
#include "core/collection/itemplace.h"
#include "core/collection/treereader.h"
#include "core/environment/dotenv.h"
#include "ui/collection/collectionmodel.h"
#include "ui/widgets/worker.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Every folder under \a item, for the watcher. */
void collectFolders(const TreeItem &item, QStringList &folders)
{
    if (item.kind != TreeItem::Kind::Collection && item.kind != TreeItem::Kind::Folder)
        return;
    // What lies inside a file is no folder.
    if (itemPlace(item.path).isBundled())
        return;
    folders << item.path;
    for (const TreeItem &child : item.children)
        collectFolders(child, folders);
}

QString dotEnvFile(const EnvironmentSpec &environment)
{
    return environment.dotEnvFile.isEmpty() ? u".env"_s : environment.dotEnvFile;
}

} // namespace

/** All that is read of one collection at a time. */
struct Workspace::Contents
{
    QString root;
    QString folder; ///< The root, or where it lies when it is a file.
    CollectionFormat format = CollectionFormat::OpenCollection;
    TreeItem tree;
    TreeIndex index;
    qint64 filesRead = 0;
    FolderSpec settings;
    std::vector<EnvironmentSpec> environments;
    QMap<QString, std::vector<NameValue>> dotEnv; ///< By the name in the environment.
    std::vector<Error> problems;
};

Workspace::Workspace(CollectionModel *model, QObject *parent) : QObject(parent), m_model(model)
{
    connect(&m_watcher, &FolderWatcher::changed, this, &Workspace::noteChanges);
    connect(&m_watcher, &FolderWatcher::exhausted, this, [this] {
        emit failed({ErrorCode::Io, tr("The system watches no more folders; changes that other "
                                       "programs make may go unnoticed until a collection is "
                                       "opened again.")});
    });
}

Result<Workspace::Known> Workspace::read(const QString &root, const Known &known,
                                         const QStringList &written)
{
    TreeIndex index = known ? known->index : TreeIndex();
    index.forget(written);
    Result<IndexedTree> tree = readTree(root, index);
    if (!tree)
        return std::unexpected(tree.error());
    auto contents = std::make_shared<Contents>();
    contents->root = root;
    contents->folder = QFileInfo(root).isFile() ? QFileInfo(root).path() : root;
    contents->format = formatOf(root);
    contents->tree = std::move(tree->tree);
    contents->index = std::move(tree->index);
    contents->filesRead = tree->filesRead;
    Result<FolderSpec> settings = readFolder(root);
    // As long as a file cannot be read, what it said before holds.
    if (settings)
        contents->settings = std::move(*settings);
    else
        contents->problems.push_back(settings.error());
    if (!settings && known)
        contents->settings = known->settings;
    EnvironmentFiles files = readEnvironmentFiles(root);
    contents->environments = std::move(files.environments);
    std::ranges::move(files.problems, std::back_inserter(contents->problems));
    const auto addDotEnv = [&](const EnvironmentSpec &environment) {
        const QString name = dotEnvFile(environment);
        if (contents->dotEnv.contains(name))
            return;
        Result<std::vector<NameValue>> values =
            readDotEnv(QDir(contents->folder).absoluteFilePath(name));
        if (!values)
            contents->problems.push_back(values.error());
        contents->dotEnv.insert(name, values ? std::move(*values) : std::vector<NameValue>{});
    };
    addDotEnv({});
    std::ranges::for_each(contents->environments, addDotEnv);
    return contents;
}

void Workspace::open(const QString &path)
{
    const QString wanted = QDir(path).absolutePath();
    const auto work = [wanted]() -> Result<Known> {
        const Result<QString> root = findCollectionRoot(wanted);
        if (!root)
            return std::unexpected(root.error());
        return read(*root, {}, {});
    };
    runInWorker(this, work, [this, wanted](const Result<Known> &contents) {
        if (!contents) {
            emit failed(contents.error());
            return;
        }
        const QString root = (*contents)->root;
        take(*contents);
        emit opened(root, wanted);
        // What was written between the reading and the watching.
        reload(root);
    });
}

void Workspace::take(const Known &contents)
{
    const QString &root = contents->root;
    const Known before = m_contents.value(root);
    if (!before)
        m_roots << root;
    m_contents[root] = contents;
    m_model->setCollection(contents->tree);
    watchFolders();
    if (!contents->problems.empty() && (!before || before->problems != contents->problems))
        emit failed(contents->problems.front());
    if (before) {
        for (const Error &problem : before->problems) {
            if (std::ranges::find(contents->problems, problem) == contents->problems.end())
                emit mended(problem);
        }
    }
    if (before && (before->settings != contents->settings || before->format != contents->format))
        emit settingsChanged(root, before->settings);
    if (!before || before->environments != contents->environments
        || before->dotEnv != contents->dotEnv)
        emit environmentsChanged(root);
}

void Workspace::reload(const QString &root)
{
    if (m_reading.contains(root)) {
        m_stale.insert(root);
        return;
    }
    m_reading.insert(root);
    runInWorker(
        this,
        [root, known = m_contents.value(root), written = m_written.take(root)] {
            return read(root, known, written);
        },
        [this, root](const Result<Known> &contents) {
            m_reading.remove(root);
            const bool stale = m_stale.remove(root);
            if (!m_roots.contains(root))
                return;
            if (contents)
                take(*contents);
            else
                emit failed(contents.error());
            if (stale)
                reload(root);
        });
}

void Workspace::noteChanges(const QStringList &paths)
{
    QStringList changed;
    for (const QString &path : paths) {
        const QString root = rootOf(path);
        if (root.isEmpty())
            continue;
        m_written[root] << path;
        if (!changed.contains(root))
            changed << root;
    }
    for (const QString &root : changed) {
        reload(root);
        emit changedOnDisk(root);
    }
}

void Workspace::watchFolders()
{
    QStringList folders;
    for (const Known &contents : m_contents) {
        collectFolders(contents->tree, folders);
        if (contents->folder != contents->root)
            folders << contents->folder;
        else
            folders << QDir(contents->root).filePath(u"environments"_s);
    }
    m_watcher.setFolders(folders);
}

void Workspace::close(const QString &root)
{
    m_roots.removeOne(root);
    m_contents.remove(root);
    m_written.remove(root);
    m_model->removeCollection(root);
    watchFolders();
}

QString Workspace::rootOf(const QString &path) const
{
    // Of collections inside each other the inner one. A root may be a file with items inside.
    const QString whole = itemPlace(path).file;
    QString found;
    for (const QString &root : m_roots) {
        if ((whole == root || whole.startsWith(root + u'/')) && root.size() > found.size())
            found = root;
    }
    return found;
}

std::vector<EnvironmentSpec> Workspace::environments(const QString &root) const
{
    const Known contents = m_contents.value(root);
    return contents ? contents->environments : std::vector<EnvironmentSpec>{};
}

EnvironmentSpec Workspace::environment(const QString &root, const QString &name) const
{
    const Known contents = m_contents.value(root);
    if (!contents)
        return {};
    if (Result<EnvironmentSpec> resolved = resolveEnvironment(contents->environments, name))
        return std::move(*resolved);
    // It extends one that is not there, or itself: its own variables still hold.
    const auto own = std::ranges::find(contents->environments, name, &EnvironmentSpec::name);
    return own == contents->environments.end() ? EnvironmentSpec{} : *own;
}

std::vector<NameValue> Workspace::dotEnv(const QString &root,
                                         const EnvironmentSpec &environment) const
{
    const Known contents = m_contents.value(root);
    return contents ? contents->dotEnv.value(dotEnvFile(environment)) : std::vector<NameValue>{};
}

FolderSpec Workspace::settings(const QString &root) const
{
    const Known contents = m_contents.value(root);
    return contents ? contents->settings : FolderSpec{};
}

CollectionFormat Workspace::format(const QString &root) const
{
    const Known contents = m_contents.value(root);
    return contents ? contents->format : CollectionFormat::OpenCollection;
}

qint64 Workspace::filesRead(const QString &root) const
{
    const Known contents = m_contents.value(root);
    return contents ? contents->filesRead : 0;
}

std::vector<Error> Workspace::problems(const QString &root) const
{
    const Known contents = m_contents.value(root);
    return contents ? contents->problems : std::vector<Error>{};
}

} // namespace Sluice

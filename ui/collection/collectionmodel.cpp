// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/collectionmodel.h"

#include <QMimeData>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

/** A TreeItem without its children, which are nodes of their own. */
struct CollectionModel::Node
{
    TreeItem item;
    Node *parent = nullptr;
    Nodes children;

    int row() const
    {
        const auto at = std::ranges::find_if(parent->children,
                                             [this](const auto &n) { return n.get() == this; });
        return int(at - parent->children.begin());
    }
};

namespace {

QString itemMimeType()
{
    return u"application/x-sluice-item"_s;
}

TreeItem withoutChildren(const TreeItem &item)
{
    TreeItem result;
    result.kind = item.kind;
    result.path = item.path;
    result.name = item.name;
    result.method = item.method;
    result.note = item.note;
    result.seq = item.seq;
    result.error = item.error;
    return result;
}

bool sameRow(const TreeItem &a, const TreeItem &b)
{
    return a.kind == b.kind && a.name == b.name && a.method == b.method && a.note == b.note
           && a.error == b.error;
}

} // namespace

CollectionModel::CollectionModel(QObject *parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Node>())
{
}

CollectionModel::~CollectionModel() = default;

std::unique_ptr<CollectionModel::Node> CollectionModel::makeNode(const TreeItem &item, Node *parent)
{
    auto node = std::make_unique<Node>();
    node->item = withoutChildren(item);
    node->parent = parent;
    node->children.reserve(item.children.size());
    for (const TreeItem &child : item.children)
        node->children.push_back(makeNode(child, node.get()));
    return node;
}

void CollectionModel::setCollection(const TreeItem &root)
{
    const auto known = std::ranges::find_if(
        m_root->children, [&](const auto &node) { return node->item.path == root.path; });
    if (known != m_root->children.end()) {
        merge(known->get(), root);
        return;
    }
    const int row = int(m_root->children.size());
    beginInsertRows({}, row, row);
    m_root->children.push_back(makeNode(root, m_root.get()));
    endInsertRows();
}

void CollectionModel::removeCollection(const QString &path)
{
    for (int row = 0; row < int(m_root->children.size()); ++row) {
        if (m_root->children[std::size_t(row)]->item.path != path)
            continue;
        beginRemoveRows({}, row, row);
        m_root->children.erase(m_root->children.begin() + row);
        endRemoveRows();
        return;
    }
}

void CollectionModel::merge(Node *node, const TreeItem &item)
{
    if (!sameRow(node->item, item)) {
        node->item = withoutChildren(item);
        const QModelIndex index = indexOfNode(node);
        emit dataChanged(index, index);
    }
    mergeChildren(node, item.children);
}

void CollectionModel::mergeChildren(Node *node, const std::vector<TreeItem> &items)
{
    const QModelIndex parent = indexOfNode(node);
    QSet<QString> wanted;
    for (const TreeItem &item : items)
        wanted.insert(item.path);
    QSet<QString> here;
    for (int row = int(node->children.size()) - 1; row >= 0; --row) {
        const QString &path = node->children[std::size_t(row)]->item.path;
        if (wanted.contains(path)) {
            here.insert(path);
            continue;
        }
        beginRemoveRows(parent, row, row);
        node->children.erase(node->children.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < int(items.size()); ++row) {
        const TreeItem &item = items[std::size_t(row)];
        if (!here.contains(item.path)) {
            beginInsertRows(parent, row, row);
            node->children.insert(node->children.begin() + row, makeNode(item, node));
            endInsertRows();
            continue;
        }
        // Everything before `row` is settled, so a known child can only stand here or later.
        const auto known =
            std::find_if(node->children.begin() + row, node->children.end(),
                         [&](const auto &child) { return child->item.path == item.path; });
        const int from = int(known - node->children.begin());
        if (from != row) {
            beginMoveRows(parent, from, from, parent, row);
            std::rotate(node->children.begin() + row, node->children.begin() + from,
                        node->children.begin() + from + 1);
            endMoveRows();
        }
        merge(node->children[std::size_t(row)].get(), item);
    }
}

CollectionModel::Node *CollectionModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex CollectionModel::indexOfNode(const Node *node) const
{
    if (!node || node == m_root.get())
        return {};
    return createIndex(node->row(), 0, node);
}

const CollectionModel::Node *CollectionModel::find(const Node *node, const QString &path) const
{
    if (node->item.path == path && node != m_root.get())
        return node;
    for (const auto &child : node->children) {
        if (const Node *found = find(child.get(), path))
            return found;
    }
    return nullptr;
}

QModelIndex CollectionModel::indexOf(const QString &path) const
{
    return indexOfNode(find(m_root.get(), path));
}

TreeItem::Kind CollectionModel::kindOf(const QModelIndex &index)
{
    return TreeItem::Kind(index.data(KindRole).toInt());
}

bool CollectionModel::opensInTab(const QModelIndex &index)
{
    const TreeItem::Kind kind = kindOf(index);
    return index.isValid()
           && (kind == TreeItem::Kind::Request || kind == TreeItem::Kind::Unreadable);
}

bool CollectionModel::matches(int row, const QModelIndex &parent, const QString &text) const
{
    const TreeItem &item = nodeOf(parent)->children[std::size_t(row)]->item;
    if (item.name.contains(text, Qt::CaseInsensitive))
        return true;
    return !item.method.isEmpty()
           && QString(item.method + u' ' + item.name).contains(text, Qt::CaseInsensitive);
}

QModelIndex CollectionModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (column != 0 || row < 0 || row >= int(node->children.size()))
        return {};
    return createIndex(row, 0, node->children[std::size_t(row)].get());
}

QModelIndex CollectionModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOfNode(nodeOf(index)->parent) : QModelIndex();
}

int CollectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int CollectionModel::columnCount(const QModelIndex &) const
{
    return 1;
}

Qt::ItemFlags CollectionModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags result = QAbstractItemModel::flags(index);
    if (!index.isValid())
        return result;
    const TreeItem::Kind kind = nodeOf(index)->item.kind;
    if (kind == TreeItem::Kind::Collection || kind == TreeItem::Kind::Folder)
        result |= Qt::ItemIsDropEnabled;
    if (kind == TreeItem::Kind::Request || kind == TreeItem::Kind::Folder)
        result |= Qt::ItemIsDragEnabled;
    return result;
}

QStringList CollectionModel::mimeTypes() const
{
    return {itemMimeType()};
}

QMimeData *CollectionModel::mimeData(const QModelIndexList &indexes) const
{
    auto data = std::make_unique<QMimeData>();
    if (!indexes.isEmpty())
        data->setData(itemMimeType(), nodeOf(indexes.first())->item.path.toUtf8());
    return data.release(); // The caller owns it.
}

bool CollectionModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int, int,
                                      const QModelIndex &parent) const
{
    if (!parent.isValid() || !data->hasFormat(itemMimeType()))
        return false;
    const QString path = QString::fromUtf8(data->data(itemMimeType()));
    const Node *item = find(m_root.get(), path);
    const Node *target = nodeOf(parent);
    const auto rootOf = [this](const Node *node) {
        while (node->parent != m_root.get())
            node = node->parent;
        return node;
    };
    const bool intoItself = target->item.path == path || target->item.path.startsWith(path + u'/');
    // A history is one collection's, so an item stays in its own.
    return item && !intoItself && rootOf(item) == rootOf(target);
}

int CollectionModel::placeBefore(const Node *folder, const Node *item, int row)
{
    const bool folders = item->item.kind == TreeItem::Kind::Folder;
    int place = 0;
    for (int i = 0; i < row; ++i) {
        const Node *other = folder->children[std::size_t(i)].get();
        if (other != item && (other->item.kind == TreeItem::Kind::Folder) == folders)
            ++place;
    }
    return place;
}

int CollectionModel::placeOf(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    return placeBefore(node->parent, node, node->row());
}

bool CollectionModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row,
                                   int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const QString path = QString::fromUtf8(data->data(itemMimeType()));
    const Node *target = nodeOf(parent);
    const int before = row < 0 ? int(target->children.size()) : row;
    const int place = placeBefore(target, find(m_root.get(), path), before);
    emit moveRequested(path, target->item.path, place);
    return true;
}

QVariant CollectionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const TreeItem &item = nodeOf(index)->item;
    switch (role) {
    case Qt::DisplayRole:
        return item.name;
    case Qt::ToolTipRole:
        return item.error ? item.error->toString() : item.note.isEmpty() ? item.path : item.note;
    case Qt::AccessibleTextRole:
        return item.error ? tr("%1, cannot be read").arg(item.name)
                          : QString(item.method + u' ' + item.name).trimmed();
    case KindRole:
        return int(item.kind);
    case PathRole:
        return item.path;
    case MethodRole:
        return item.method;
    case NoteRole:
        return item.error ? item.error->message : item.note;
    default:
        return {};
    }
}

} // namespace Sluice

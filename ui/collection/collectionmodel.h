// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/treeitem.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace Sluice {

/** The open collections as a tree: collection, folders, requests, unreadable files. */
class CollectionModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole, PathRole, MethodRole, NoteRole };

    explicit CollectionModel(QObject *parent = nullptr);
    ~CollectionModel() override;

    /**
     * Adds the collection \a root, or brings the one of that path up to date: rows that stay keep
     * their indexes, so what is expanded and selected stays so.
     */
    void setCollection(const TreeItem &root);
    void removeCollection(const QString &path);
    QModelIndex indexOf(const QString &path) const;
    static TreeItem::Kind kindOf(const QModelIndex &index);
    /** Whether a row has a tab of its own: a request, also one that cannot be read. */
    static bool opensInTab(const QModelIndex &index);
    /** Whether method and name of a row contain \a text, in any case. */
    bool matches(int row, const QModelIndex &parent, const QString &text) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;
    /** Where the item stands among those of its kind in its folder, as moveItem() counts. */
    int placeOf(const QModelIndex &index) const;

signals:
    /** An item was dropped: see moveItem(). Nothing has moved yet. */
    void moveRequested(const QString &path, const QString &folder, int index);

private:
    struct Node;
    using Nodes = std::vector<std::unique_ptr<Node>>;

    /** How many children of \a folder before \a row are of the kind of \a item, without it. */
    static int placeBefore(const Node *folder, const Node *item, int row);

    static std::unique_ptr<Node> makeNode(const TreeItem &item, Node *parent);
    Node *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOfNode(const Node *node) const;
    void merge(Node *node, const TreeItem &item);
    void mergeChildren(Node *node, const std::vector<TreeItem> &items);
    const Node *find(const Node *node, const QString &path) const;

    std::unique_ptr<Node> m_root; ///< Invisible; its children are the collections.
};

} // namespace Sluice

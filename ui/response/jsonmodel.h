// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/response/jsontree.h"

#include <QAbstractItemModel>

namespace Sluice {

/** A JsonTree for a QTreeView; a text that is one plain value is one row. */
class JsonModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Value, Columns };

    explicit JsonModel(QObject *parent = nullptr);

    /** Null = empty. */
    void setTree(JsonTreePtr tree);
    const JsonTree *tree() const { return m_tree.get(); }
    JsonTree::Node node(const QModelIndex &index) const
    {
        return JsonTree::Node(index.internalId());
    }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isPlainRoot() const;
    QString nameOf(JsonTree::Node node) const;

    JsonTreePtr m_tree;
};

} // namespace Sluice

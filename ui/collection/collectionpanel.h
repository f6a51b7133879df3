// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;

namespace Sluice {

class CollectionModel;
class CollectionTree;
class TreeFilter;

/** The left pane: a filter over the tree of collections, with the menu of each row. */
class CollectionPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit CollectionPanel(CollectionModel *model, QWidget *parent = nullptr);

    void focusFilter();
    void focusTree();
    /** Selects the row of \a path without opening it. */
    void select(const QString &path);
    /** As select(), as soon as \a path is in the tree. */
    void selectWhenThere(const QString &path);
    /** The path of the current row, or an empty string. */
    QString currentPath() const;
    /** The folder that a new item would go into. */
    QString currentFolder() const;
    /** Adds \a actions to the menu of every row, in order; nullptr is a separator. */
    void setRowActions(const QList<QAction *> &actions);
    CollectionTree *tree() const { return m_tree; }

signals:
    void openRequested(const QString &path);
    /** Another row is the current one. */
    void currentChanged();

private:
    void updateEmptyText();

    CollectionModel *m_model = nullptr;
    QLineEdit *m_filter = nullptr;
    CollectionTree *m_tree = nullptr;
    QLabel *m_empty = nullptr;
    QMenu *m_menu = nullptr;
    TreeFilter *m_matches = nullptr;
    QString m_awaited; ///< The path to select when it comes.
};

} // namespace Sluice

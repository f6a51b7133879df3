// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPersistentModelIndex>
#include <QString>
#include <QTimer>

class QTreeView;

namespace Sluice {

class CollectionModel;

/**
 * Shows only the rows whose method and name contain a text, what is below them and the folders
 * above. Rows are hidden in the view: a proxy model would tell the view of each of thousands of
 * rows that come and go with a keystroke. When the text is cleared, what was expanded before is
 * again.
 */
class TreeFilter final : public QObject
{
    Q_OBJECT

public:
    /** \a tree shows \a model; both must outlive this. */
    TreeFilter(CollectionModel *model, QTreeView *tree, QObject *parent);

    void setText(const QString &text);

private:
    void apply();
    /** Hides what does not match below \a parent; true when anything there is shown. */
    bool showMatches(const QModelIndex &parent, bool isParentShown);
    void rememberExpanded(const QModelIndex &parent);
    void restoreExpanded();

    CollectionModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    QString m_text;
    QList<QPersistentModelIndex> m_expanded; ///< Before there was a text.
    QTimer m_later;                          ///< Rows come in bursts.
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/treefilter.h"

#include "ui/collection/collectionmodel.h"

#include <QTreeView>

namespace Sluice {

TreeFilter::TreeFilter(CollectionModel *model, QTreeView *tree, QObject *parent)
    : QObject(parent), m_model(model), m_tree(tree)
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &TreeFilter::apply);
    const auto changed = [this] {
        if (!m_text.isEmpty())
            m_later.start();
    };
    connect(m_model, &QAbstractItemModel::rowsInserted, this, changed);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, changed);
    connect(m_model, &QAbstractItemModel::rowsMoved, this, changed);
    connect(m_model, &QAbstractItemModel::dataChanged, this, changed);
}

void TreeFilter::setText(const QString &text)
{
    if (m_text.isEmpty() && !text.isEmpty()) {
        m_expanded.clear();
        rememberExpanded({});
    }
    m_text = text;
    apply();
    if (m_text.isEmpty())
        restoreExpanded();
}

void TreeFilter::apply()
{
    m_later.stop();
    showMatches({}, false);
    if (!m_text.isEmpty())
        m_tree->expandAll();
}

bool TreeFilter::showMatches(const QModelIndex &parent, bool isParentShown)
{
    bool anyShown = false;
    const int rows = m_model->rowCount(parent);
    for (int row = 0; row < rows; ++row) {
        const bool matches =
            isParentShown || m_text.isEmpty() || m_model->matches(row, parent, m_text);
        const bool shown = showMatches(m_model->index(row, 0, parent), matches) || matches;
        if (m_tree->isRowHidden(row, parent) == shown)
            m_tree->setRowHidden(row, parent, !shown);
        anyShown |= shown;
    }
    return anyShown;
}

void TreeFilter::rememberExpanded(const QModelIndex &parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        if (!m_tree->isExpanded(index))
            continue;
        m_expanded.append(index);
        rememberExpanded(index);
    }
}

void TreeFilter::restoreExpanded()
{
    m_tree->collapseAll();
    for (const QPersistentModelIndex &index : std::exchange(m_expanded, {})) {
        if (index.isValid())
            m_tree->expand(index);
    }
    m_tree->scrollTo(m_tree->currentIndex());
}

} // namespace Sluice

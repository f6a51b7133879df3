// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/collectionpanel.h"

#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectiontree.h"
#include "ui/collection/treefilter.h"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace Sluice {

CollectionPanel::CollectionPanel(CollectionModel *model, QWidget *parent)
    : QWidget(parent), m_model(model), m_filter(new QLineEdit(this)),
      m_tree(new CollectionTree(this)), m_empty(new QLabel(this)), m_menu(new QMenu(this)),
      m_matches(new TreeFilter(model, m_tree, this))
{
    m_tree->setModel(m_model);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the collections"));
    m_filter->setClearButtonEnabled(true);
    m_empty->setText(tr("No collection is open.\n\nOpen a folder with Ctrl+O,\n"
                        "or drop one on this window."));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *row = new QVBoxLayout;
    row->setContentsMargins(8, 8, 8, 8);
    row->addWidget(m_filter);
    layout->addLayout(row);
    layout->addWidget(m_tree, 1);
    // On the tree and not in its place: an empty tree can have the keyboard, too.
    auto *over = new QVBoxLayout(m_tree->viewport());
    over->addWidget(m_empty);
    connect(m_filter, &QLineEdit::textChanged, m_matches, &TreeFilter::setText);
    connect(m_tree, &CollectionTree::openRequested, this, [this](const QModelIndex &index) {
        emit openRequested(index.data(CollectionModel::PathRole).toString());
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &above, int first, int last) {
                updateEmptyText();
                for (int i = first; !above.isValid() && i <= last; ++i)
                    m_tree->expand(m_model->index(i, 0));
                if (!m_awaited.isEmpty())
                    selectWhenThere(m_awaited);
            });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &CollectionPanel::updateEmptyText);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CollectionPanel::currentChanged);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (m_tree->indexAt(at).isValid())
            m_menu->popup(m_tree->viewport()->mapToGlobal(at));
    });
    updateEmptyText();
}

void CollectionPanel::setRowActions(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        if (action)
            m_menu->addAction(action);
        else
            m_menu->addSeparator();
    }
}

void CollectionPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void CollectionPanel::focusTree()
{
    m_tree->setFocus(Qt::OtherFocusReason);
}

void CollectionPanel::select(const QString &path)
{
    const QModelIndex index = m_model->indexOf(path);
    if (index.isValid() && index != m_tree->currentIndex())
        m_tree->setCurrentIndex(index);
}

void CollectionPanel::selectWhenThere(const QString &path)
{
    m_awaited = path;
    if (m_model->indexOf(path).isValid())
        select(std::exchange(m_awaited, {}));
}

QString CollectionPanel::currentPath() const
{
    return m_tree->currentIndex().data(CollectionModel::PathRole).toString();
}

QString CollectionPanel::currentFolder() const
{
    const QModelIndex index = m_tree->currentIndex();
    if (!index.isValid())
        return {};
    const TreeItem::Kind kind = CollectionModel::kindOf(index);
    return kind == TreeItem::Kind::Collection || kind == TreeItem::Kind::Folder
               ? currentPath()
               : QFileInfo(currentPath()).path();
}

void CollectionPanel::updateEmptyText()
{
    const bool empty = m_model->rowCount() == 0;
    m_empty->setVisible(empty);
    m_tree->setAccessibleDescription(empty ? m_empty->text() : QString());
}

} // namespace Sluice

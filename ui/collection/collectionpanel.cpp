// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/collectionpanel.h"

#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectiontree.h"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace Sluice {

/** Keeps rows whose method and name contain the text, and the folders above them. */
class FilterModel final : public QSortFilterProxyModel
{
public:
    explicit FilterModel(CollectionModel *model, QObject *parent)
        : QSortFilterProxyModel(parent), m_model(model)
    {
        setRecursiveFilteringEnabled(true);
        setAutoAcceptChildRows(true);
        setSourceModel(model);
    }

    void setText(const QString &text)
    {
        m_text = text;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        return m_text.isEmpty() || m_model->matches(row, parent, m_text);
    }

private:
    CollectionModel *m_model;
    QString m_text;
};

CollectionPanel::CollectionPanel(CollectionModel *model, QWidget *parent)
    : QWidget(parent), m_model(model), m_proxy(new FilterModel(model, this)),
      m_filter(new QLineEdit(this)), m_tree(new CollectionTree(this)), m_empty(new QLabel(this)),
      m_menu(new QMenu(this))
{
    m_tree->setModel(m_proxy);
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
    connect(m_filter, &QLineEdit::textChanged, this, &CollectionPanel::filterChanged);
    connect(m_tree, &CollectionTree::openRequested, this, [this](const QModelIndex &index) {
        emit openRequested(index.data(CollectionModel::PathRole).toString());
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &above, int first, int last) {
                updateEmptyText();
                for (int i = first; !above.isValid() && i <= last; ++i)
                    m_tree->expand(m_proxy->mapFromSource(m_model->index(i, 0)));
                if (!m_awaited.isEmpty())
                    selectWhenThere(m_awaited);
            });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &CollectionPanel::updateEmptyText);
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
    const QModelIndex index = m_proxy->mapFromSource(m_model->indexOf(path));
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

void CollectionPanel::filterChanged(const QString &text)
{
    m_proxy->setText(text);
    if (!text.isEmpty())
        m_tree->expandAll();
}

void CollectionPanel::updateEmptyText()
{
    const bool empty = m_model->rowCount() == 0;
    m_empty->setVisible(empty);
    m_tree->setAccessibleDescription(empty ? m_empty->text() : QString());
}

} // namespace Sluice

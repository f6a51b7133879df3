// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/texttable.h"

#include "ui/theme/theme.h"
#include "ui/widgets/flattable.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace Sluice {

TextTableModel::TextTableModel(QStringList titles, QList<int> rightAligned, QObject *parent)
    : QAbstractTableModel(parent), m_titles(std::move(titles)),
      m_rightAligned(std::move(rightAligned))
{
}

void TextTableModel::setRows(std::vector<QStringList> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int TextTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TextTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_titles.size());
}

QVariant TextTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return m_rows[std::size_t(index.row())].value(index.column());
    case Qt::FontRole:
        return monospaceFont();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter
                   | (m_rightAligned.contains(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter
                   | (m_rightAligned.contains(section) ? Qt::AlignRight : Qt::AlignLeft));
    return role == Qt::DisplayRole ? m_titles.value(section) : QVariant();
}

QTableView *makeTextTable(TextTableModel *model, const QString &accessibleName, QWidget *parent)
{
    auto *view = new FlatTable(parent);
    view->setAccessibleName(accessibleName);
    view->setModel(model);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->horizontalHeader()->setStretchLastSection(true);
    auto *copy = new QAction(QObject::tr("Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, view, [view] {
        QStringList lines;
        for (const QModelIndex &row : view->selectionModel()->selectedRows()) {
            QStringList cells;
            for (int column = 0; column < view->model()->columnCount(); ++column)
                cells << row.siblingAtColumn(column).data().toString();
            lines << cells.join(u": "_s);
        }
        QApplication::clipboard()->setText(lines.join(u'\n'));
    });
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    return view;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/collectiontree.h"

#include "ui/collection/collectionmodel.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/methodbadge.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int RowHeight = 26;
constexpr int FolderTextOffset = 16;
constexpr int BadgeOffset = -4;

int requestTextOffset(const QFont &font)
{
    return BadgeOffset + badgeWidth(font) + 8;
}

/** Paints a row: chevron and name for a folder, badge and name for a request. */
class RowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int width = option.fontMetrics.horizontalAdvance(index.data().toString());
        return {width + requestTextOffset(option.font) + 8, RowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        const TreeItem::Kind kind = CollectionModel::kindOf(index);
        if (kind == TreeItem::Kind::Collection || kind == TreeItem::Kind::Folder)
            paintFolder(painter, option, index, kind == TreeItem::Kind::Collection);
        else
            paintRequest(painter, option, index);
        painter->restore();
    }

private:
    static void paintFolder(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index, bool isCollection)
    {
        const Theme &theme = Theme::of(option.palette);
        const QRect arrow(option.rect.left() - 4, option.rect.top(), 12, option.rect.height());
        if (index.model()->rowCount(index) > 0)
            drawChevron(painter, arrow, theme.secondary,
                        option.state & QStyle::State_Open ? Qt::DownArrow : Qt::RightArrow);
        QFont font = option.font;
        font.setWeight(isCollection ? QFont::DemiBold : QFont::Normal);
        drawName(painter, option, index, font, FolderTextOffset, theme.text);
    }

    static void paintRequest(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
    {
        const Theme &theme = Theme::of(option.palette);
        const bool unreadable = CollectionModel::kindOf(index) == TreeItem::Kind::Unreadable;
        const QString method = index.data(CollectionModel::MethodRole).toString();
        painter->setFont(badgeFont(option.font));
        painter->setPen(unreadable ? theme.bad : theme.methodColor(method));
        const QRect badge(option.rect.left() + BadgeOffset, option.rect.top(),
                          badgeWidth(option.font), option.rect.height());
        painter->drawText(badge, Qt::AlignRight | Qt::AlignVCenter,
                          unreadable ? u"!"_s : methodBadge(method));
        const bool cannotRun = !index.data(CollectionModel::NoteRole).toString().isEmpty();
        drawName(painter, option, index, option.font, requestTextOffset(option.font),
                 unreadable  ? theme.bad
                 : cannotRun ? theme.secondary
                             : theme.text);
    }

    static void drawName(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index, const QFont &font, int offset,
                         const QColor &color)
    {
        painter->setFont(font);
        painter->setPen(color);
        const QRect rect = option.rect.adjusted(offset, 0, -8, 0);
        painter->drawText(
            rect, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
    }
};

} // namespace

CollectionTree::CollectionTree(QWidget *parent) : QTreeView(parent)
{
    setFrameShape(NoFrame);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(14);
    setExpandsOnDoubleClick(false);
    setItemDelegate(new RowDelegate(this));
    setAccessibleName(tr("Collections"));
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setAutoExpandDelay(600);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The tree stands on the window, not on a sheet of its own.
    viewport()->setBackgroundRole(QPalette::Window);
}

void CollectionTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme &theme = Theme::of(palette());
    const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
    if (selectionModel() && selectionModel()->isSelected(index))
        painter->fillRect(row, theme.selection);
    else if (underMouse() && row.contains(viewport()->mapFromGlobal(QCursor::pos())))
        painter->fillRect(row, theme.hover);
    if (hasFocus() && index == currentIndex())
        painter->fillRect(QRect(0, row.top(), 2, row.height()), theme.accent);
    QTreeView::drawRow(painter, option, index);
}

void CollectionTree::drawBranches(QPainter *, const QRect &, const QModelIndex &) const {}

void CollectionTree::activateIndex(const QModelIndex &index)
{
    if (CollectionModel::opensInTab(index))
        emit openRequested(index);
    else
        setExpanded(index, !isExpanded(index));
}

void CollectionTree::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    QTreeView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && index.isValid() && index == currentIndex()
        && event->modifiers() == Qt::NoModifier)
        activateIndex(index);
}

void CollectionTree::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        activateIndex(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_F2 || event->key() == Qt::Key_Delete) {
        if (event->key() == Qt::Key_F2)
            emit renameRequested();
        else
            emit removeRequested();
        return;
    }
    QTreeView::keyPressEvent(event);
}

} // namespace Sluice

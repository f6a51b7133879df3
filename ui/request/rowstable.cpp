// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/rowstable.h"

#include "ui/request/variableedit.h"
#include "ui/request/variablemark.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolTip>

namespace Sluice {

/** Paints a row's hint at the right end of its last cell, and marks variables. */
class CellDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void markVariables(const VariableMeanings *variables, const QList<int> &columns)
    {
        m_variables = variables;
        m_columns = columns;
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (isMarked(index))
            paintMarks(painter, option, index);
        paintHint(painter, option, index);
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        QWidget *editor = nullptr;
        if (m_variables && m_columns.contains(index.column())) {
            auto *edit = new VariableEdit(m_variables, parent);
            edit->setFrame(false);
            editor = edit;
        } else {
            editor = QStyledItemDelegate::createEditor(parent, option, index);
        }
        editor->setFont(monospaceFont());
        return editor;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        // Another environment only repaints the rows; what is being typed stays.
        const auto *line = qobject_cast<QLineEdit *>(editor);
        if (!line || !line->isModified())
            QStyledItemDelegate::setEditorData(editor, index);
    }

    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override
    {
        const int check = index.column() > 0                         ? 0
                          : index.data(Qt::CheckStateRole).isValid() ? 31
                                                                     : 9;
        editor->setGeometry(option.rect.adjusted(check, 1, 0, -1));
    }

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override
    {
        const QString text = event->type() == QEvent::ToolTip && isMarked(index)
                                 ? describeVariables(index.data().toString(), *m_variables)
                                 : QString();
        if (text.isEmpty())
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        QToolTip::showText(event->globalPos(), text, view);
        return true;
    }

private:
    bool isMarked(const QModelIndex &index) const
    {
        const auto *model = qobject_cast<const RowsModel *>(index.model());
        return m_variables && model && m_columns.contains(index.column())
               && !model->isAddRow(index.row());
    }

    void paintMarks(QPainter *painter, const QStyleOptionViewItem &option,
                    const QModelIndex &index) const
    {
        QStyleOptionViewItem cell(option);
        initStyleOption(&cell, index);
        const QStyle *style = cell.widget->style();
        const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, cell.widget) + 1;
        const QRect rect = style->subElementRect(QStyle::SE_ItemViewItemText, &cell, cell.widget)
                               .adjusted(margin, 0, -margin, 0);
        painter->save();
        painter->setClipRect(rect, Qt::IntersectClip);
        paintVariableMarks(*painter,
                           {cell.text,
                            {qreal(rect.left()), QRectF(rect).center().y()},
                            rect.height() - 6.0,
                            QFontMetricsF(cell.font)},
                           m_variables, cell.palette);
        painter->restore();
    }

    static void paintHint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index)
    {
        const auto *model = qobject_cast<const RowsModel *>(index.model());
        if (!model || index.column() != model->columnCount() - 1)
            return;
        const QString hint = model->hint(index.row());
        if (hint.isEmpty())
            return;
        painter->save();
        painter->setFont(option.font);
        painter->setPen(Theme::of(option.palette).secondary);
        painter->drawText(
            option.rect.adjusted(8, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter,
            option.fontMetrics.elidedText(hint, Qt::ElideRight, option.rect.width() - 18));
        painter->restore();
    }

    const VariableMeanings *m_variables = nullptr;
    QList<int> m_columns;
};

RowsTable::RowsTable(std::unique_ptr<RowsModel> model, const QString &accessibleName,
                     QWidget *parent)
    : FlatTable(parent), m_model(model.release()), m_cells(new CellDelegate(this))
{
    m_model->setParent(this);
    setModel(m_model);
    setItemDelegate(m_cells);
    setAccessibleName(accessibleName);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed | SelectedClicked);
    horizontalHeader()->hide();
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setMinimumSectionSize(80);
    auto *remove = new QAction(tr("Remove"), this);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, &RowsTable::removeSelected);
    addAction(remove);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void RowsTable::markVariables(const VariableMeanings *variables, const QList<int> &columns)
{
    m_cells->markVariables(variables, columns);
    viewport()->update();
}

/** Shares the width, so that the last column is there in a narrow window, too. */
void RowsTable::resizeEvent(QResizeEvent *event)
{
    FlatTable::resizeEvent(event);
    const int width = viewport()->width();
    horizontalHeader()->resizeSection(0, std::min(256, width * 3 / 10));
    if (m_model->columnCount() > 2)
        horizontalHeader()->resizeSection(1, std::min(420, width * 4 / 10));
}

void RowsTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if (event->key() == Qt::Key_Return && current.isValid() && state() != EditingState
        && event->modifiers() == Qt::NoModifier) {
        edit(current);
        return;
    }
    FlatTable::keyPressEvent(event);
}

void RowsTable::removeSelected()
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedIndexes()) {
        if (!m_model->isAddRow(index.row()) && !rows.contains(index.row()))
            rows << index.row();
    }
    std::ranges::sort(rows, std::greater());
    for (const int row : rows)
        m_model->removeRow(row);
}

} // namespace Sluice

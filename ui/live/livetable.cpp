// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livetable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

bool isCloseKey(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Escape
           || (event.key() == Qt::Key_D && event.modifiers() == Qt::ControlModifier);
}

} // namespace

LiveTable::LiveTable(QWidget *parent) : FlatTable(parent)
{
    setObjectName(u"liveTable"_s);
    setAccessibleName(tr("The charts as a table"));
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    // Rather scrolled than cut.
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(u"123\u20131,234"_s)
                                              + 4);
}

QString LiveTable::selectedText() const
{
    const auto line = [this](const auto &cell) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << cell(column).toString();
        return cells.join(u'\t');
    };
    QStringList lines{line([this](int column) {
        return model()->headerData(column, Qt::Horizontal, Qt::DisplayRole);
    })};
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty()) {
        for (int row = 0; row < model()->rowCount(); ++row)
            rows << model()->index(row, 0);
    }
    for (const QModelIndex &row : rows)
        lines << line([&row](int column) { return row.siblingAtColumn(column).data(); });
    return lines.join(u'\n') + u'\n';
}

/** The window has shortcuts on these keys; here they go back to the charts. */
bool LiveTable::event(QEvent *event)
{
    const auto *key = dynamic_cast<QKeyEvent *>(event);
    if (key && event->type() == QEvent::ShortcutOverride && isCloseKey(*key)) {
        event->accept();
        return true;
    }
    return FlatTable::event(event);
}

void LiveTable::keyPressEvent(QKeyEvent *event)
{
    if (isCloseKey(*event))
        emit closeRequested();
    else if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(selectedText());
    else
        FlatTable::keyPressEvent(event);
}

} // namespace Sluice

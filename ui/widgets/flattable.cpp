// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flattable.h"

#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>

namespace Sluice {

namespace {

constexpr int RowHeight = 26;

} // namespace

FlatTable::FlatTable(QWidget *parent) : QTableView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(RowHeight);
    verticalHeader()->setDefaultSectionSize(RowHeight);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void FlatTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    painter.setPen(Theme::of(palette()).line);
    const int last = rowAt(viewport()->height() - 1);
    const int rows = model() ? model()->rowCount() : 0;
    for (int row = qMax(0, rowAt(0)); row < (last < 0 ? rows : last + 1); ++row) {
        const int y = rowViewportPosition(row) + rowHeight(row) - 1;
        painter.drawLine(0, y, viewport()->width(), y);
    }
}

} // namespace Sluice

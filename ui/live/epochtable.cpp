// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/epochtable.h"

#include "ui/live/epochcomparison.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
/** What our style keeps free behind a number, and no hint of a size counts. */
constexpr int NumberInset = 9;
} // namespace

EpochTable::EpochTable(QWidget *parent)
    : QWidget(parent), m_model(new EpochModel(this)), m_view(new QTableView(this)),
      m_comparison(new QLabel(this))
{
    m_view->setObjectName(u"epochTable"_s);
    m_view->setAccessibleName(tr("What each set of limits brought"));
    m_view->setModel(m_model);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->verticalHeader()->hide();
    QHeaderView *header = m_view->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(EpochModel::LimitsColumn, QHeaderView::Stretch);
    m_comparison->setObjectName(u"epochComparison"_s);
    m_comparison->setWordWrap(true);
    m_comparison->setForegroundRole(QPalette::PlaceholderText);
    m_comparison->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_comparison);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &EpochTable::compare);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        const LiveEpoch &epoch = m_model->epochAt(index.row());
        emit rangeRequested(epoch.beginUs, epoch.endUs < 0 ? m_model->nowUs() : epoch.endUs);
    });
    fitColumns();
    compare();
}

QString EpochTable::comparison() const
{
    return m_comparison->text();
}

void EpochTable::setSnapshot(const LiveSnapshotPtr &snapshot)
{
    m_model->setSnapshot(snapshot);
    fitColumns();
    compare();
}

/** Columns grow with what they show and stay so: nothing jumps. */
void EpochTable::fitColumns()
{
    const QAbstractItemView *view = m_view;
    QHeaderView *header = m_view->horizontalHeader();
    for (int column = EpochModel::LimitsColumn + 1; column < EpochModel::ColumnCount; ++column) {
        const int needed = std::max(view->sizeHintForColumn(column) + 1 + NumberInset,
                                    header->sectionSizeHint(column));
        if (m_fitted[std::size_t(column)] < needed) {
            m_fitted[std::size_t(column)] = needed;
            header->resizeSection(column, needed);
        }
    }
}

void EpochTable::compare()
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.size() != 2) {
        m_comparison->setText(tr("Select two rows to compare them."));
        m_comparison->setVisible(m_model->rowCount() > 1);
        return;
    }
    // The newest is on top: from the lower row to the upper one.
    const int older = std::max(rows[0].row(), rows[1].row());
    const int newer = std::min(rows[0].row(), rows[1].row());
    const QString text =
        compareEpochs(m_model->epochAt(older), m_model->epochAt(newer), m_model->nowUs());
    if (text != m_comparison->text())
        m_comparison->setText(text);
    m_comparison->show();
}

} // namespace Sluice

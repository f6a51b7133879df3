// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/eventtable.h"

#include "ui/live/eventmodel.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace Sluice {

EventTable::EventTable(QWidget *parent) : FlatTable(parent), m_model(new EventModel(this))
{
    setObjectName(u"eventTable"_s);
    setAccessibleName(tr("What happened when"));
    setModel(m_model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(EventModel::EventColumn, QHeaderView::Stretch);
    connect(this, &QTableView::activated, this, [this](const QModelIndex &index) {
        emit timeRequested(m_model->eventAt(index.row()).atUs);
    });
}

void EventTable::showSnapshot(const LiveSnapshot &snapshot)
{
    m_model->setSnapshot(snapshot);
}

} // namespace Sluice

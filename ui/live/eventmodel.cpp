// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/eventmodel.h"

#include "ui/live/livetext.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

void EventModel::setSnapshot(const LiveSnapshot &snapshot)
{
    m_startedUs = snapshot.startedUs;
    m_zeroMs = snapshot.wallMs > 0 ? snapshot.wallMs - snapshot.atUs / 1000 : 0;
    std::vector<LiveEvent> events = eventList(snapshot);
    if (events == m_events)
        return;
    const auto added = qsizetype(events.size()) - qsizetype(m_events.size());
    const bool goesOn =
        added > 0 && std::equal(m_events.begin(), m_events.end(), events.begin() + added);
    if (!goesOn) {
        beginResetModel();
        m_events = std::move(events);
        endResetModel();
        return;
    }
    beginInsertRows({}, 0, int(added) - 1);
    m_events = std::move(events);
    endInsertRows();
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString EventModel::timeText(qint64 atUs) const
{
    return m_zeroMs == 0
               ? sinceText(atUs - m_startedUs)
               : QDateTime::fromMSecsSinceEpoch(m_zeroMs + atUs / 1000).toString(u"HH:mm:ss"_s);
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LiveEvent &event = eventAt(index.row());
    if (role == Qt::ToolTipRole)
        return event.text;
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == TimeColumn ? timeText(event.atUs) : event.text;
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == TimeColumn ? tr("When") : tr("What");
}

} // namespace Sluice

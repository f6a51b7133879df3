// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/epochmodel.h"

#include "core/metrics/percentiletrust.h"
#include "ui/live/epochcomparison.h"
#include "ui/live/livetext.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

qint64 durationUs(const LiveEpoch &epoch, qint64 nowUs)
{
    return (epoch.endUs < 0 ? nowUs : epoch.endUs) - epoch.beginUs;
}

} // namespace

void EpochModel::setSnapshot(const LiveSnapshotPtr &snapshot)
{
    const auto firstOf = [](const LiveSnapshotPtr &of) { return of->epochs.front().number; };
    const auto lastOf = [](const LiveSnapshotPtr &of) { return of->epochs.back().number; };
    const bool hadRows = rowCount() > 0;
    const bool hasRows = snapshot && !snapshot->epochs.empty();
    const bool goesOn = hadRows && hasRows && lastOf(snapshot) >= lastOf(m_snapshot)
                        && firstOf(snapshot) >= firstOf(m_snapshot)
                        && firstOf(snapshot) <= lastOf(m_snapshot);
    if (!goesOn) {
        beginResetModel();
        m_snapshot = snapshot;
        endResetModel();
        return;
    }
    addAndRemove(snapshot);
    emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

/** The selection stays: new rows come in on top, forgotten ones leave at the bottom. */
void EpochModel::addAndRemove(const LiveSnapshotPtr &snapshot)
{
    const int forgotten = snapshot->epochs.front().number - m_snapshot->epochs.front().number;
    if (forgotten > 0) {
        beginRemoveRows({}, rowCount() - forgotten, rowCount() - 1);
        auto rest = std::make_shared<LiveSnapshot>(*m_snapshot);
        rest->epochs.erase(rest->epochs.begin(), rest->epochs.begin() + forgotten);
        m_snapshot = rest;
        endRemoveRows();
    }
    const int added = snapshot->epochs.back().number - m_snapshot->epochs.back().number;
    if (added > 0)
        beginInsertRows({}, 0, added - 1);
    m_snapshot = snapshot;
    if (added > 0)
        endInsertRows();
}

int EpochModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_snapshot ? 0 : int(m_snapshot->epochs.size());
}

int EpochModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

const LiveEpoch &EpochModel::epochAt(int row) const
{
    return m_snapshot->epochs[m_snapshot->epochs.size() - 1 - std::size_t(row)];
}

QString EpochModel::text(const LiveEpoch &epoch, int column) const
{
    const qint64 us = durationUs(epoch, m_snapshot->atUs);
    switch (column) {
    case LimitsColumn:
        return epochLimitsText(epoch.limits);
    case TimeColumn:
        return spanText(us);
    case RateColumn:
        return us <= 0 ? QString() : rateText(double(epoch.done) * 1e6 / double(us));
    case P50Column:
        return percentileText(epoch.p50Us, 50, epoch.sent);
    case P95Column:
        return percentileText(epoch.p95Us, 95, epoch.sent);
    case P99Column:
        return percentileText(epoch.p99Us, 99, epoch.sent);
    case ErrorsColumn:
        return countText(qint64(epoch.failed));
    case QueueColumn:
        return countText(epoch.peakQueued);
    default:
        return {};
    }
}

QVariant EpochModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_snapshot)
        return {};
    const LiveEpoch &epoch = epochAt(index.row());
    if (role == Qt::DisplayRole)
        return text(epoch, index.column());
    if (role == Qt::TextAlignmentRole && index.column() != LimitsColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && index.column() == P99Column
        && percentileTrust(99, epoch.sent) == PercentileTrust::Weak)
        return QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text);
    if (role == Qt::ToolTipRole) {
        const QString text =
            tr("%1 done, %2 of them failed, %3 times 429 or 503; at most %4 in flight")
                .arg(countText(qint64(epoch.done)), countText(qint64(epoch.failed)),
                     countText(qint64(epoch.limited)), countText(epoch.peakInFlight));
        return epoch.origin == LimitsOrigin::Collection
                   ? tr("%1. Set by an edit of the collection.").arg(text)
                   : text;
    }
    return {};
}

QVariant EpochModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == LimitsColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LimitsColumn:
        return tr("Limit");
    case TimeColumn:
        return tr("for");
    case RateColumn:
        return tr("done");
    case P50Column:
        return u"p50"_s;
    case P95Column:
        return u"p95"_s;
    case P99Column:
        return u"p99"_s;
    case ErrorsColumn:
        return tr("errors");
    case QueueColumn:
        return tr("most queued");
    default:
        return {};
    }
}

QString EpochModel::toCsv() const
{
    QString csv = u"number,total,per_host,begin_us,duration_us,done,failed,limited,p50_us,p95_us,"
                  "p99_us,p95_queued_us,peak_in_flight,peak_queued\n"_s;
    for (int row = rowCount() - 1; row >= 0; --row) {
        const LiveEpoch &epoch = epochAt(row);
        QStringList cells;
        for (const qint64 value :
             {qint64(epoch.number), qint64(epoch.limits.total), qint64(epoch.limits.perHost),
              epoch.beginUs - m_snapshot->startedUs, durationUs(epoch, m_snapshot->atUs),
              qint64(epoch.done), qint64(epoch.failed), qint64(epoch.limited), epoch.p50Us,
              epoch.p95Us, epoch.p99Us, epoch.p95QueuedUs, qint64(epoch.peakInFlight),
              qint64(epoch.peakQueued)})
            cells << (value < 0 ? QString() : QString::number(value));
        csv += cells.join(u',') + u'\n';
    }
    return csv;
}

} // namespace Sluice

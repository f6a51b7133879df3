// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livetablemodel.h"

#include "ui/live/livetext.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

void addBucket(LiveTableRow &row, const LiveBucket &bucket, bool isFirst)
{
    for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
        GaugeRange &range = row.gauges[i];
        range.min = isFirst ? bucket.gauges[i].min : std::min(range.min, bucket.gauges[i].min);
        range.max = std::max(range.max, bucket.gauges[i].max);
    }
    const int all = std::accumulate(bucket.replies.begin(), bucket.replies.end(), 0);
    row.done += all;
    row.failed += all - bucket.replies[std::size_t(ReplyClass::Success)]
                  - bucket.replies[std::size_t(ReplyClass::Redirect)];
}

/** "4" where nothing changed, else "0–16". */
QString rangeText(const GaugeRange &range)
{
    return range.min == range.max ? countText(range.max)
                                  : u"%1\u2013%2"_s.arg(countText(range.min), countText(range.max));
}

} // namespace

std::vector<LiveTableRow> liveTableRows(const LiveSnapshot &snapshot)
{
    const LiveSeries &series = snapshot.series;
    const qint64 stepUs = snapshot.latency.stepUs;
    std::vector<LiveTableRow> rows;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const qint64 atUs = series.beginUs + qint64(i) * series.bucketUs;
        const qint64 beginUs = atUs / stepUs * stepUs;
        const bool isFirst = rows.empty() || rows.back().beginUs != beginUs;
        if (isFirst) {
            rows.emplace_back();
            rows.back().beginUs = beginUs;
            rows.back().coveredUs = std::clamp<qint64>(snapshot.atUs - beginUs, 1, stepUs);
        }
        addBucket(rows.back(), series.buckets[i], isFirst);
    }
    for (const LatencyPoint &point : snapshot.latency.points) {
        const auto row = std::ranges::lower_bound(rows, point.beginUs, {}, &LiveTableRow::beginUs);
        if (row == rows.end() || row->beginUs != point.beginUs)
            continue;
        row->sent = point.count;
        row->p50Us = point.p50Us;
        row->p95Us = point.p95Us;
        row->p99Us = point.p99Us;
        row->p50TotalUs = point.p50TotalUs;
        row->p95TotalUs = point.p95TotalUs;
        row->p99TotalUs = point.p99TotalUs;
    }
    return rows;
}

void LiveTableModel::setSnapshot(const LiveSnapshotPtr &snapshot)
{
    m_startedUs = snapshot ? snapshot->startedUs : 0;
    setRows(snapshot ? liveTableRows(*snapshot) : std::vector<LiveTableRow>{});
}

int LiveTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString LiveTableModel::text(const LiveTableRow &row, int column) const
{
    const auto perSecond = [&row](int count) {
        return rateText(double(count) * 1e6 / double(row.coveredUs));
    };
    switch (column) {
    case TimeColumn:
        return sinceText(row.beginUs - m_startedUs);
    case InFlightColumn:
        return rangeText(row.gauges[std::size_t(LiveGauge::InFlight)]);
    case WaitingHostColumn:
        return rangeText(row.gauges[std::size_t(LiveGauge::WaitingHost)]);
    case WaitingTotalColumn:
        return rangeText(row.gauges[std::size_t(LiveGauge::WaitingTotal)]);
    case WaitingRateColumn:
        return rangeText(row.gauges[std::size_t(LiveGauge::WaitingRate)]);
    case WaitingHoldColumn:
        return rangeText(row.gauges[std::size_t(LiveGauge::WaitingHold)]);
    case DoneColumn:
        return perSecond(row.done);
    case FailedColumn:
        return perSecond(row.failed);
    case P50Column:
        return percentileText(row.p50Us, 50, row.sent);
    case P95Column:
        return percentileText(row.p95Us, 95, row.sent);
    case P99Column:
        return percentileText(row.p99Us, 99, row.sent);
    case P50TotalColumn:
        return percentileText(row.p50TotalUs, 50, row.sent);
    case P95TotalColumn:
        return percentileText(row.p95TotalUs, 95, row.sent);
    case P99TotalColumn:
        return percentileText(row.p99TotalUs, 99, row.sent);
    default:
        return {};
    }
}

QVariant LiveTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::DisplayRole)
        return text(row(index.row()), index.column());
    return {};
}

QVariant LiveTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isInFull = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
    if (isInFull && section >= P50Column && section <= P99Column)
        return tr("%1 on the wire")
            .arg(headerData(section, orientation, Qt::DisplayRole).toString());
    if (isInFull && section >= P50TotalColumn && section <= P99TotalColumn) {
        const int onWire = section - P50TotalColumn + P50Column;
        return tr("%1 with the wait in the queue")
            .arg(headerData(onWire, orientation, Qt::DisplayRole).toString());
    }
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("From");
    case InFlightColumn:
        return tr("In flight");
    case WaitingHostColumn:
        return tr("Host wait");
    case WaitingTotalColumn:
        return tr("Total wait");
    case WaitingRateColumn:
        return tr("Rate wait");
    case WaitingHoldColumn:
        return tr("On hold");
    case DoneColumn:
        return tr("Done");
    case FailedColumn:
        return tr("Failed");
    case P50Column:
        return u"p50"_s;
    case P95Column:
        return u"p95"_s;
    case P99Column:
        return u"p99"_s;
    case P50TotalColumn:
        return tr("p50+wait");
    case P95TotalColumn:
        return tr("p95+wait");
    case P99TotalColumn:
        return tr("p99+wait");
    default:
        return {};
    }
}

} // namespace Sluice

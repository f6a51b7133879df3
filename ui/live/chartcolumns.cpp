// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/chartcolumns.h"

#include "ui/live/livetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Sluice {

namespace {

void add(ChartColumn &column, const LiveBucket &bucket, float overlapUs)
{
    const bool first = !column.isKnown();
    for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
        const GaugeRange &range = bucket.gauges[i];
        column.min[i] = first ? range.min : std::min(column.min[i], range.min);
        column.max[i] = std::max(column.max[i], range.max);
        column.mean[i] += range.mean * overlapUs;
    }
    column.allMax = std::max(column.allMax, bucket.all.max);
    column.sockets = std::max(column.sockets, bucket.sockets.max);
    column.coveredUs += overlapUs;
}

} // namespace

float ChartColumn::sum() const
{
    return std::accumulate(mean.begin(), mean.end(), 0.0f);
}

void fillColumns(const LiveSeries &series, const ChartGeometry &geometry, qint64 nowUs,
                 std::vector<ChartColumn> &columns)
{
    const int count = geometry.columnCount();
    columns.assign(std::size_t(count), {});
    const double columnUs = geometry.columnUs();
    const double begin = double(geometry.beginUs());
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const double from = double(series.beginUs + qint64(i) * series.bucketUs);
        const double to = std::min(from + double(series.bucketUs), double(nowUs));
        if (to <= from || to <= begin)
            continue;
        const int first = std::max(0, int((from - begin) / columnUs));
        for (int column = first; column < count; ++column) {
            const double left = begin + column * columnUs;
            const double overlap = std::min(to, left + columnUs) - std::max(from, left);
            if (overlap <= 0)
                break;
            add(columns[std::size_t(column)], series.buckets[i], float(overlap));
            if (column == first) // Counted once, where the bucket begins.
                columns[std::size_t(column)].limited +=
                    series.buckets[i].replies[std::size_t(ReplyClass::Limited)];
        }
    }
    for (ChartColumn &column : columns) {
        if (!column.isKnown())
            continue;
        for (float &mean : column.mean)
            mean /= column.coveredUs;
    }
}

QString gaugeText(const ChartColumn &column, LiveGauge gauge)
{
    const auto i = std::size_t(gauge);
    if (column.min[i] == column.max[i])
        return countText(column.min[i]);
    return QCoreApplication::translate("ConcurrencyChart", "%1 (%2 to %3)")
        .arg(countText(std::llround(column.mean[i])), countText(column.min[i]),
             countText(column.max[i]));
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/chartexport.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

std::unexpected<Error> notWritten(const QString &path, const QString &why)
{
    Error error;
    error.code = ErrorCode::Io;
    error.message =
        QCoreApplication::translate("ChartExport", "Could not write the file: %1").arg(why);
    error.file = path;
    return std::unexpected(error);
}

constexpr qint64 LatencyPoint::*Percentiles[] = {
    &LatencyPoint::p50Us,      &LatencyPoint::p95Us,      &LatencyPoint::p99Us,
    &LatencyPoint::p50TotalUs, &LatencyPoint::p95TotalUs, &LatencyPoint::p99TotalUs};
constexpr auto PercentileNames =
    "p50_us,p95_us,p99_us,p50_with_queue_us,p95_with_queue_us,p99_with_queue_us\n"_L1;

QString seconds(const LiveSnapshot &snapshot, qint64 atUs)
{
    return QString::number(double(atUs - snapshot.startedUs) / 1e6, 'f', 3);
}

/** A cell each; empty where there were too few requests to say. */
QString percentileCells(const LatencyPoint &point)
{
    QString cells;
    for (const auto percentile : Percentiles) {
        cells += u',';
        if (point.*percentile >= 0)
            cells += QString::number(point.*percentile);
    }
    return cells;
}

} // namespace

QString latencyCsv(const LiveSnapshot &snapshot)
{
    QString csv = u"seconds,count,"_s + PercentileNames;
    for (const LatencyPoint &point : snapshot.latency.points)
        csv += seconds(snapshot, point.beginUs) + u',' + QString::number(point.count)
               + percentileCells(point) + u'\n';
    return csv;
}

QString heatmapCsv(const LiveSnapshot &snapshot)
{
    QString csv = u"seconds,from_us,to_us,on_wire,with_queue\n"_s;
    for (const LatencyColumn &column : snapshot.heatmap->columns) {
        std::map<int, std::array<quint32, 2>> counts; // By bucket.
        for (const LatencyCount &cell : column.onWire)
            counts[cell.bucket][0] = cell.count;
        for (const LatencyCount &cell : column.total)
            counts[cell.bucket][1] = cell.count;
        for (const auto &[bucket, count] : counts)
            csv += u"%1,%2,%3,%4,%5\n"_s.arg(seconds(snapshot, column.beginUs))
                       .arg(LatencyBuckets::lowUs(bucket))
                       .arg(LatencyBuckets::highUs(bucket))
                       .arg(count[0])
                       .arg(count[1]);
    }
    return csv;
}

QString hostsCsv(const LiveSnapshot &snapshot)
{
    QString csv = u"seconds,endpoint,in_flight_mean,in_flight_max,limit,queued_max,429_503\n"_s;
    for (const LiveHost &host : snapshot.hosts) {
        for (std::size_t i = 0; i < host.cells.size(); ++i) {
            const HostCell &cell = host.cells[i];
            if (cell.isEmpty())
                continue;
            csv += seconds(snapshot, snapshot.cellsBeginUs + qint64(i) * snapshot.cellUs)
                   + u",%1,%2,%3,%4,%5,%6\n"_s.arg(host.admission.endpoint)
                         .arg(double(cell.meanInFlight), 0, 'f', 2)
                         .arg(cell.maxInFlight)
                         .arg(cell.limit)
                         .arg(cell.maxQueued)
                         .arg(cell.limited);
        }
    }
    return csv;
}

QString seriesCsv(const LiveSnapshot &snapshot)
{
    QString csv = u"seconds"_s;
    for (const QString &gauge :
         {u"in_flight"_s, u"waiting_host"_s, u"waiting_total"_s, u"waiting_rate"_s, u"on_hold"_s})
        csv += u",%1_min,%1_max,%1_mean"_s.arg(gauge);
    csv += u",2xx,3xx,4xx,429_503,5xx,timeout,no_reply,"_s + PercentileNames;
    const LiveLatency &latency = snapshot.latency;
    auto point = latency.points.begin();
    const LiveSeries &series = snapshot.series;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const qint64 atUs = series.beginUs + qint64(i) * series.bucketUs;
        csv += seconds(snapshot, atUs);
        for (const GaugeRange &range : series.buckets[i].gauges)
            csv += u",%1,%2,%3"_s.arg(range.min).arg(range.max).arg(double(range.mean), 0, 'f', 2);
        for (const int count : series.buckets[i].replies)
            csv += u',' + QString::number(count);
        while (point != latency.points.end() && point->beginUs + latency.stepUs <= atUs)
            ++point;
        const bool isKnown = point != latency.points.end() && point->beginUs <= atUs;
        csv += percentileCells(isKnown ? *point : LatencyPoint()) + u'\n';
    }
    return csv;
}

Result<> savePicture(QWidget &widget, const QString &path)
{
    if (path.endsWith(".svg"_L1, Qt::CaseInsensitive)) {
        QSvgGenerator generator;
        generator.setFileName(path);
        generator.setSize(widget.size());
        generator.setViewBox(widget.rect());
        generator.setTitle(widget.accessibleName());
        widget.render(&generator);
        return QFile::exists(path) ? Result<>() : notWritten(path, path);
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !widget.grab().save(&file, "PNG") || !file.commit())
        return notWritten(path, file.errorString());
    return {};
}

Result<> saveText(const QString &text, const QString &path)
{
    return saveBytes(text.toUtf8(), path);
}

Result<> saveBytes(const QByteArray &bytes, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) < 0 || !file.commit())
        return notWritten(path, file.errorString());
    return {};
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/chartexport.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

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

} // namespace

QString seriesCsv(const LiveSnapshot &snapshot)
{
    QString csv = u"seconds"_s;
    for (const QString &gauge :
         {u"in_flight"_s, u"waiting_host"_s, u"waiting_total"_s, u"waiting_rate"_s, u"on_hold"_s})
        csv += u",%1_min,%1_max,%1_mean"_s.arg(gauge);
    csv += ",2xx,3xx,4xx,429_503,5xx,timeout,no_reply\n"_L1;
    const LiveSeries &series = snapshot.series;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const qint64 atUs = series.beginUs + qint64(i) * series.bucketUs - snapshot.startedUs;
        csv += QString::number(double(atUs) / 1e6, 'f', 3);
        for (const GaugeRange &range : series.buckets[i].gauges)
            csv += u",%1,%2,%3"_s.arg(range.min).arg(range.max).arg(double(range.mean), 0, 'f', 2);
        for (const int count : series.buckets[i].replies)
            csv += u',' + QString::number(count);
        csv += u'\n';
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
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.commit())
        return notWritten(path, file.errorString());
    return {};
}

} // namespace Sluice

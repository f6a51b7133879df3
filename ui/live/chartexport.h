// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/livesnapshot.h"

#include <QString>

class QWidget;

namespace Sluice {

/**
 * What \a snapshot shows, one line a bucket: time in seconds since the start, each gauge's minimum,
 * maximum and mean, the replies by outcome, and the percentiles of the latency step it lies in, on
 * the wire and with the wait in the queue.
 */
QString seriesCsv(const LiveSnapshot &snapshot);
/** The percentiles of \a snapshot, one line a step in which requests ended. */
QString latencyCsv(const LiveSnapshot &snapshot);
/** The heatmap of \a snapshot, which has one: a line a step and range of latency in use. */
QString heatmapCsv(const LiveSnapshot &snapshot);
/** What each host of \a snapshot did, one line a step in which it did something. */
QString hostsCsv(const LiveSnapshot &snapshot);

/** \a widget as it is painted, as PNG, or as SVG where \a path ends in ".svg". */
Result<> savePicture(QWidget &widget, const QString &path);
/** \a text in UTF-8, atomically. */
Result<> saveText(const QString &text, const QString &path);

/** \a bytes, atomically. */
Result<> saveBytes(const QByteArray &bytes, const QString &path);

} // namespace Sluice

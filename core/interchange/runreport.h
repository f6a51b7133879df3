// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/interchange/rundetails.h"
#include "core/metrics/runstatistics.h"

#include <QByteArray>
#include <QDateTime>

#include <functional>

namespace Sluice {

/** A finished run as the reports tell it. */
struct RunReport
{
    QString collection;
    QString environment; ///< Empty = none.
    QDateTime startedAt;
    quint64 planned = 0;
    quint64 checksPassed = 0;
    quint64 checksFailed = 0;
    std::vector<SkippedItem> skipped; ///< Of kinds that cannot be sent.
    const RunStatistics &statistics;
    std::function<QString(EndpointId)> endpointName; ///< `scheme://host:port`.
    const RunDetails *details = nullptr;             ///< For the HTML report; null = left out.
};

/** The JSON report, schema `sluice.run/1`; durations in milliseconds. */
QByteArray runReportJson(const RunReport &report);

/**
 * The report as one HTML page for people, light and dark, that needs no other file and no script:
 * verdict, charts as SVG, latency with and without the queue, requests, hosts, errors.
 */
QByteArray runReportHtml(const RunReport &report);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    const RunStatistics &statistics;
    std::function<QString(EndpointId)> endpointName; ///< `scheme://host:port`.
};

/** The JSON report, schema `sluice.run/1`; durations in milliseconds. */
QByteArray runReportJson(const RunReport &report);

} // namespace Sluice

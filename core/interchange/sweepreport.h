// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tuning/sweepresult.h"

#include <QJsonObject>

namespace Sluice {

/**
 * \a sweep as schema `sluice.sweep/1`, durations in ms: `levels` by limit with repeats pooled,
 * `measurements` one by one in the order in which they were made. Latency is without the queue, and
 * what stalls of the server would have cost an open loop is not in it. `recommended` is null when no
 * limit can be recommended; `verdict` says why.
 */
QJsonObject sweepReportJson(const SweepResult &sweep);

/**
 * \a sweep as one HTML page that needs no other file and no script: verdict, both charts, table.
 */
QString sweepReportHtml(const SweepResult &sweep);

/**
 * A sweep from the bytes of a `sluice.sweep/1` report: its measurements, and what they say. A Parse
 * error when it is none. Any thread.
 */
Result<SweepResult> readSweepReport(const QByteArray &bytes);

/** The levels as a table of text for a terminal, one line a limit; the recommended one is marked.
 */
QString sweepTableText(const SweepResult &sweep);

} // namespace Sluice

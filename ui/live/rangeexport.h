// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/chartexport.h"

namespace Sluice {

/**
 * The range of \a snapshot: one line a request while they are all kept, else one line a bucket as
 * seriesCsv(). Times are seconds since the start, phases microseconds.
 */
QString rangeCsv(const LiveSnapshot &snapshot);
/** The requests that ended from \a beginUs to \a endUs, oldest first. */
QString requestsCsv(const LiveSnapshot &snapshot, qint64 beginUs, qint64 endUs);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

namespace Sluice {

/** A moment worth a line on the time axis. */
struct ChartMark
{
    qint64 atUs = 0;
    QString text; ///< "16 → 24", "host 8 → 3", "first 429", a note.
    bool isNote = false;
};

/** The changes of the limits in \a snapshot and everything else that is marked, by time. */
std::vector<ChartMark> chartMarks(const LiveSnapshot &snapshot);

} // namespace Sluice

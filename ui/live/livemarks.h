// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

namespace Sluice {

/** \a mark in a few words, for the time axis. */
QString markText(const LiveMark &mark);
/** \a mark as a sentence without a full stop, for lists and announcements. */
QString markSentence(const LiveMark &mark);

/** A moment worth a line on the time axis. */
struct ChartMark
{
    qint64 atUs = 0;
    QString text; ///< "16 → 24", "collection: host 8 → 3", "first 429", a note.
    bool isNote = false;
};

/** The changes of the limits in \a snapshot and everything else that is marked, by time. */
std::vector<ChartMark> chartMarks(const LiveSnapshot &snapshot);

} // namespace Sluice

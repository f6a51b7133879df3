// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QStringList>

namespace Sluice {

/** What happened between two snapshots that is worth announcing; \a before may be null. */
QStringList liveEvents(const LiveSnapshot *before, const LiveSnapshot &now);

/** A line of the list of events. */
struct LiveEvent
{
    qint64 atUs = 0;
    QString text;

    bool operator==(const LiveEvent &) const = default;
};

/** All that is marked on the time axis of \a snapshot, as sentences, the newest first. */
std::vector<LiveEvent> eventList(const LiveSnapshot &snapshot);

} // namespace Sluice

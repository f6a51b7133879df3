// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/livecrosshair.h"
#include "ui/live/waterfallrows.h"

class QWidget;

namespace Sluice {

/**
 * The requests that have ended, were under way in \a range and are among those that \a choice
 * shows, as an HTTP archive 1.2, oldest first. Secrets are redacted as in the reports of runs; when
 * there were more of them than are known, nothing of a URL is left behind its host. Headers and
 * bodies are not in it: the live view does not keep them. Takes a while; any thread.
 */
QByteArray requestsHar(const LiveSnapshot &snapshot, const WaterfallChoice &choice,
                       const TimeRange &range);

/**
 * Asks for a file and writes requestsHar() of what is shown now into it, in another thread. Nothing
 * happens without a snapshot.
 */
void askForHar(QWidget *parent, const LiveSnapshotPtr &snapshot, const WaterfallChoice &choice,
               const TimeRange &range);

} // namespace Sluice

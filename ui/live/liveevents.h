// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QStringList>

namespace Sluice {

/**
 * What happened between \a before (null = the beginning) and \a now that somebody who does not see
 * the charts has to hear of: limits that changed, the first 429, pauses, hosts on hold.
 */
QStringList liveEvents(const LiveSnapshot *before, const LiveSnapshot &now);

} // namespace Sluice

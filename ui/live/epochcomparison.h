// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

namespace Sluice {

/** The limits of an epoch in a few words: "16", "16, host 8", "16, api.example.com 3". */
QString epochLimitsText(const Limits &limits);

/**
 * What \a after brought over \a before, in a line: "2 → 8: done 50/s → 200/s (+300 %) · p50 …".
 * Figures with too few samples are left out. \a nowUs is when the one in force is looked at.
 */
QString compareEpochs(const LiveEpoch &before, const LiveEpoch &after, qint64 nowUs);

} // namespace Sluice

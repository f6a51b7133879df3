// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/sweepjob.h"

namespace Sluice {

/** \a limits with the total set to \a value. */
Limits withTotal(Limits limits, int value);

/**
 * \a limits with \a value in force for \a endpoint alone: an override that names just this host is
 * changed, else one is put before the first, so that wildcards and other hosts keep theirs.
 */
Limits withEndpointLimit(Limits limits, const QString &endpoint, int value);

/** \a limits with what sweeps found: each host's own, and the total when there is one. */
Limits withFoundLimits(Limits limits, const FoundLimits &found);

/** What changed from \a before to \a after, for the undo menu: "total limit 16 → 24". */
QString limitsChangeText(const Limits &before, const Limits &after);

/** The same for the time axis, short: "16 → 24", "host 8 → 3", "api.example.com 8 → 3". */
QString limitsMarkText(const Limits &before, const Limits &after);

} // namespace Sluice

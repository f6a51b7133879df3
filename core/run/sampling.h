// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/response.h"
#include "core/metrics/sample.h"

namespace Sluice {

/** The figures of \a response; `seq`, `request` and `endpoint` are the caller's to set. */
Sample sampleOf(const Response &response);

/** True for a request that the admission queue refused: it was never sent. */
bool isRefused(ErrorCode code);

} // namespace Sluice

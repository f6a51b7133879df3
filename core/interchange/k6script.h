// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/exportjob.h"

namespace Sluice {

/** \a job as a script for k6, on one machine or with k6-operator. */
Result<Exported> exportK6(const ExportJob &job);

} // namespace Sluice

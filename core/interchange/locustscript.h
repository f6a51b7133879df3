// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/exportjob.h"

namespace Sluice {

/** \a job as a locustfile, for one process or for a master with any number of workers. */
Result<Exported> exportLocust(const ExportJob &job);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/exportjob.h"

namespace Sluice {

/** One curl command a request, variables expanded; secrets and `process.env` as `$NAME`. */
Result<Exported> exportCurl(const ExportJob &job);

/** An HTTP archive 1.2 with the requests as they would be sent, and no responses. */
Result<Exported> exportHar(const ExportJob &job);

/** A Postman collection 2.1: folders, variables, and checks as test scripts. */
Result<Exported> exportPostman(const ExportJob &job);

} // namespace Sluice

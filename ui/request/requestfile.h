// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"

namespace Sluice {

/**
 * Edits \a file so that it reads as \a spec, keeping everything else in it. ChangedOnDisk when it
 * no longer reads as \a expected. Blocks; for a pool thread.
 */
Result<> saveRequest(const QString &file, const RequestSpec &expected, const RequestSpec &spec);

} // namespace Sluice

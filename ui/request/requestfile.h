// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/collection/linediff.h"
#include "core/http/requestspec.h"

namespace Sluice {

/**
 * Edits \a file so that it reads as \a spec, keeping everything else in it. ChangedOnDisk when it
 * no longer reads as \a expected. Blocks; for a pool thread.
 */
Result<> saveRequest(const QString &file, const RequestSpec &expected, const RequestSpec &spec);

/** Writes \a spec as the new file \a file, its folder with it. ChangedOnDisk when there is one. */
Result<> createRequestFile(const QString &file, const RequestSpec &spec);

/** How \a file would change, if \a mine was saved into it as it is now. Blocks. */
Result<std::vector<DiffLine>> differenceToFile(const QString &file, const RequestSpec &mine);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"

#include <vector>

namespace Sluice {

/** A request as it was edited but not saved. */
struct Draft
{
    QString path;       ///< Its file; empty when it has none yet.
    QString collection; ///< The root that it belongs to; may be empty.
    RequestSpec spec;

    bool operator==(const Draft &) const = default;
};

// The drafts of all tabs are one file, replaced as a whole. Both block; for a pool thread.

/** Writes \a drafts to \a file atomically; without any the file is removed. */
Result<> writeDrafts(const QString &file, const std::vector<Draft> &drafts);

/** What writeDrafts() wrote; none when there is no file. An entry that does not read is left out.
 */
std::vector<Draft> readDrafts(const QString &file);

} // namespace Sluice

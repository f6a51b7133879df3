// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"

#include <functional>

namespace Sluice {

/** Replaces the `{{variables}}` of a text. */
using Expand = std::function<Result<QString>(const QString &text)>;

/** A body as it goes on the wire. */
struct BuiltBody
{
    QByteArray bytes;
    QByteArray contentType; ///< The default for it; empty without a body.
};

/** Where a body may read files from. */
struct BodyFiles
{
    QString collectionPath; ///< Relative paths start here; empty = the working directory.
    bool allowOutside = false;
};

/** Builds the body that \a spec describes. Reads its files at once. */
Result<BuiltBody> buildBody(const BodySpec &spec, const BodyFiles &files, const Expand &expand);

} // namespace Sluice

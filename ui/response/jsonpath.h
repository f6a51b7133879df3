// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/response/jsontree.h"

namespace Sluice {

/**
 * The values that \a path names, in the order of the text, as RFC 9535 defines it: `$`, names
 * (`.name`, `['name']`), `[index]`, `[from:to]`, `*` and descendants (`..name`). ErrorCode::Parse
 * with the column for what is none of these; filter expressions `[?…]` are ErrorCode::Unsupported.
 */
Result<std::vector<JsonTree::Node>> selectByPath(const JsonTree &tree, const QString &path);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

namespace Sluice {

/**
 * The `auth` of \a node, a request, folder or collection of Postman's formats 2.0 and 2.1. Without
 * one it is inherited (\a inherits: from something that has one). A scheme that Sluice cannot send
 * is kept and told as an issue.
 */
AuthSpec postmanAuth(const YamlNode &node, bool inherits, ImportContext &context);

} // namespace Sluice

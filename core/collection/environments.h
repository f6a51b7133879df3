// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

namespace Sluice {

/**
 * The environment called \a name of \a all with the variables of those that it extends. An unknown
 * name or a cycle is a Usage error that lists what there is.
 */
Result<EnvironmentSpec> resolveEnvironment(const std::vector<EnvironmentSpec> &all,
                                           const QString &name);

} // namespace Sluice

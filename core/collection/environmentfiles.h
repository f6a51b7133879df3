// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

namespace Sluice {

/** What a collection's environments are, with the files that cannot be read. */
struct EnvironmentFiles
{
    std::vector<EnvironmentSpec> environments; ///< By name.
    std::vector<Error> problems;
};

/** As readEnvironments(), but an unreadable file does not hide the others. Any thread. */
EnvironmentFiles readEnvironmentFiles(const QString &root);

} // namespace Sluice

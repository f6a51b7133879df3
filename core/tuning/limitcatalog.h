// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/limitalgorithm.h"

#include <QString>

#include <memory>
#include <vector>

namespace Sluice {

/** One kind of adaptive limit that can be chosen for a host. */
struct LimitCatalogEntry
{
    QString id; ///< As files and the command line write it.
    std::unique_ptr<LimitAlgorithm> (*make)();
};

/** All kinds, in the order in which they are offered. */
const std::vector<LimitCatalogEntry> &limitCatalog();

/** Stands for the first kind of the catalog, whichever that is. */
inline constexpr QStringView AutomaticLimit = u"auto";

/** A new algorithm of the kind \a id or AutomaticLimit, or null when there is none. */
std::unique_ptr<LimitAlgorithm> makeLimitAlgorithm(QStringView id);
/** AutomaticLimit and the ids of the catalog, for messages: `auto, gradient2, vegas, aimd`. */
QString limitAlgorithmNames();

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamldocument.h"

namespace Sluice {

/**
 * Makes the edits that lead from \a before to \a after, where \a before is what \a document says
 * now in the form of toYaml(). Values that the document writes in another form of the format (a
 * structured description, a typed variable, one of several bodies) are edited where they stand.
 * Only the item that is \a inside the document is edited; empty = all of it.
 */
Result<> applyDifference(YamlDocument &document, const YamlValue &before, const YamlValue &after,
                         const YamlPath &inside = {});

/** How the items of one list became those of another. */
struct ItemMatch
{
    qsizetype before = -1; ///< -1 = a new item.
    qsizetype after = -1;  ///< -1 = removed.

    bool operator==(const ItemMatch &) const = default;
};

/**
 * Pairs equal items in order (longest common subsequence); between them, items pair up by position
 * as changed ones and the rest is new or removed. In the order of the result.
 */
std::vector<ItemMatch> matchItems(const std::vector<YamlValue> &before,
                                  const std::vector<YamlValue> &after);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace Sluice {

/** One line of a comparison, without its line break. */
struct DiffLine
{
    enum class Kind { Same, Removed, Added };

    Kind kind = Kind::Same;
    QByteArray text;

    bool operator==(const DiffLine &) const = default;
};

/**
 * How \a after differs from \a before, by a longest common subsequence of lines. Where the texts
 * differ in very many lines, all of these are removed and added. Any thread.
 */
std::vector<DiffLine> lineDifference(const QByteArray &before, const QByteArray &after);

} // namespace Sluice

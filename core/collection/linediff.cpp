// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/linediff.h"

#include <QList>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>

namespace Sluice {

namespace {

/** Bounds the table of the comparison to 16 MB. */
constexpr std::size_t MaxCells = 4'000'000;

using Lines = std::span<const QByteArray>;

QList<QByteArray> linesOf(const QByteArray &text)
{
    QList<QByteArray> lines = text.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

void add(std::vector<DiffLine> &result, DiffLine::Kind kind, Lines lines)
{
    for (const QByteArray &line : lines)
        result.push_back({kind, line});
}

void compare(std::vector<DiffLine> &result, Lines before, Lines after)
{
    const std::size_t columns = after.size() + 1;
    // length[i][j]: of the longest common subsequence of before[i…] and after[j…].
    std::vector<std::uint32_t> length((before.size() + 1) * columns, 0);
    for (std::size_t i = before.size(); i-- > 0;) {
        for (std::size_t j = after.size(); j-- > 0;) {
            length[i * columns + j] =
                before[i] == after[j]
                    ? length[(i + 1) * columns + j + 1] + 1
                    : std::max(length[(i + 1) * columns + j], length[i * columns + j + 1]);
        }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() && j < after.size()) {
        if (before[i] == after[j]) {
            result.push_back({DiffLine::Kind::Same, before[i]});
            ++i;
            ++j;
        } else if (length[(i + 1) * columns + j] >= length[i * columns + j + 1]) {
            result.push_back({DiffLine::Kind::Removed, before[i++]});
        } else {
            result.push_back({DiffLine::Kind::Added, after[j++]});
        }
    }
    add(result, DiffLine::Kind::Removed, before.subspan(i));
    add(result, DiffLine::Kind::Added, after.subspan(j));
}

} // namespace

std::vector<DiffLine> lineDifference(const QByteArray &before, const QByteArray &after)
{
    const QList<QByteArray> oldLines = linesOf(before);
    const QList<QByteArray> newLines = linesOf(after);
    Lines left(oldLines.constData(), std::size_t(oldLines.size()));
    Lines right(newLines.constData(), std::size_t(newLines.size()));
    const auto head = std::size_t(std::ranges::mismatch(left, right).in1 - left.begin());
    std::vector<DiffLine> result;
    add(result, DiffLine::Kind::Same, left.first(head));
    left = left.subspan(head);
    right = right.subspan(head);
    std::size_t tail = 0;
    while (tail < std::min(left.size(), right.size())
           && left[left.size() - 1 - tail] == right[right.size() - 1 - tail])
        ++tail;
    const Lines end = left.last(tail);
    left = left.first(left.size() - tail);
    right = right.first(right.size() - tail);
    if ((left.size() + 1) * (right.size() + 1) <= MaxCells) {
        compare(result, left, right);
    } else {
        add(result, DiffLine::Kind::Removed, left);
        add(result, DiffLine::Kind::Added, right);
    }
    add(result, DiffLine::Kind::Same, end);
    return result;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

namespace Sluice {

/**
 * A smaller sequence for which \a fails still holds, by delta debugging (Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002): take out ever smaller parts for as
 * long as it still fails. No single element can be taken out of the result.
 */
template<typename T, typename Predicate>
std::vector<T> shrink(std::vector<T> sequence, Predicate fails)
{
    std::size_t part = std::max<std::size_t>(sequence.size() / 2, 1);
    for (;;) {
        bool smaller = false;
        for (std::size_t begin = 0; begin < sequence.size();) {
            const std::size_t end = std::min(begin + part, sequence.size());
            std::vector<T> without(sequence.begin(), sequence.begin() + std::ptrdiff_t(begin));
            without.insert(without.end(), sequence.begin() + std::ptrdiff_t(end), sequence.end());
            if (fails(without)) {
                sequence = std::move(without);
                smaller = true;
            } else {
                begin = end;
            }
        }
        if (part == 1 && !smaller)
            return sequence;
        if (!smaller)
            part = (part + 1) / 2;
    }
}

} // namespace Sluice

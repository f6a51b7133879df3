// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/ticket.h"

#include <algorithm>

namespace Sluice {

/** One bit for each priority. */
using PriorityMask = quint8;

constexpr PriorityMask maskOf(Priority priority)
{
    return PriorityMask(1u << unsigned(priority));
}

/**
 * Chooses the priority that goes next: the highest, but no more than OvertakeMax times in a row
 * past a lower one, so that a flood of urgent tickets delays the others without starving them.
 */
class PriorityTurns
{
public:
    static constexpr quint8 OvertakeMax = 16;

    /** The priority to serve of those in \a waiting, which is not empty. */
    Priority next(PriorityMask waiting) const
    {
        for (std::size_t p = PriorityCount; p-- > 1;) {
            if (m_overtaken[p] >= OvertakeMax && (waiting & maskOf(Priority(p))))
                return Priority(p);
        }
        std::size_t highest = 0;
        while (!(waiting & maskOf(Priority(highest))))
            ++highest;
        return Priority(highest);
    }

    /** \a priority was served while \a waiting were the priorities that could have been. */
    void served(Priority priority, PriorityMask waiting)
    {
        for (std::size_t p = std::size_t(priority) + 1; p < PriorityCount; ++p) {
            if (waiting & maskOf(Priority(p)))
                m_overtaken[p] = std::min<quint8>(m_overtaken[p] + 1, OvertakeMax);
        }
        m_overtaken[std::size_t(priority)] = 0;
    }

private:
    std::array<quint8, PriorityCount> m_overtaken{};
};

} // namespace Sluice

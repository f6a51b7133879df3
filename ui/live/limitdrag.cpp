// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitdrag.h"

#include "ui/live/chartgeometry.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {
constexpr int Largest = 1'000'000;
}

int LimitDrag::start() const
{
    if (m_ghost)
        return *m_ghost;
    return m_value == 0 ? m_unlimitedStart : m_value;
}

void LimitDrag::moveTo(double raw, bool coarse)
{
    const double unit = coarse ? 5 : 1;
    m_ghost = int(std::clamp(std::round(raw / unit) * unit, 1.0, double(Largest)));
}

void LimitDrag::step(int delta)
{
    m_ghost = std::clamp(start() + delta, 1, Largest);
}

void LimitDrag::ladder(int direction)
{
    m_ghost = ladderStep(start(), direction);
}

std::optional<int> LimitDrag::apply()
{
    const std::optional<int> ghost = std::exchange(m_ghost, std::nullopt);
    return ghost == m_value ? std::nullopt : ghost;
}

} // namespace Sluice

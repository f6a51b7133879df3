// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/hostseries.h"

namespace Sluice {

namespace {
constexpr qint64 Second = 1'000'000;
} // namespace

HostSeries::HostSeries() : m_cells(std::size_t(Levels * Capacity)) {}

void HostSeries::advance(qint64 nowUs)
{
    if (m_atUs < 0) {
        m_atUs = nowUs;
        m_second = nowUs / Second;
        return;
    }
    while (m_second < nowUs / Second) {
        const qint64 end = (m_second + 1) * Second;
        m_integral += double(m_inFlight) * double(end - m_atUs);
        m_atUs = end;
        finishSecond();
        if (m_inFlight == 0 && m_queued == 0) { // Empty seconds need no cells.
            m_second = nowUs / Second;
            m_atUs = m_second * Second;
        }
    }
    if (nowUs > m_atUs) {
        m_integral += double(m_inFlight) * double(nowUs - m_atUs);
        m_atUs = nowUs;
    }
}

void HostSeries::finishSecond()
{
    m_open.meanInFlight = float(std::exchange(m_integral, 0) / double(Second));
    m_open.limit = narrow(m_limit);
    for (int level = 0; !m_open.isEmpty() && level < Levels; ++level) {
        const qint64 index = m_second >> (2 * level);
        Step &step = at(level, index);
        if (step.index != index)
            step = {index, {}};
        step.cell.meanInFlight += m_open.meanInFlight;
        step.cell.maxInFlight = std::max(step.cell.maxInFlight, m_open.maxInFlight);
        step.cell.maxQueued = std::max(step.cell.maxQueued, m_open.maxQueued);
        step.cell.limited = narrow(step.cell.limited + m_open.limited);
        step.cell.limit = m_open.limit;
    }
    ++m_second;
    m_open = {};
    m_open.maxInFlight = narrow(m_inFlight);
    m_open.maxQueued = narrow(m_queued);
}

int HostSeries::levelFor(qint64 beginUs, qint64 spanUs, qint64 nowUs)
{
    int level = 0;
    while (level + 1 < Levels && std::max(spanUs, nowUs - beginUs) / widthUs(level) >= Capacity - 2)
        ++level;
    return level;
}

std::vector<HostCell> HostSeries::window(int level, qint64 beginUs, int count) const
{
    std::vector<HostCell> cells(std::size_t(std::max(0, count)));
    const qint64 first = beginUs / widthUs(level);
    const qint64 open = m_second >> (2 * level);
    const float seconds = float(widthUs(level) / Second);
    for (qint64 i = 0; i < count; ++i) {
        HostCell &cell = cells[std::size_t(i)];
        const Step &step = m_cells[std::size_t(level * Capacity + (first + i) % Capacity)];
        if (step.index == first + i) {
            cell = step.cell;
            cell.meanInFlight /= seconds;
        }
        if (first + i == open) {
            cell.maxInFlight = std::max(cell.maxInFlight, m_open.maxInFlight);
            cell.maxQueued = std::max(cell.maxQueued, m_open.maxQueued);
            cell.limited = narrow(cell.limited + m_open.limited);
            cell.limit = narrow(m_limit);
            cell.meanInFlight =
                std::max(cell.meanInFlight, std::min(float(m_inFlight), float(cell.maxInFlight)));
        }
    }
    return cells;
}

} // namespace Sluice

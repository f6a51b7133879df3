// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/latencywindow.h"

namespace Sluice {

void LatencyWindow::record(qint64 atUs, qint64 us)
{
    const qint64 second = atUs / 1'000'000;
    Slot &slot = m_slots[std::size_t(second % Seconds)];
    if (slot.second != second) {
        slot.second = second;
        slot.histogram.clear();
    }
    slot.histogram.record(us);
}

LogHistogram LatencyWindow::merged(qint64 nowUs) const
{
    const qint64 oldest = nowUs / 1'000'000 - Seconds;
    LogHistogram all;
    for (const Slot &slot : m_slots) {
        if (slot.second > oldest)
            all.merge(slot.histogram);
    }
    return all;
}

const LogHistogram &LatencyWindow::of(qint64 second) const
{
    static const LogHistogram nothing;
    const Slot &slot = m_slots[std::size_t(second % Seconds)];
    return slot.second == second ? slot.histogram : nothing;
}

std::size_t LatencyWindow::bytes() const
{
    std::size_t bytes = 0;
    for (const Slot &slot : m_slots)
        bytes += sizeof slot.second + slot.histogram.bytes();
    return bytes;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <array>

namespace Sluice {

/** Events a second over the last two seconds, in bins of 100 ms. 88 bytes. One thread. */
class RateWindow
{
public:
    static constexpr qint64 BinUs = 100'000;
    static constexpr qint64 Bins = 20;

    void count(qint64 atUs)
    {
        reach(atUs / BinUs);
        ++m_bins[std::size_t(m_bin % Slots)];
    }

    /** The full bins before \a nowUs; before two seconds have passed since \a startedUs, since
     * then. */
    double perSecond(qint64 nowUs, qint64 startedUs)
    {
        reach(nowUs / BinUs);
        quint64 sum = 0;
        for (qint64 back = 1; back <= Bins; ++back)
            sum += m_bins[std::size_t((m_bin + Slots - back) % Slots)];
        const qint64 span = (m_bin - std::max(m_bin - Bins, startedUs / BinUs)) * BinUs;
        return span <= 0 ? 0 : double(sum) * 1e6 / double(span);
    }

private:
    static constexpr qint64 Slots = Bins + 1; ///< The last one is still filling.

    void reach(qint64 bin)
    {
        if (bin <= m_bin)
            return;
        if (bin - m_bin >= Slots)
            m_bins.fill(0);
        else
            for (qint64 next = m_bin + 1; next <= bin; ++next)
                m_bins[std::size_t(next % Slots)] = 0;
        m_bin = bin;
    }

    std::array<quint32, Slots> m_bins{};
    qint64 m_bin = 0;
};

} // namespace Sluice

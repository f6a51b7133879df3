// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace Sluice {

/** The most events in one second of the clock, exactly. One thread. */
class SecondCount
{
public:
    void count(qint64 atUs)
    {
        const qint64 second = atUs / 1'000'000;
        m_count = second == m_second ? m_count + 1 : 1;
        m_second = second;
        m_most = std::max(m_most, m_count);
    }
    int most() const { return m_most; }

private:
    qint64 m_second = -1;
    int m_count = 0;
    int m_most = 0;
};

} // namespace Sluice

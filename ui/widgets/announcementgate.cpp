// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/announcementgate.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

void AnnouncementGate::add(const QString &text)
{
    if (!text.isEmpty() && !m_waiting.contains(text))
        m_waiting << text;
}

std::optional<QString> AnnouncementGate::take()
{
    if (waitUs() != 0)
        return {};
    m_saidUs = m_clock.nowUs();
    return std::exchange(m_waiting, {}).join(u". "_s);
}

qint64 AnnouncementGate::waitUs() const
{
    if (m_waiting.isEmpty())
        return -1;
    return m_saidUs ? std::max<qint64>(0, *m_saidUs + IntervalUs - m_clock.nowUs()) : 0;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"

namespace Sluice {

void FakeClock::advanceUs(qint64 us)
{
    Q_ASSERT(us >= 0);
    m_nowUs += us;
}

} // namespace Sluice

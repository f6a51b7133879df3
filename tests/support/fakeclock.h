// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace Sluice {

/** A clock that stands still until a test moves it. */
class FakeClock final : public Clock
{
public:
    qint64 nowUs() const override { return m_nowUs; }
    void advanceUs(qint64 us);
    void advanceMs(qint64 ms) { advanceUs(ms * 1000); }

private:
    qint64 m_nowUs = 1'000'000;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Sluice {

/** Monotonic time in microseconds, injected so that tests decide what time it is. */
class Clock
{
public:
    virtual ~Clock() = default;
    /** Microseconds since an arbitrary, fixed start; never goes backwards. Any thread. */
    virtual qint64 nowUs() const = 0;
};

/** The machine's monotonic clock. */
class SteadyClock final : public Clock
{
public:
    qint64 nowUs() const override;
};

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/cpuclock.h"

#include <ctime>

namespace Sluice {

namespace {

qint64 clockUs(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1'000'000 + time.tv_nsec / 1'000;
}

} // namespace

qint64 threadCpuUs()
{
    return clockUs(CLOCK_THREAD_CPUTIME_ID);
}

qint64 processCpuUs()
{
    return clockUs(CLOCK_PROCESS_CPUTIME_ID);
}

} // namespace Sluice

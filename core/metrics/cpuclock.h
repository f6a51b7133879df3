// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Sluice {

/** Processor time in microseconds that the calling thread has used so far. */
qint64 threadCpuUs();
/** Processor time in microseconds that all threads of this process have used so far. */
qint64 processCpuUs();

} // namespace Sluice

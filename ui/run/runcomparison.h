// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runoutcome.h"

#include <QStringList>

namespace Sluice {

/** A row a figure: its name, the value in \a run, in \a earlier, and the change in percent. */
std::vector<QStringList> comparedFigures(const RunOutcome &run, const RunOutcome &earlier);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice-cli/arguments.h"
#include "app/sluice-cli/progressline.h"
#include "core/run/sweepjob.h"

namespace Sluice {

/** The command line of `sweep`, together with what it names. */
struct SweepOptions
{
    SweepJob job;
    Limits limits; ///< Of the collection, for what the sweep does not vary.
    QString reportJson;
    QString reportHtml;
    ProgressMode progress = ProgressMode::None;
};

/** What `sluice-cli sweep --help` prints. */
QString sweepHelp();
/** The tables that `sweep` reads its arguments against. */
std::vector<OptionTable> sweepTables();
/** Reads the collection and every file that \a arguments name; sends nothing. */
Result<SweepOptions> readSweepOptions(const Arguments &arguments);

} // namespace Sluice

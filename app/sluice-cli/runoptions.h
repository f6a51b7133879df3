// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice-cli/arguments.h"
#include "app/sluice-cli/progressline.h"
#include "core/run/runplan.h"

namespace Sluice {

/** The command line of `run`, together with what it names. */
struct RunOptions
{
    RunPlan plan;
    Limits limits;
    QString reportJson;
    QString reportJunit;
    QString reportHtml;
    QString har;
    QString record;
    QString samples;
    ProgressMode progress = ProgressMode::None;
};

/** The line that tells of \a item. */
QString skippedText(const SkippedItem &item);

/** What `sluice-cli run --help` prints. */
QString runHelp();

/** The tables of a run plan, without the files that a run leaves behind. */
std::vector<OptionTable> planTables();

/** The tables that `run` reads its arguments against. */
std::vector<OptionTable> runTables();

/**
 * Reads the collection, the environment and every file that \a arguments name; sends nothing.
 * Usage for the command line; the errors of core/collection, with their place, for files.
 */
Result<RunOptions> readRunOptions(const Arguments &arguments);

} // namespace Sluice

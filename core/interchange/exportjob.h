// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/run/runplan.h"

#include <QByteArray>
#include <QStringList>

namespace Sluice {

/** What is exported: requests with everything that applies to them, and how they are run. */
struct ExportJob
{
    RunPlan plan;
    Limits limits;
};

/** A file for another program. */
struct Exported
{
    QByteArray text;
    QStringList notes; ///< What the other program cannot express; load scripts say it too.
};

} // namespace Sluice

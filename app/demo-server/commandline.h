// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo-server/demoserver.h"
#include "core/base/result.h"

namespace Sluice {

/** Reads the arguments after `demo-server`; see usage in `demoServerHelp()`. */
Result<DemoServerOptions> parseDemoServerArguments(const QStringList &arguments);

/** What `sluice-cli demo-server --help` prints. */
QString demoServerHelp();

/** The whole command: reads \a arguments, serves, returns the exit status (1 = wrong usage). */
int demoServerCommand(const QStringList &arguments);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice-cli/arguments.h"
#include "core/run/runplan.h"

namespace Sluice {

/** Variables, for every command that reads a collection. */
extern const OptionTable variableOptions;
/** Limits of the admission queue. */
extern const OptionTable limitOptions;
/** How requests are sent. */
extern const OptionTable networkOptions;

/** `--env`, `--env-var` and `--secret` over the environments of the collection \a root. */
Result<VariableInputs> readVariables(const Arguments &arguments, const QString &root);

/** \a limits with every limit that a flag sets. */
Result<Limits> readLimits(const Arguments &arguments, Limits limits);

/** The network flags. */
Result<SendOptions> readSendOptions(const Arguments &arguments);

} // namespace Sluice

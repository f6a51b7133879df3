// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/bruparser.h"
#include "core/collection/collection.h"

namespace Sluice {

// The meaning of a file in Bruno's older format, in the terms of the present one. Any thread.

/** A request's file. gRPC and WebSocket requests have their kind and name only. */
RequestSpec readBruRequest(const BruFile &file, const QString &fallbackName);

/** `collection.bru` or `folder.bru`. */
FolderSpec readBruFolder(const BruFile &file, const QString &fallbackName);

/** `environments/NAME.bru`. */
EnvironmentSpec readBruEnvironment(const BruFile &file, const QString &path);

/** The parameters of the blocks `auth:MODE` of \a file, by the names of the present format. */
AuthSpec readBruAuth(const BruFile &file, const QString &mode);

} // namespace Sluice

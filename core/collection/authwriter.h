// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlvalue.h"
#include "core/http/requestspec.h"

namespace Sluice {

/** Adds `auth` to \a map: a word for `inherit`, nothing for none, else the type and parameters. */
void addAuth(YamlValue &map, const AuthSpec &auth);

} // namespace Sluice

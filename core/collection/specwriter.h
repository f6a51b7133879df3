// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/yamlvalue.h"

namespace Sluice {

// What a file says for a spec: only what differs from the defaults, in the format's order. Reading
// it back gives the same spec. Two of them are compared to find the edits of a change.

YamlValue toYaml(const RequestSpec &spec);
/** `opencollection.yml` when \a spec names a format version, else `folder.yml`. */
YamlValue toYaml(const FolderSpec &spec);
YamlValue toYaml(const EnvironmentSpec &spec);
YamlValue toYaml(const Limits &limits);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlreader.h"
#include "core/http/requestspec.h"

namespace Sluice {

/** The `body` of a request's `http` section; of several variants the selected one. */
BodySpec readBody(const YamlNode &details, YamlReader &reader);

/** The `body` of a `graphql` section. */
BodySpec readGraphQlBody(const YamlNode &details, YamlReader &reader);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/yamlreader.h"

namespace Sluice {

/** Reads the content of `opencollection.yml` or `folder.yml`. */
FolderSpec readFolderSpec(const YamlNode &root, const QString &fallbackName, YamlReader &reader);

/** Reads the content of an environment's file. */
EnvironmentSpec readEnvironmentSpec(const YamlNode &root, const QString &path, YamlReader &reader);

} // namespace Sluice

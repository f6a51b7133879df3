// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlnode.h"

namespace Sluice {

/** A whole file, up to 256 MiB. FileNotFound or Io with the reason. */
Result<QByteArray> readFileBytes(const QString &path);

/** Reads and parses a file. */
Result<YamlNode> readYamlFile(const QString &path);

} // namespace Sluice

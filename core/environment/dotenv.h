// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"

#include <QByteArray>

namespace Sluice {

/**
 * Reads a `.env` text: `NAME=value` lines with an optional `export`, `#` comments, single quotes
 * (as is), double quotes (`\n`, `\"`, `\\`), both over several lines. Names the line of an error.
 */
Result<std::vector<NameValue>> parseDotEnv(const QByteArray &text, const QString &path);

/** Reads the file \a path; a file that is not there has no variables. */
Result<std::vector<NameValue>> readDotEnv(const QString &path);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>
#include <vector>

namespace Sluice {

/** A word of a command line, unquoted, with its place in the text; both count from 1. */
struct ShellWord
{
    QString text;
    int line = 1;
    int column = 1;
};

/** One command of a pipeline or a list. */
struct ShellCommand
{
    std::vector<ShellWord> words;
    std::optional<QString> input;    ///< A here-document's text.
    std::vector<ShellWord> leftOver; ///< Redirections and substitutions, as they are written.
};

/**
 * Reads the commands of a POSIX shell (XCU 2.2 and 2.3, and `$'…'`) or, where carets quote, of
 * Windows' cmd. Nothing is run: `$NAME` becomes `{{process.env.NAME}}`, which means the same, and
 * `$(…)` stays as it is. Parse for a quote that is never closed.
 */
Result<std::vector<ShellCommand>> readShellCommands(const QString &text);

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Sluice::Test {

/** How one call of sluice-cli ended. */
struct CliResult
{
    int status = -1; ///< -1: crashed or did not end.
    QByteArray out;
    QByteArray err;
};

/** Runs `sluice-cli ARGUMENTS` to its end. */
CliResult runCli(const QStringList &arguments, const QString &workingFolder = {});

/** Writes \a text to \a path, folders included; false on failure. */
bool writeFile(const QString &path, const QByteArray &text);
QByteArray readFile(const QString &path);

} // namespace Sluice::Test

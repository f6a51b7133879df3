// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Sluice::Test {

/** Bruno's program in the folder that packaging fills with npm; empty where npm was unreachable. */
QString brunoProgram();

/** How a program ended and what it printed. */
struct ProcessResult
{
    int exitCode = -1;
    QString output;
};

/** Runs \a program in \a folder to its end, or for two minutes. */
ProcessResult runProcess(const QString &program, const QStringList &arguments,
                         const QString &folder);

} // namespace Sluice::Test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice-cli/arguments.h"

#include <QStringList>

namespace Sluice {

/** What the program tells its caller; the highest applicable of 3, 4 and 5 wins. */
enum ExitStatus {
    ExitOk = 0,
    ExitUsage = 1,
    ExitInput = 2, ///< A path is missing or a file does not parse; nothing was sent.
    ExitRequestFailed = 3,
    ExitAssertionFailed = 4,
    ExitNeverAdmitted = 5,
    ExitInterrupted = 130,
};

/** One word after the program's name. */
struct Command
{
    const char *name;
    const char *summary;
    int (*run)(const QStringList &arguments);
};

/** Writes \a text and a line break to standard error. */
void printError(const QString &text);
/** Writes \a text to standard output. */
void print(const QString &text);

/** The status for an error that came up before anything was sent. */
ExitStatus statusOf(const Error &error);
/** Prints \a error and returns its status. */
int fail(const Error &error);
/** As fail(), and points to the help of \a command when the command line is at fault. */
int failUsage(const Error &error, const char *command);

int runCommand(const QStringList &arguments);
int sendCommand(const QStringList &arguments);
int sweepCommand(const QStringList &arguments);
int checkCommand(const QStringList &arguments);
int setCommand(const QStringList &arguments);
int importCommand(const QStringList &arguments);
int exportCommand(const QStringList &arguments);
int codeCommand(const QStringList &arguments);

} // namespace Sluice

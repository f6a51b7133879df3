// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>
#include <QTemporaryDir>

/** How a target's code is run here, if it can be. */
struct CodeRunner
{
    QString target;
    QStringList command;     ///< FILE stands for the code's file.
    QStringList probe;       ///< Exits with 0 when what the code needs is installed.
    bool limitsHosts = true; ///< False: this version of the client knows only the total.
};

/** Those that Debian or npm can run. */
std::vector<CodeRunner> codeRunners();

/** True when \a runner's interpreter and library are there. */
bool isInstalled(const CodeRunner &runner);

/** A folder for code, with the npm packages of SLUICE_NPM_DIR beside it. */
class CodeFolder
{
public:
    CodeFolder();

    /**
     * Writes \a code and runs it with \a urls on standard input. What it printed; fails when it
     * ends with another status than 0 or takes longer than two minutes.
     */
    Sluice::Result<QByteArray> run(const CodeRunner &runner, const QString &fileName,
                                   const QString &code, const QStringList &urls);

    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

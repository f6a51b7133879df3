// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

CliResult runCli(const QStringList &arguments, const QString &workingFolder)
{
    constexpr int PatienceMs = 60'000;
    QProcess process;
    process.setWorkingDirectory(workingFolder);
    process.start(qEnvironmentVariable("SLUICE_BIN_DIR") + "/sluice-cli"_L1, arguments);
    const bool hasEnded = process.waitForFinished(PatienceMs);
    if (!hasEnded)
        process.kill();
    CliResult result;
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    if (hasEnded && process.exitStatus() == QProcess::NormalExit)
        result.status = process.exitCode();
    return result;
}

bool writeFile(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Sluice::Test

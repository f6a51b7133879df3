// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/bruno/brunoprocess.h"

#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

QString brunoProgram()
{
    const QString folder = qEnvironmentVariable("SLUICE_NPM_DIR");
    return folder.isEmpty()
               ? QString()
               : QStandardPaths::findExecutable(u"bru"_s, {folder + u"/node_modules/.bin"_s});
}

ProcessResult runProcess(const QString &program, const QStringList &arguments,
                         const QString &folder)
{
    constexpr int TimeoutMs = 120'000;
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    ProcessResult result;
    if (process.waitForFinished(TimeoutMs))
        result.exitCode = process.exitCode();
    else
        process.kill();
    result.output = QString::fromUtf8(process.readAll());
    return result;
}

} // namespace Sluice::Test

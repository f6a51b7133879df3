// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/code/coderunner.h"

#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr int PatienceMs = 120'000;
// Debian's own: a Python from elsewhere on the PATH does not see its packages.
const QString Python = u"/usr/bin/python3"_s;

CodeRunner python(const QString &target)
{
    return {target, {Python, u"FILE"_s}, {Python, u"-c"_s, u"import "_s + target}};
}

CodeRunner java(const QString &target, const QStringList &jars)
{
    QStringList paths;
    QStringList probe{u"sh"_s, u"-c"_s, u"command -v javac"_s};
    for (const QString &jar : jars) {
        paths += u"/usr/share/java/%1.jar"_s.arg(jar);
        probe.last() += u" && test -e "_s + paths.last();
    }
    return {target, {u"java"_s, u"-cp"_s, paths.join(u':'), u"FILE"_s}, probe};
}

CodeRunner node(const QString &target)
{
    const QString folder = qEnvironmentVariable("SLUICE_NPM_DIR") + u"/node_modules/"_s + target;
    return {target,
            {u"node"_s, u"FILE"_s},
            {u"sh"_s, u"-c"_s, u"command -v node && test -d '%1'"_s.arg(folder)}};
}

} // namespace

std::vector<CodeRunner> codeRunners()
{
    CodeRunner curl{u"curl"_s, {u"sh"_s, u"FILE"_s}, {u"curl"_s, u"--version"_s}};
    QProcess help;
    help.start(u"curl"_s, {u"--help"_s, u"all"_s});
    help.waitForFinished(PatienceMs);
    curl.limitsHosts = help.readAllStandardOutput().contains("--parallel-max-host");
    return {python(u"aiohttp"_s),
            python(u"httpx"_s),
            python(u"requests"_s),
            python(u"scrapy"_s),
            curl,
            {u"go"_s, {u"go"_s, u"run"_s, u"FILE"_s}, {u"go"_s, u"version"_s}},
            node(u"axios"_s),
            node(u"undici"_s),
            java(u"okhttp"_s, {u"okhttp"_s, u"okio"_s}),
            java(u"httpclient5"_s, {u"httpclient5"_s, u"httpcore5"_s, u"httpcore5-h2"_s,
                                    u"slf4j-api"_s, u"slf4j-nop"_s})};
}

bool isInstalled(const CodeRunner &runner)
{
    QProcess probe;
    probe.start(runner.probe.first(), runner.probe.sliced(1));
    return probe.waitForFinished(PatienceMs) && probe.exitStatus() == QProcess::NormalExit
           && probe.exitCode() == 0;
}

namespace {

/** What Go compiled once serves every row of a test. */
QString goCache()
{
    static const QTemporaryDir folder;
    return folder.path();
}

} // namespace

CodeFolder::CodeFolder()
{
    // Node looks for packages beside the file.
    const QString modules = qEnvironmentVariable("SLUICE_NPM_DIR") + u"/node_modules"_s;
    QFile::link(modules, path(u"node_modules"_s));
}

Result<QByteArray> CodeFolder::run(const CodeRunner &runner, const QString &fileName,
                                   const QString &code, const QStringList &urls)
{
    QFile file(path(fileName));
    if (!file.open(QIODevice::WriteOnly) || file.write(code.toUtf8()) < 0)
        return failure(ErrorCode::Io, file.errorString());
    file.close();
    QStringList command = runner.command;
    command.replaceInStrings(u"FILE"_s, file.fileName());
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"GO111MODULE"_s, u"off"_s);
    environment.insert(u"GOCACHE"_s, goCache());
    process.setProcessEnvironment(environment);
    process.start(command.first(), command.sliced(1));
    process.write(urls.join(u'\n').toUtf8() + '\n');
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(PatienceMs);
    const QByteArray output = process.readAllStandardOutput();
    if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return output;
    process.kill();
    process.waitForFinished(PatienceMs);
    return failure(ErrorCode::Internal, QString::fromUtf8(process.readAllStandardError()));
}

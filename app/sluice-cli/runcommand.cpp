// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "app/sluice-cli/interrupts.h"
#include "app/sluice-cli/runoptions.h"
#include "app/sluice-cli/runoutput.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

int statusAfter(const Runner &runner, bool wasInterrupted)
{
    if (wasInterrupted)
        return ExitInterrupted;
    if (runner.statistics().neverAdmitted() > 0)
        return ExitNeverAdmitted;
    if (runner.checksFailed() > 0)
        return ExitAssertionFailed;
    return runner.statistics().failed() > 0 ? ExitRequestFailed : ExitOk;
}

int execute(const RunOptions &options)
{
    EngineCore core(EngineCore::Live::Off);
    ProgressLine progress(options.progress, core);
    RunOutput output(options, core, progress);
    if (const Result<> opened = output.open(); !opened)
        return fail(opened.error());

    bool wasInterrupted = false;
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::interrupted, &core, [&](int count) {
        wasInterrupted = true;
        progress.clear();
        if (count == 1) {
            printError(u"Interrupted: waiting for what is in flight. Once more aborts it."_s);
            core.runner().drain();
        } else {
            core.runner().abort();
        }
    });
    QObject::connect(&core.runner(), &Runner::finished, qApp, &QCoreApplication::quit);

    core.setLimits(options.limits);
    core.runner().addObserver(&output);
    core.runner().start(options.plan);
    output.begin();
    progress.begin();
    QCoreApplication::exec();
    progress.end();
    const Result<> written = output.finish();
    const int status = statusAfter(core.runner(), wasInterrupted);
    if (written)
        return status;
    printError(written.error().toString());
    return status == ExitOk ? ExitUsage : status;
}

} // namespace

int runCommand(const QStringList &arguments)
{
    const Result<Arguments> read = Arguments::read(arguments, runTables());
    if (!read)
        return failUsage(read.error(), "run");
    if (read->has("help")) {
        print(runHelp());
        return ExitOk;
    }
    const Result<RunOptions> options = readRunOptions(*read);
    return options ? execute(*options) : failUsage(options.error(), "run");
}

} // namespace Sluice

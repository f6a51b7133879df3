// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/sweepoptions.h"

#include "app/sluice-cli/runoptions.h"
#include "app/sluice-cli/sendoptions.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int DefaultMax = 32;

constexpr OptionSpec sweepTable[] = {
    {"host", "HOST", "sweep the requests to this host; without it every host, then the total"},
    {"limits", "N,N,...", "the levels to try"},
    {"max", "N", "try 1 2 4 6 8 12 16 ... up to N (32)"},
    {"target-p95", "T", "the latency that is still good"},
    {"error-budget", "PERCENT", "errors that are still good (1)"},
    {"budget", "N", "requests in all, over all levels"},
    {"repeats", "N", "measure so often around the candidate (3)"},
    {"level-time", "T", "measure a level no longer (8s)"},
    {"allow-foreign", "", "I am allowed to test hosts other than this machine"},
    {"allow-unsafe", "", "send methods that are not idempotent, too"},
};

constexpr OptionSpec outputTable[] = {
    {"report-json", "FILE", "write the report sluice.sweep/1"},
    {"report-html", "FILE", "write a page with the charts"},
    {"progress", "MODE", "auto, plain or none"},
    {"help", "", "show this", 'h'},
};

Result<std::vector<int>> readLadder(const Arguments &arguments)
{
    if (arguments.has("limits") && arguments.has("max"))
        return failure(ErrorCode::Usage, u"Give --limits or --max, not both."_s);
    if (!arguments.has("limits")) {
        const Result<int> max = arguments.number("max", DefaultMax, 2);
        if (!max)
            return std::unexpected(max.error());
        return sweepLadder(*max);
    }
    std::vector<int> ladder;
    const QStringList parts = arguments.value("limits").split(u',');
    for (const QString &part : parts) {
        bool isNumber = false;
        const int limit = part.trimmed().toInt(&isNumber);
        if (!isNumber || limit < 1) {
            return failure(
                ErrorCode::Usage,
                u"--limits %1: whole numbers from 1 on, parted by commas, are needed."_s.arg(
                    arguments.value("limits")));
        }
        ladder.push_back(limit);
    }
    return ladder;
}

Result<SweepSettings> readSettings(const Arguments &arguments)
{
    SweepSettings settings;
    const Result<std::vector<int>> ladder = readLadder(arguments);
    const Result<qint64> target = arguments.durationUs("target-p95", 0);
    const Result<double> errors = arguments.rate("error-budget", settings.errorBudget * 100);
    const Result<int> budget = arguments.number("budget", 0, 1);
    const Result<int> repeats = arguments.number("repeats", settings.repeats, 0);
    const Result<qint64> levelTime = arguments.durationUs("level-time", settings.levelCapUs);
    for (const Error *error :
         {ladder ? nullptr : &ladder.error(), target ? nullptr : &target.error(),
          errors ? nullptr : &errors.error(), budget ? nullptr : &budget.error(),
          repeats ? nullptr : &repeats.error(), levelTime ? nullptr : &levelTime.error()}) {
        if (error)
            return std::unexpected(*error);
    }
    settings.ladder = *ladder;
    settings.targetP95Us = *target;
    settings.errorBudget = *errors / 100;
    settings.maxRequests = *budget;
    settings.repeats = *repeats;
    settings.levelCapUs = *levelTime;
    return settings;
}

} // namespace

std::vector<OptionTable> sweepTables()
{
    return {variableOptions, sweepTable, networkOptions, outputTable};
}

QString sweepHelp()
{
    return u"Usage: sluice-cli sweep PATH... [--host HOST] [--limits N,N,... | --max N] "
           u"[OPTIONS]\n\n"
           "Finds out how many requests at a time suit a server: measures throughput and latency\n"
           "at one limit after another, and says where more stops to help. Prints a table and a\n"
           "verdict. A level that gets 429 or 503 ends the way up. Ctrl+C once keeps what was\n"
           "measured.\n\n"
           "A sweep is a closed loop: requests in flight = throughput x latency (Little's law), "
           "and\n"
           "a stall of the server also stops the sender (coordinated omission). Nothing waits in\n"
           "the queue: latency is on the wire.\n\n%1"_s.arg(optionsHelp(sweepTables()));
}

Result<SweepOptions> readSweepOptions(const Arguments &arguments)
{
    const Result<SweepSettings> settings = readSettings(arguments);
    if (!settings)
        return std::unexpected(settings.error());
    // What is sent, and with which variables, is read as for a run.
    Result<RunOptions> run = readRunOptions(arguments);
    if (!run)
        return std::unexpected(run.error());
    SweepOptions options;
    options.job.requests = std::move(run->plan.requests);
    options.job.variables = std::move(run->plan.variables);
    options.job.options = std::move(run->plan.options);
    options.job.settings = *settings;
    options.job.host = arguments.value("host");
    options.job.allowForeignHosts = arguments.has("allow-foreign");
    options.job.allowUnsafeMethods = arguments.has("allow-unsafe");
    options.limits = run->limits;
    options.reportJson = run->reportJson;
    options.reportHtml = arguments.value("report-html");
    options.progress = run->progress;
    return options;
}

} // namespace Sluice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/runoptions.h"

#include "app/sluice-cli/sendoptions.h"

#include <QFileInfo>

#include <unistd.h>

#include <limits>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr OptionSpec runTable[] = {
    {"iterations", "N", "run everything so often", 'n'},
    {"duration", "T", "run for so long instead"},
    {"data", "FILE", "csv, json or ndjson: one row an iteration", 'd'},
    {"order", "ORDER", "all, iterations or sequential"},
    {"delay", "T", "pause between the requests of an iteration"},
    {"bail", "", "stop at the first failure"},
};

constexpr OptionSpec outputTable[] = {
    {"report-json", "FILE", "write the report sluice.run/1"},
    {"report-junit", "FILE", "write a JUnit report"},
    {"report-html", "FILE", "write a report for people, one HTML page"},
    {"samples", "FILE", "write one CSV row a request"},
    {"har", "FILE", "write an HTTP archive (HAR 1.2)"},
    {"record", "FILE", "write a run record, one SQLite file"},
    {"progress", "MODE", "auto, plain or none"},
    {"help", "", "show this", 'h'},
};

Result<RunPlan::Order> readOrder(const Arguments &arguments)
{
    const QString text = arguments.value("order");
    if (!arguments.has("order"))
        return RunPlan::Order::Auto;
    if (text == "all"_L1)
        return RunPlan::Order::All;
    if (text == "iterations"_L1)
        return RunPlan::Order::Iterations;
    if (text == "sequential"_L1)
        return RunPlan::Order::Sequential;
    return failure(ErrorCode::Usage,
                   u"--order %1: one of all, iterations, sequential is needed."_s.arg(text));
}

Result<ProgressMode> readProgress(const Arguments &arguments)
{
    const QString text = arguments.value("progress");
    if (!arguments.has("progress") || text == "auto"_L1)
        return isatty(STDERR_FILENO) ? ProgressMode::Live : ProgressMode::None;
    if (text == "plain"_L1)
        return ProgressMode::Plain;
    if (text == "none"_L1)
        return ProgressMode::None;
    return failure(ErrorCode::Usage,
                   u"--progress %1: one of auto, plain, none is needed."_s.arg(text));
}

/** What is at \a paths, in their order; all of one collection. */
Result<> readPaths(const QStringList &paths, RunOptions &options)
{
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path)) {
            return std::unexpected(
                Error{ErrorCode::FileNotFound, u"The path does not exist."_s, path, 0, 0});
        }
        Result<RequestSet> set = readRequestSet(path);
        if (!set)
            return std::unexpected(set.error());
        const Result<QString> root = findCollectionRoot(path);
        const QString collection = root.value_or(QString());
        if (path != paths.first() && collection != options.plan.collectionPath)
            return failure(ErrorCode::Usage, u"%1 belongs to another collection."_s.arg(path));
        options.plan.collectionPath = collection;
        std::ranges::move(set->requests, std::back_inserter(options.plan.requests));
        std::ranges::move(set->skipped, std::back_inserter(options.plan.skipped));
    }
    if (options.plan.requests.empty()) {
        QStringList message{u"There is no request that can be run here."_s};
        for (const SkippedItem &item : options.plan.skipped)
            message.append(skippedText(item));
        return std::unexpected(
            Error{ErrorCode::FileNotFound, message.join(u'\n'), paths.first(), 0, 0});
    }
    return {};
}

Result<> readCollection(RunOptions &options, const QString &path)
{
    options.plan.name = QFileInfo(path).completeBaseName();
    if (options.plan.collectionPath.isEmpty())
        return {};
    const Result<FolderSpec> root = readFolder(options.plan.collectionPath);
    if (!root)
        return std::unexpected(root.error());
    options.plan.name = root->name;
    options.limits = root->limits.value_or(Limits());
    return {};
}

Result<> readPace(const Arguments &arguments, RunPlan &plan)
{
    const Result<int> iterations = arguments.number("iterations", 1, 1);
    const Result<qint64> duration = arguments.durationUs("duration", 0);
    const Result<qint64> delay = arguments.durationUs("delay", 0);
    const Result<RunPlan::Order> order = readOrder(arguments);
    if (!iterations)
        return std::unexpected(iterations.error());
    if (!duration)
        return std::unexpected(duration.error());
    if (!delay)
        return std::unexpected(delay.error());
    if (!order)
        return std::unexpected(order.error());
    constexpr qint64 MaxTimerUs = qint64(std::numeric_limits<int>::max()) * 1000;
    if (arguments.has("duration") && (*duration < 1000 || *duration > MaxTimerUs))
        return failure(ErrorCode::Usage, u"--duration: from 1 ms to 24 days."_s);
    if (arguments.has("duration") && arguments.has("iterations"))
        return failure(ErrorCode::Usage, u"Give --iterations or --duration, not both."_s);
    if (*delay > 0 && *order == RunPlan::Order::All) {
        return failure(ErrorCode::Usage,
                       u"--delay needs --order iterations or sequential: with --order all no "
                       "request waits for another."_s);
    }
    plan.iterations = *iterations;
    plan.durationUs = *duration;
    plan.delayUs = *delay;
    plan.order = *order;
    plan.bail = arguments.has("bail");
    return {};
}

} // namespace

std::vector<OptionTable> planTables()
{
    return {variableOptions, runTable, limitOptions, networkOptions};
}

std::vector<OptionTable> runTables()
{
    return {variableOptions, runTable, limitOptions, networkOptions, outputTable};
}

QString skippedText(const SkippedItem &item)
{
    return u"Skipped: %1: %2"_s.arg(item.displayPath, item.reason);
}

QString runHelp()
{
    return u"Usage: sluice-cli run PATH... [OPTIONS]\n\n"
           "Runs the requests of a collection, of a folder or of a request file. Every limit\n"
           "overrides the collection's. Durations: 250ms, 5s, 2m. Ctrl+C once lets what is in\n"
           "flight finish, twice aborts it; the reports are written all the same.\n\n"
           "Requests in flight = replies a second x latency on the wire (Little's law). A run is "
           "a\n"
           "closed loop: what waits for a slow server is counted in the latency with queue, and\n"
           "left out of the one on the wire (coordinated omission).\n\n%1\n"
           "Exit status: 0 all good, 1 wrong usage, 2 a path is missing or a file does not parse,\n"
           "3 a request failed, 4 an assertion failed, 5 something was never admitted,\n"
           "130 interrupted.\n"_s.arg(optionsHelp(runTables()));
}

Result<RunOptions> readRunOptions(const Arguments &arguments)
{
    if (arguments.positional().isEmpty())
        return failure(ErrorCode::Usage,
                       u"A path is needed: a collection, a folder or a request file."_s);
    RunOptions options;
    const Result<ProgressMode> progress = readProgress(arguments);
    if (!progress)
        return std::unexpected(progress.error());
    options.progress = *progress;
    if (const Result<> pace = readPace(arguments, options.plan); !pace)
        return std::unexpected(pace.error());
    Result<SendOptions> network = readSendOptions(arguments);
    if (!network)
        return std::unexpected(network.error());
    options.plan.options = std::move(*network);
    // The flags are judged before the files: a wrong one is wrong whatever the files say.
    if (const Result<Limits> limits = readLimits(arguments, {}); !limits)
        return std::unexpected(limits.error());
    if (const Result<> read = readPaths(arguments.positional(), options); !read)
        return std::unexpected(read.error());
    if (const Result<> read = readCollection(options, arguments.positional().first()); !read)
        return std::unexpected(read.error());
    options.limits = *readLimits(arguments, options.limits);
    Result<VariableInputs> variables = readVariables(arguments, options.plan.collectionPath);
    if (!variables)
        return std::unexpected(variables.error());
    options.plan.variables = std::move(*variables);
    if (arguments.has("data")) {
        Result<std::vector<DataRow>> rows = readDataFile(arguments.value("data"));
        if (!rows)
            return std::unexpected(rows.error());
        options.plan.data = std::move(*rows);
        if (!arguments.has("iterations"))
            options.plan.iterations = int(options.plan.data.size());
    }
    options.reportJunit = arguments.value("report-junit");
    options.reportJson = arguments.value("report-json");
    options.reportHtml = arguments.value("report-html");
    options.record = arguments.value("record");
    options.har = arguments.value("har");
    options.samples = arguments.value("samples");
    return options;
}

} // namespace Sluice

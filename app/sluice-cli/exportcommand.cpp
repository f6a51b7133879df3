// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "app/sluice-cli/outputfile.h"
#include "app/sluice-cli/runoptions.h"
#include "core/interchange/exporttargets.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr OptionSpec exportTable[] = {
    {"to", "TARGET", "the program to write for"},
    {"output", "FILE", "write to FILE instead of standard output", 'o'},
    {"help", "", "show this", 'h'},
};

QString exportHelp(const std::vector<OptionTable> &tables)
{
    QString targets;
    for (const ExportTarget &target : exportTargets())
        targets += "  "_L1 + QString(target.id).leftJustified(16) + target.title + u'\n';
    return u"Usage: sluice-cli export PATH... --to TARGET [OPTIONS]\n\n"
           "Writes requests for another program; for k6 and Locust with the whole plan of a run:\n"
           "variables, data, checks, captures, order and limits. What the other program cannot\n"
           "express is said on standard error, and in the scripts. Secrets are never written.\n\n"
           "Targets:\n%1\n%2"_s.arg(targets, optionsHelp(tables));
}

int write(const Exported &exported, const QString &path)
{
    for (const QString &note : exported.notes)
        printError(u"note: "_s + note);
    if (path.isEmpty()) {
        print(QString::fromUtf8(exported.text));
        return ExitOk;
    }
    const Result<> written = writeOutputFile(path, exported.text);
    return written ? int(ExitOk) : failUsage(written.error(), "export");
}

} // namespace

int exportCommand(const QStringList &arguments)
{
    std::vector<OptionTable> tables{exportTable};
    std::ranges::copy(planTables(), std::back_inserter(tables));
    const Result<Arguments> read = Arguments::read(arguments, tables);
    if (!read)
        return failUsage(read.error(), "export");
    if (read->has("help")) {
        print(exportHelp(tables));
        return ExitOk;
    }
    if (!read->has("to"))
        return failUsage({ErrorCode::Usage, u"--to is needed."_s, {}, 0, 0}, "export");
    const Result<RunOptions> options = readRunOptions(*read);
    if (!options)
        return failUsage(options.error(), "export");
    const Result<Exported> exported =
        exportFor(read->value("to"), {options->plan, options->limits});
    return exported ? write(*exported, read->value("output"))
                    : failUsage(exported.error(), "export");
}

} // namespace Sluice

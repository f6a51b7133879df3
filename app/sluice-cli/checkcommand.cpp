// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "core/collection/collection.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr OptionSpec checkTable[] = {
    {"help", "", "show this", 'h'},
};

std::vector<Error> problemsAt(const QString &path)
{
    if (!QFileInfo::exists(path))
        return {{ErrorCode::FileNotFound, u"The path does not exist."_s, path, 0, 0}};
    return checkCollection(path);
}

} // namespace

int checkCommand(const QStringList &arguments)
{
    const Result<Arguments> read = Arguments::read(arguments, {checkTable});
    if (!read)
        return failUsage(read.error(), "check");
    if (read->has("help")) {
        print(u"Usage: sluice-cli check PATH...\n\n"
              "Reads every file of a collection, or one file, and names every problem as\n"
              "file:line:column. Exit status 2 if there is any.\n"_s);
        return ExitOk;
    }
    if (read->positional().isEmpty())
        return failUsage({ErrorCode::Usage, u"A path is needed."_s, {}, 0, 0}, "check");
    bool isClean = true;
    for (const QString &path : read->positional()) {
        for (const Error &problem : problemsAt(path)) {
            printError(problem.toString());
            isClean = false;
        }
    }
    if (isClean)
        print(u"No problems found.\n"_s);
    return isClean ? ExitOk : ExitInput;
}

} // namespace Sluice

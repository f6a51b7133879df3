// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "app/sluice-cli/sendoptions.h"
#include "core/interchange/codetargets.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr OptionSpec codeTable[] = {
    {"target", "NAME", "the client, proxy or load generator"},
    {"url", "URL", "a request of the API, for the example"},
    {"help", "", "show this", 'h'},
};

QString targetsHelp()
{
    QString text = u"\nTargets:\n"_s;
    for (const CodeTarget &target : codeTargets())
        text += "  "_L1 + QString(target.id).leftJustified(16) + target.title + u'\n';
    return text;
}

} // namespace

int codeCommand(const QStringList &arguments)
{
    const std::vector<OptionTable> tables{codeTable, limitOptions};
    const Result<Arguments> read = Arguments::read(arguments, tables);
    if (!read)
        return failUsage(read.error(), "code");
    if (read->has("help")) {
        print(u"Usage: sluice-cli code --target NAME [OPTIONS]\n\n"
              "Prints client code with these limits.\n\n%1%2"_s.arg(optionsHelp(tables),
                                                                    targetsHelp()));
        return ExitOk;
    }
    if (!read->has("target"))
        return failUsage({ErrorCode::Usage, u"--target is needed."_s, {}, 0, 0}, "code");
    const Result<Limits> limits = readLimits(*read, {});
    if (!limits)
        return failUsage(limits.error(), "code");
    const Result<QString> code =
        generateCode(read->value("target"), {*limits, read->value("url"), {}});
    if (!code)
        return failUsage(code.error(), "code");
    print(code->endsWith(u'\n') ? *code : *code + u'\n');
    return ExitOk;
}

} // namespace Sluice

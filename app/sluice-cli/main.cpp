// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/commandline.h"
#include "app/sluice-cli/command.h"

#include <QCoreApplication>

#include <sys/resource.h>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr Command commands[] = {
    {"run", "run a collection, a folder or a request file", runCommand},
    {"send", "send one request and print the reply", sendCommand},
    {"sweep", "find the limit that suits a server", sweepCommand},
    {"import", "make a collection of a file of another program", importCommand},
    {"export", "write a collection for another program", exportCommand},
    {"code", "print client code with the same limits", codeCommand},
    {"check", "read a whole collection and name every problem", checkCommand},
    {"set", "edit values of a file in place", setCommand},
    {"demo-server", "serve simulated workers on loopback, to try things on", demoServerCommand},
};

QString usage()
{
    QString text = u"Usage: sluice-cli COMMAND [OPTIONS]\n\n"_s;
    for (const Command &command : commands) {
        text += "  "_L1 + QString::fromLatin1(command.name).leftJustified(14)
                + QString::fromLatin1(command.summary) + u'\n';
    }
    return text
           + u"\nsluice-cli COMMAND --help tells more; sluice-cli --version names this one.\n"_s;
}

/** Every connection is a file: the usual 1,024 are too few for a limit of 1,000. */
void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    // Qt's own dispatcher is faster than GLib's, for this thread and for every lane's.
    qputenv("QT_NO_GLIB", "1");
    raiseFileLimit();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"sluice-cli"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(SLUICE_VERSION));

    const QStringList arguments = QCoreApplication::arguments();
    const QString name = arguments.value(1);
    if (name == "--help"_L1 || name == "-h"_L1 || name == "help"_L1) {
        print(usage());
        return ExitOk;
    }
    if (name == "--version"_L1) {
        print(u"sluice-cli %1\n"_s.arg(QCoreApplication::applicationVersion()));
        return ExitOk;
    }
    const auto command = std::ranges::find_if(commands, [&name](const Command &candidate) {
        return name == QLatin1StringView(candidate.name);
    });
    if (command == std::end(commands)) {
        printError(name.isEmpty() ? usage()
                                  : u"There is no command '%1'.\n\n%2"_s.arg(name, usage()));
        return ExitUsage;
    }
    return command->run(arguments.sliced(2));
}

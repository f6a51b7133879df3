// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/commandline.h"

#include "core/base/duration.h"

#include <cstdio>
#include <functional>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

/** One option that takes a value: its name, and how it changes the options; false = no such value.
 */
struct Option
{
    QLatin1StringView name;
    bool (*apply)(DemoServerOptions &, const QString &);
};

template<auto Member>
bool readNumber(DemoServerOptions &options, const QString &text)
{
    bool ok = false;
    auto &value = options.*Member;
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, double>)
        value = text.toDouble(&ok);
    else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, quint16>)
        value = text.toUShort(&ok);
    else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, quint32>)
        value = text.toUInt(&ok);
    else
        value = text.toInt(&ok);
    return ok;
}

template<auto Member>
bool readDuration(DemoServerOptions &options, const QString &text)
{
    const Result<qint64> us = parseDurationUs(text);
    if (us)
        options.*Member = *us;
    return us.has_value();
}

bool readAddresses(DemoServerOptions &options, const QString &text)
{
    options.addresses = text.split(u',', Qt::SkipEmptyParts);
    return true;
}

constexpr Option table[] = {
    {"--port"_L1, readNumber<&DemoServerOptions::port>},
    {"--address"_L1, readAddresses},
    {"--workers"_L1, readNumber<&DemoServerOptions::workers>},
    {"--service"_L1, readDuration<&DemoServerOptions::serviceUs>},
    {"--overload"_L1, readNumber<&DemoServerOptions::overload>},
    {"--reject-above"_L1, readNumber<&DemoServerOptions::rejectAbove>},
    {"--jitter"_L1, readNumber<&DemoServerOptions::jitter>},
    {"--network"_L1, readDuration<&DemoServerOptions::networkUs>},
    {"--seed"_L1, readNumber<&DemoServerOptions::seed>},
};

const Option *findOption(const QString &name)
{
    for (const Option &option : table) {
        if (option.name == name)
            return &option;
    }
    return nullptr;
}

} // namespace

Result<DemoServerOptions> parseDemoServerArguments(const QStringList &arguments)
{
    DemoServerOptions options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString name = arguments[i].section(u'=', 0, 0);
        if (name == "--exit-with-parent"_L1) {
            options.exitWithParent = true;
            continue;
        }
        const Option *option = findOption(name);
        if (!option)
            return failure(ErrorCode::Usage, u"demo-server knows no %1"_s.arg(arguments[i]));
        const bool joined = arguments[i].contains(u'=');
        if (!joined && i + 1 == arguments.size())
            return failure(ErrorCode::Usage, u"%1 needs a value"_s.arg(name));
        const QString value = joined ? arguments[i].section(u'=', 1) : arguments[++i];
        if (!option->apply(options, value))
            return failure(ErrorCode::Usage, u"%1 cannot be \"%2\""_s.arg(name, value));
    }
    return options;
}

QString demoServerHelp()
{
    return uR"(Usage: sluice-cli demo-server [options]

Plays a service with a fixed number of workers, on this machine only. Stops on Ctrl+C.

  --port N            listen there; 0 = any free port (8107)
  --address LIST      loopback addresses, parted by commas (127.0.0.1,127.0.0.2)
  --workers N         requests served at the same time (8)
  --service TIME      mean time of one (40ms)
  --overload F        each waiting request makes service longer by this part (0)
  --reject-above N    with more in flight answer 429; 0 = never (0)
  --jitter F          coefficient of variation of the service time (0)
  --network TIME      delay beside the service time that takes no worker (0)
  --seed N            of the jitter (1)
  --exit-with-parent  leave when the program that started it has gone

GET / lists what it answers; GET /__stats says what it saw, POST /__stats/reset starts again;
POST /__workers/N changes the number of workers, and in proportion what is answered with 429.
)"_s;
}

int demoServerCommand(const QStringList &arguments)
{
    if (arguments.contains("--help"_L1) || arguments.contains("-h"_L1)) {
        std::fputs(qPrintable(demoServerHelp()), stdout);
        return 0;
    }
    const Result<DemoServerOptions> options = parseDemoServerArguments(arguments);
    if (!options) {
        std::fprintf(stderr, "%s\n", qPrintable(options.error().toString()));
        return 1;
    }
    return runDemoServer(*options);
}

} // namespace Sluice

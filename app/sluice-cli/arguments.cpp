// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/arguments.h"

#include "core/base/duration.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

template<typename Matches>
const OptionSpec *findOption(const std::vector<OptionTable> &tables, Matches matches)
{
    for (const OptionTable table : tables) {
        for (const OptionSpec &option : table) {
            if (matches(option))
                return &option;
        }
    }
    return nullptr;
}

bool isSwitch(const OptionSpec &option)
{
    return option.value[0] == '\0';
}

std::unexpected<Error> badValue(const char *option, const QString &given, const QString &wanted)
{
    return failure(ErrorCode::Usage,
                   u"--%1 %2: %3"_s.arg(QString::fromLatin1(option), given, wanted));
}

/** One argument that begins with a dash, taken apart. */
struct Given
{
    const OptionSpec *option = nullptr;
    std::optional<QString> value; ///< Written into the same argument.
};

Result<Given> takeApart(const QString &argument, const std::vector<OptionTable> &tables)
{
    Given given;
    if (argument.startsWith("--"_L1)) {
        const qsizetype equals = argument.indexOf(u'=');
        const QString name = equals < 0 ? argument.sliced(2) : argument.sliced(2, equals - 2);
        given.option = findOption(tables, [&name](const OptionSpec &option) {
            return name == QLatin1StringView(option.name);
        });
        if (equals >= 0)
            given.value = argument.sliced(equals + 1);
    } else {
        const QChar letter = argument.at(1);
        given.option = findOption(tables, [letter](const OptionSpec &option) {
            return option.letter != 0 && letter == QLatin1Char(option.letter);
        });
        if (argument.size() > 2)
            given.value = argument.sliced(2);
    }
    if (!given.option)
        return failure(ErrorCode::Usage,
                       u"There is no option %1."_s.arg(argument.section(u'=', 0, 0)));
    const QString name = u"--"_s + QString::fromLatin1(given.option->name);
    if (isSwitch(*given.option) && given.value)
        return failure(ErrorCode::Usage, u"%1 takes no value."_s.arg(name));
    return given;
}

} // namespace

Result<Arguments> Arguments::read(const QStringList &arguments,
                                  const std::vector<OptionTable> &tables)
{
    Arguments result;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (argument == "--"_L1) {
            result.m_positional += arguments.sliced(i + 1);
            break;
        }
        if (!argument.startsWith(u'-') || argument == "-"_L1) {
            result.m_positional.append(argument);
            continue;
        }
        Result<Given> given = takeApart(argument, tables);
        if (!given)
            return std::unexpected(given.error());
        if (!given->value && !isSwitch(*given->option)) {
            if (i + 1 == arguments.size()) {
                return failure(ErrorCode::Usage,
                               u"%1 needs a value: %2."_s.arg(
                                   argument, QString::fromLatin1(given->option->value)));
            }
            given->value = arguments[++i];
        }
        result.m_values[given->option->name].append(given->value.value_or(QString()));
    }
    return result;
}

QString Arguments::value(const char *name) const
{
    const QStringList all = values(name);
    return all.isEmpty() ? QString() : all.last();
}

Result<int> Arguments::number(const char *name, int fallback, int least) const
{
    if (!has(name))
        return fallback;
    bool ok = false;
    const int number = value(name).toInt(&ok);
    if (!ok || number < least)
        return badValue(name, value(name), u"a whole number from %1 on is needed."_s.arg(least));
    return number;
}

Result<qint64> Arguments::durationUs(const char *name, qint64 fallback, qint64 leastUs) const
{
    if (!has(name))
        return fallback;
    const Result<qint64> us = parseDurationUs(value(name));
    if (!us)
        return badValue(name, value(name), u"a duration such as 250ms, 5s or 2m is needed."_s);
    if (*us < leastUs)
        return badValue(name, value(name), u"%1 or more is needed."_s.arg(durationText(leastUs)));
    return us;
}

Result<double> Arguments::rate(const char *name, double fallback) const
{
    if (!has(name))
        return fallback;
    bool ok = false;
    const double rate = value(name).toDouble(&ok);
    if (!ok || !std::isfinite(rate) || rate < 0)
        return badValue(name, value(name), u"a number of requests a second is needed."_s);
    return rate;
}

Result<qint64> Arguments::size(const char *name, qint64 fallback) const
{
    if (!has(name))
        return fallback;
    QString text = value(name);
    qint64 unit = 1;
    constexpr auto Units = "kMG"_L1;
    for (qsizetype power = 0; power < Units.size(); ++power) {
        if (text.endsWith(Units[power], Qt::CaseInsensitive)) {
            unit = qint64(1) << (10 * (power + 1));
            text.chop(1);
            break;
        }
    }
    bool ok = false;
    const qint64 count = text.toLongLong(&ok);
    constexpr qint64 MaxSize = qint64(1) << 50;
    if (!ok || count < 1 || count > MaxSize / unit)
        return badValue(name, value(name), u"a size such as 4096, 64k, 10M or 1G is needed."_s);
    return count * unit;
}

QString optionsHelp(const std::vector<OptionTable> &tables)
{
    constexpr qsizetype HelpColumn = 34;
    QString text;
    for (const OptionTable table : tables) {
        for (const OptionSpec &option : table) {
            QString line =
                option.letter ? u"  -%1, "_s.arg(QLatin1Char(option.letter)) : u"      "_s;
            line += "--"_L1 + QLatin1StringView(option.name);
            if (!isSwitch(option))
                line += u' ' + QLatin1StringView(option.value);
            text +=
                line.leftJustified(HelpColumn - 1) + u' ' + QString::fromUtf8(option.help) + u'\n';
        }
    }
    return text;
}

Result<std::pair<QString, QString>> parseAssignment(const QString &text, const char *option)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals <= 0)
        return badValue(option, text, u"NAME=VALUE is needed."_s);
    return std::pair(text.first(equals), text.sliced(equals + 1));
}

} // namespace Sluice
